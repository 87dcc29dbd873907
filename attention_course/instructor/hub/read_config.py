"""Reads jupyterhub_config.py as the Hub itself does: by running it."""

from pathlib import Path

from traitlets.config import ConfigFileNotFound, PyFileConfigLoader

from attention_course.errors import CourseError
from attention_course.instructor.hub.settings import Settings, from_config


class HubConfigError(CourseError):
    """The Hub's configuration cannot be read; the message says why."""


def read_config(path: Path) -> Settings:
    """Return the settings that a configuration file makes; raise HubConfigError where it cannot be run."""
    path = path.resolve()
    try:
        config = PyFileConfigLoader(path.name, path=str(path.parent)).load_config()
    except (ConfigFileNotFound, FileNotFoundError) as error:
        raise HubConfigError(
            f"{error.filename if isinstance(error, OSError) and error.filename else path} is missing: name the file "
            "with which JupyterHub is started, as in `attention-course hub-check /etc/jupyterhub/jupyterhub_config.py`."
        ) from error
    except PermissionError as error:
        raise HubConfigError(f"{error.filename} may be read by root alone: run this with sudo.") from error
    except Exception as error:
        raise HubConfigError(f"{path} cannot be run: {type(error).__name__}: {error}") from error
    return from_config(config)
