"""What a released setup cell does first: it finds the course, and what the course needs.

The cell runs this file out of the package packed into it, before anything is imported: the standard library has to be
enough, and an old Python has to be able to read it.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import re
import subprocess
import sys

OLDEST = (3, 11)
NEEDED = ["anywidget", "ipywidgets", "matplotlib", "numpy", "torch"]
HOME = os.path.abspath(os.path.join(os.sep, "packed-in-the-notebook"))  # where the packed files seem to lie
TORCH = "torch"  # the one that takes long to install, and without which the lesson goes on
NO_TORCH = (
    "torch is not installed here. Your answers are judged and recorded, but programs cannot be run and most pictures "
    "are missing. To mend it, run %pip install torch in a new cell, then run all cells."
)


class SetupError(Exception):
    """Stops the notebook with one sentence, which a traceback would hide."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class PackedCourse(importlib.abc.SourceLoader):
    """Imports the course from memory: no file is written, so no folder has to be writable, or trusted."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = {os.path.join(HOME, *name.split("/")): text.encode() for name, text in files.items()}

    def find_spec(self, name: str, path: object = None, target: object = None):  # type: ignore[no-untyped-def]
        """Return the spec of a module of the course, None for any other."""
        return importlib.util.spec_from_loader(name, self) if self.get_filename(name) else None

    def get_filename(self, name: str) -> str:
        """Return where a module seems to lie, "" where it is not packed."""
        stem = os.path.join(HOME, *name.split("."))
        return next((file for file in (os.path.join(stem, "__init__.py"), stem + ".py") if file in self.files), "")

    def get_data(self, path: str) -> bytes:
        """Return a packed file's bytes."""
        if path not in self.files:
            raise FileNotFoundError(path)
        return self.files[path]


def set_up(files: dict[str, str]) -> None:
    """Make `import attention_course` work; raise SetupError with one sentence where it cannot."""
    if sys.version_info < OLDEST:
        raise SetupError("This lesson needs Python 3.11 or later, and this kernel runs " + sys.version.split()[0] + ".")
    _find_course(files)
    if "google.colab" in sys.modules and _missing():
        _install(_missing())
    if to_install():
        raise SetupError(
            f"Not installed here: {', '.join(_missing())}. Run the next cell, which installs what is missing, "
            "then do what it says."
        )
    if _missing():
        print(NO_TORCH)


def to_install() -> list[str]:
    """Return what to give to pip, one call after the other, before the lesson can go on; without torch alone it can.

    torch comes last and by itself: whatever becomes of it, the others are there.
    """
    missing = _missing()
    small = " ".join(name for name in missing if name != TORCH)
    return [small, *([TORCH] if TORCH in missing else [])] if small else []


def installed() -> str:
    """Return what to do after the installation."""
    missing = _missing()
    if not missing:
        return "All is installed. Now reload this page, then run all cells."
    if missing == [TORCH]:
        return f"All but torch is installed: reload this page, then run all cells. {NO_TORCH}"
    return f"Still missing: {', '.join(missing)}. The reason stands above; this cell can be run again."


def _find_course(files: dict[str, str]) -> None:
    """Use the course that is here already where it is as new as the packed one, else the packed one."""
    here, packed = _version_here(), _version(files["attention_course/__init__.py"])
    if _numbers(here) < _numbers(packed):
        if "attention_course" in sys.modules:
            raise SetupError(
                f"This kernel has version {here} of the course loaded, and this notebook brings {packed}: "
                "restart the kernel, then run all cells."
            )
        sys.meta_path.insert(0, PackedCourse(files))
    elif here != packed:
        print(f"Used is version {here} of the course, which is here already; this notebook brings {packed}.")


def _version_here() -> str:
    """Return the version of the course that is loaded or would be imported, "0" for none."""
    if "attention_course" in sys.modules:
        return getattr(sys.modules["attention_course"], "__version__", "0")
    try:
        spec = importlib.util.find_spec("attention_course")
        return _version(spec.loader.get_data(spec.origin).decode())  # type: ignore[union-attr]
    except Exception:  # whatever goes by this name, it is not the course
        return "0"


def _version(source: str) -> str:
    found = re.search(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    return found[1] if found else "0"


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


def _missing() -> list[str]:
    """Return the libraries that are not installed, without importing one (torch takes seconds)."""
    importlib.invalidate_caches()
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def _install(names: list[str]) -> None:
    print(f"Installing {', '.join(names)} …")
    command = [sys.executable, "-m", "pip", "install", "--quiet", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        print(f"That did not work; is there a network? ({reason})")
