"""The command `attention-course hub-check`."""

from pathlib import Path
from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence, print_report


def hub_check(
    config: Annotated[Path, typer.Argument(help="The JupyterHub's configuration.")] = Path("jupyterhub_config.py"),
) -> None:
    """Say what a JupyterHub lacks for courses: groups, formgraders, roles, accounts, the exchange, versions.

    Ends with exit code 1 where something is missing or wrong. Run it as root, on the machine of the Hub.
    """
    from attention_course.instructor.hub.check_hub import problems
    from attention_course.instructor.hub.machine import look_at_machine
    from attention_course.instructor.hub.read_config import read_config

    with error_as_sentence():
        settings = read_config(config)
    found = list(problems(settings, look_at_machine(settings)))
    courses = ", ".join(settings.courses)
    print_report(found or [f"Nothing is missing: {courses} can be given on this Hub."], found)
