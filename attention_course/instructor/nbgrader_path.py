"""nbgrader calls alembic, which comes with it, by its bare name; so the search path has to lead there."""

import os
import sys
from pathlib import Path


def path_with_alembic() -> str:
    """Return the PATH with this Python's own programs first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
