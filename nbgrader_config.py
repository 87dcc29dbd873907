"""nbgrader looks for a file of this name; the course's configuration is in course_config.py."""

import sys
from pathlib import Path

from traitlets.config import Application

try:
    if not Path(__file__).with_name("course_config.py").exists():
        raise FileNotFoundError("it is missing")  # traitlets would go on without it
    load_subconfig("course_config.py")  # noqa: F821
except Exception as error:
    from jupyter_server.serverapp import ServerApp

    if Application.initialized() and isinstance(Application.instance(), ServerApp):
        raise  # it serves other things, too
    # nbgrader itself would go on with steps of its own, which run students' code.
    sys.exit(f"course_config.py cannot be used: {type(error).__name__}: {error}. Mend it first: nothing was done.")
