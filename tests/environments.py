"""Python environments that have never seen the course, kept in `.cache/` from one run of the tests to the next."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".cache" / "environments"
# Google Colab's versions; without torch, of which there is no small build everywhere.
COLAB = [
    "ipykernel==6.17.1",
    "ipython==7.34.0",
    "matplotlib==3.10.0",
    "numpy==2.1.3",
    "setuptools<81",  # IPython 7.34 asks for it
    "traitlets==5.7.1",
]
# What these two need would bring a whole Jupyter server, and a kernel needs no more of it than the following three.
COLAB_WIDGETS = ["anywidget==0.9.21", "ipywidgets==7.7.1"]
COLAB += ["ipython_genutils", "psygnal", "typing_extensions"]


def python_of(*versions: str) -> str | None:
    """Return the first Python of these versions ("3.12") that works on this machine, None where there is none."""
    for version in versions:
        homes = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
        for found in [*map(str, homes), shutil.which(f"python{version}")]:
            can = [found, "-c", "import ensurepip, venv"]
            if found and subprocess.run(can, capture_output=True, check=False).returncode == 0:
                return found
    return None


def environment(python: str, packages: list[str], alone: list[str]) -> Path:
    """Return the Python of an environment that holds packages with what they need, and others without."""
    name = hashlib.sha256(json.dumps([python, packages, alone]).encode()).hexdigest()[:12]
    folder = CACHE / name
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):  # the tests run in several processes
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([python, "-m", "venv", folder], check=True)
            # With a pip of its own: that of an older Python may not run with a later one.
            pip = [folder / "bin/python", "-m", "pip", "--disable-pip-version-check"]
            # To compile what is never imported takes as long as all the rest.
            for some in (packages, ["--no-deps", *alone]):
                subprocess.run([*pip, "install", "--quiet", "--no-compile", *some], check=True)
            (folder / "complete").touch()
    return folder / "bin/python"


def borrowed_environment(folder: Path) -> Path:
    """Return the Python of an environment with all libraries of this one (torch, too), but without the course.

    The course is linked into this environment by a .pth file, which a borrower does not read.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (own,) = folder.glob("lib/python*/site-packages")
    libraries = [entry for entry in sys.path if entry.endswith("site-packages")]
    (own / "borrowed.pth").write_text("\n".join(libraries), encoding="utf-8")
    return folder / "bin/python"


def kernelspec(folder: Path, python: Path) -> dict[str, str]:
    """Make `python3` the name of a kernel that this Python runs; return the environment variables that say so."""
    kernel = folder / "jupyter/kernels/python3"
    kernel.mkdir(parents=True)
    command = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    about = {"argv": command, "display_name": "Python 3", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(about), encoding="utf-8")
    # Each student has a home of their own; fonts are looked up once for all of them.
    own = {"IPYTHONDIR": str(folder / "ipython"), "MPLCONFIGDIR": str(folder / "matplotlib")}
    return own | {"JUPYTER_PATH": str(folder / "jupyter"), "PATH": os.environ["PATH"]}
