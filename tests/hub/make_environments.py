"""Makes the two environments of docs/jupyterhub.md in seconds: they find what is installed in `.venv` already.

python tests/hub/make_environments.py FOLDER, with the Python of `.venv`; ends with 3 where no Hub can be tested here.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import jupyterlab

ROOT = Path(__file__).parents[2]
# What comes with the packages that are shared and does not lie among them: JupyterLab's pages, the kernel, settings.
DATA = Path(jupyterlab.__file__).parents[4]
PACKAGES = [path for path in sys.path if path.endswith("site-packages")]
PROXY = "configurable-http-proxy@5.3.0"
# Imported once by root, so that they are compiled: students cannot write there, and each start would compile them anew.
SERVER = "jupyterhub.singleuser.extension, jupyterlab.labapp, notebook.app, nbgrader.apps, ipykernel.kernelapp"
KERNEL = "torch.testing, matplotlib.pyplot, anywidget"
OWN_PYTHON = Path(sys._base_executable).resolve()  # type: ignore[attr-defined]
DEBIANS_PYTHON = Path(f"/usr/bin/python3.{sys.version_info.minor}")
# The guide uninstalls it: a server that imports it takes half as long again to start. jsonschema does without.
SLOW = "rfc3987_syntax"
CANNOT = 3  # the exit code


def main(folder: Path) -> None:
    """Make the environments, unless they are there and newer than what they are made of; say why where it cannot be."""
    if reason := why_not() or ("" if is_made(folder) else make_all(folder)):
        print(f"The JupyterHub is not tested here: {reason}")
        sys.exit(CANNOT)


def why_not() -> str:
    """Return why no Hub can be tested here, "" where it can."""
    if sys.platform != "linux":
        return "that needs Linux."
    if os.geteuid() != 0:
        return "each student has an account of the machine there, and only root can make accounts."
    if not all(part.stat().st_mode & 0o001 for part in (ROOT, *ROOT.parents)):
        return f"other accounts cannot reach {ROOT}, from which the students' servers would run."
    if python_for_all() is None:
        return f"other accounts cannot run {OWN_PYTHON}, and {DEBIANS_PYTHON} is not installed, which they could."
    if not all(map(shutil.which, ("npm", "runuser", "useradd"))):
        return "npm, which brings its proxy, or runuser and useradd, which make accounts, are not installed."
    return ""


def is_made(folder: Path) -> bool:
    """Are the environments made, and newer than what says what is in them?"""
    ready = folder / ".ready"
    made_of = (ROOT / "requirements-hub.txt", Path(__file__), Path(sys.prefix) / ".ready-dev")
    return ready.exists() and all(ready.stat().st_mtime >= one.stat().st_mtime for one in made_of if one.exists())


def make_all(folder: Path) -> str:
    """Make the proxy, and the environments `students`, without the course's package, and `instructors`, with it.

    Returns why it could not be, as where a registry is not reached, "" where all is made.
    """
    npm = [
        "npm",
        "install",
        "--silent",
        "--no-fund",
        "--no-audit",
        "--fetch-retries=1",
        "--prefix",
        folder / "node",
        PROXY,
    ]
    if subprocess.run([*npm, PROXY]).returncode:
        return f"npm could not install its proxy, {PROXY}: without a network, say."
    students = make(folder / "students", PACKAGES)
    pip = [sys.executable, "-m", "pip", "--python", students / "bin/python", "install", "--quiet", "--no-compile"]
    if subprocess.run([*pip, "--no-deps", "-r", ROOT / "requirements-hub.txt"]).returncode:
        return "pip could not install JupyterHub: without a network, say."
    instructors = make(folder / "instructors", [str(packages(students)), *PACKAGES, str(ROOT)])
    subprocess.run([instructors / "bin/python", "-c", f"import {SERVER}, {KERNEL}"], check=True)
    (folder / ".ready").touch()
    return ""


def make(environment: Path, paths: list[str]) -> Path:
    """Make an environment in which these folders are searched for packages; return its folder."""
    subprocess.run([str(python_for_all()), "-m", "venv", "--clear", "--without-pip", environment], check=True)
    (packages(environment) / "shared.pth").write_text("\n".join(paths) + "\n", encoding="utf-8")
    (packages(environment) / f"{SLOW}.py").write_text("raise ImportError\n", encoding="utf-8")
    for part in ("share", "etc"):
        (environment / part).mkdir()
        (environment / part / "jupyter").symlink_to(DATA / part / "jupyter")
    return environment


def packages(environment: Path) -> Path:
    """Return where an environment's own packages lie."""
    return environment / f"lib/python3.{sys.version_info.minor}/site-packages"


def python_for_all() -> Path | None:
    """Return a Python of this version that every account can run: `.venv` may be made with one in root's home."""
    for python in (OWN_PYTHON, DEBIANS_PYTHON):
        if python.exists() and all(part.stat().st_mode & 0o005 == 0o005 for part in (python, *python.parents)):
            return python
    return None


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
