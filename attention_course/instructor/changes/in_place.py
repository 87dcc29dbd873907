"""A release is put in the place of the one before, or that stays; also where this is killed half-way."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def put(folder: Path, target: Path) -> None:
    """Move a release into its place, which is empty."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(target)


@contextmanager
def kept(target: Path) -> Iterator[None]:
    """Put the earlier release aside meanwhile, and back where anything goes wrong."""
    earlier = put_back(target)
    shutil.rmtree(earlier, ignore_errors=True)
    if target.exists():
        target.rename(earlier)
    try:
        yield
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        if earlier.exists():
            earlier.rename(target)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def put_back(target: Path) -> Path:
    """Put back what a release that was killed has left aside; return where an earlier one is put meanwhile."""
    earlier = target.with_name(f".{target.name}.earlier")
    if earlier.exists() and not target.exists():
        earlier.rename(target)
    return earlier
