"""Reads jupyterhub_config.py as the Hub itself does: by running it."""

import dataclasses
import tomllib
from pathlib import Path

from traitlets.config import ConfigFileNotFound, PyFileConfigLoader

from attention_course.errors import CourseError
from attention_course.instructor.hub.settings import Settings, from_config

PLACE = "courses.toml"  # beside the configuration of examples/jupyterhub, which reads it


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
        raise HubConfigError(f"{path} cannot be run: {_why(error)}") from error
    place = path.with_name(PLACE)
    return dataclasses.replace(from_config(config), place=str(place) if place.exists() else "")


def _why(error: Exception) -> str:
    """Return what is wrong in the configuration, or in the file that it reads, in words where they are known."""
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"{PLACE} breaks the rules of TOML. {error}"
    if isinstance(error, KeyError):
        return f"it asks for {error}, which is not there: {PLACE} may lack it, or say it by another name."
    return f"{type(error).__name__}: {error}"
