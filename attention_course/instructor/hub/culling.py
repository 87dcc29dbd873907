"""Does something end the servers that nobody uses?"""

from collections.abc import Iterator

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import Settings

PACKAGE = "jupyterhub-idle-culler"
# What the culler asks the Hub for, each with the wider scopes that have it in them.
WANTED = {
    "list:users": {"admin:users"},
    "read:users:activity": {"read:users", "users", "admin:users"},
    "read:servers": {"servers", "admin:servers"},
    "delete:servers": {"servers", "admin:servers"},
}


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence where no service ends idle servers, or where the one that should cannot."""
    culler = settings.culler
    if culler is None:
        yield (
            f"No service of c.JupyterHub.services runs {PACKAGE}: servers that nobody uses stay, and fill the memory."
        )
        return
    packages = machine.packages.get(culler.command)
    if packages is not None and PACKAGE not in packages:
        yield f"The service {culler.name} cannot start, its environment lacks {PACKAGE}: install it there with pip."
    scopes = {scope for role in settings.roles if culler.name in role.services for scope in role.scopes}
    if lacking := [scope for scope, wider in WANTED.items() if not scopes & {scope, *wider}]:
        yield f"No role gives the service {culler.name} {', '.join(lacking)}: it ends no server."
