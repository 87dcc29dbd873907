"""nbgrader looks for a file of this name; the course's configuration is in course_config.py."""

import sys
from pathlib import Path

from traitlets.config import Application

FOLDER = Path(__file__).parent


def stop(sentence):
    """End the command: nbgrader would go on with steps of its own, which run students' code."""
    from jupyter_server.serverapp import ServerApp

    if Application.initialized() and isinstance(Application.instance(), ServerApp):
        raise RuntimeError(sentence)  # a server has other things to serve, too
    sys.exit(sentence)


odd = sorted(set("[]*?") & set(str(FOLDER)))
if odd:
    stop(
        f"The course's folder, {FOLDER}, has {' '.join(odd)} in its path, which nbgrader takes for a pattern: rename "
        "it, or move the course. Nothing was done."
    )
try:
    if not (FOLDER / "course_config.py").exists():
        raise FileNotFoundError("it is missing")  # traitlets would go on without it
    load_subconfig("course_config.py")  # noqa: F821
except Exception as error:
    stop(f"course_config.py cannot be used: {type(error).__name__}: {error}. Mend it first: nothing was done.")
