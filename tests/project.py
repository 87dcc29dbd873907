"""A copy of the project in which the Makefile's commands are run, with this environment."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from classroom import ROOT

GENERATED = [".git", ".venv", ".cache", ".*_cache", "work", "release", "submitted", "feedback", "*.db*"]


def copy(folder: Path) -> Path:
    """Copy the project, without what is generated, to a new folder."""

    def left_out(inside: str, names: list[str]) -> set[str]:
        patterns = GENERATED if Path(inside) == ROOT else ["__pycache__"]
        return shutil.ignore_patterns(*patterns)(inside, names)

    return Path(shutil.copytree(ROOT, folder, ignore=left_out))


def make(project: Path, *arguments: str, fails: bool = False) -> str:
    """Run make with this environment in place of a fresh .venv; return what it said."""
    # -o: the environment is there, and not to be installed anew for a copy
    installed = [word for name in (".ready", ".ready-dev") for word in ("-o", f"{sys.prefix}/{name}")]
    command = ["make", f"VENV={sys.prefix}", *installed, *arguments]
    env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    done = subprocess.run(command, cwd=project, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert (done.returncode != 0) == fails, done.stdout
    return done.stdout


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder but those that Python leaves."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
