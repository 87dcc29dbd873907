"""Moves a folder or a file in one step, so that it is always whole in one of two places."""

import errno
import os
import shutil
from pathlib import Path


def put_away(path: Path, to: Path) -> None:
    """Move a folder or a file; to another disk by way of a copy, which is complete before the original is removed."""
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.rename(path, to)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy_whole(path, to)
        remove(path)


def copy_whole(path: Path, to: Path) -> None:
    """Copy a folder or a file; what was copied in part, by a command that was stopped, is replaced."""
    part = to.with_name(f".{to.name}.part")
    remove(part)
    to.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.copytree(path, part, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    else:
        shutil.copy2(path, part, follow_symlinks=False)
    os.rename(part, to)


def remove(path: Path) -> None:
    """Remove a folder or a file, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
