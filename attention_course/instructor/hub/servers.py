"""Does each server run as the person whose it is, and may it ask the Hub what nbgrader has to know?"""

from collections.abc import Iterator

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import Settings

ONE_ACCOUNT = ("simple", "jupyterhub.spawner.SimpleLocalProcessSpawner")
WANTED = {
    "read:users:groups!user": "nbgrader asks the Hub who is in which course, and shows no lesson where it may not",
    "list:services": "an instructor's list of courses asks the Hub for their formgraders",
    "read:services": "the list of courses ends in a KeyError where it may not ask for their addresses",
}


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for a spawner that separates nobody, and for each scope that servers lack."""
    if settings.spawner in ONE_ACCOUNT:
        yield (
            "c.JupyterHub.spawner_class is SimpleLocalProcessSpawner: every server runs as one account, and each "
            "student can read all others' files. Take LocalProcessSpawner, systemdspawner, or containers."
        )
    if settings.token_scopes is None:
        return  # a function says them, for each server anew
    wider = {scope.partition("!")[0] for scope in settings.token_scopes if "!" not in scope}
    for scope, why in WANTED.items():
        if scope not in settings.token_scopes and not {scope.partition("!")[0], "self", "inherit"} & wider:
            yield f"c.Spawner.server_token_scopes lacks {scope}: {why}."
    if settings.token_scopes and "access:servers!server" not in settings.token_scopes:
        yield "c.Spawner.server_token_scopes lacks access:servers!server, without which no server lets its owner in."
