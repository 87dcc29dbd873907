"""Makes the two environments of docs/jupyterhub.md in seconds: they find what is installed in `.venv` already.

python tests/hub/make_environments.py FOLDER, with the Python of `.venv`
"""

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


def main(folder: Path) -> None:
    """Make the environments `students`, without the course's package, and `instructors`, with it, and the proxy."""
    students = make(folder / "students", PACKAGES)
    pip = [sys.executable, "-m", "pip", "--python", students / "bin/python", "install"]
    subprocess.run([*pip, "--quiet", "--no-deps", "-r", ROOT / "requirements-hub.txt"], check=True)
    instructors = make(folder / "instructors", [str(packages(students)), *PACKAGES, str(ROOT)])
    for environment in (students, instructors):
        subprocess.run([environment / "bin/python", "-c", f"import {SERVER}, {KERNEL}"], check=True)
    npm = ["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", folder / "node"]
    subprocess.run([*npm, PROXY], check=True)


def make(environment: Path, paths: list[str]) -> Path:
    """Make an environment in which these folders are searched for packages; return its folder."""
    subprocess.run([python_for_all(), "-m", "venv", "--clear", "--without-pip", environment], check=True)
    (packages(environment) / "shared.pth").write_text("\n".join(paths) + "\n", encoding="utf-8")
    for part in ("share", "etc"):
        (environment / part).mkdir()
        (environment / part / "jupyter").symlink_to(DATA / part / "jupyter")
    return environment


def packages(environment: Path) -> Path:
    """Return where an environment's own packages lie."""
    return environment / f"lib/python3.{sys.version_info.minor}/site-packages"


def python_for_all() -> Path:
    """Return a Python of this version that every account can run: `.venv` may be made with one in root's home."""
    own = Path(sys._base_executable).resolve()  # type: ignore[attr-defined]
    found = [own, Path(f"/usr/bin/python3.{sys.version_info.minor}")]
    for python in found:
        if python.exists() and all(part.stat().st_mode & 0o005 == 0o005 for part in (python, *python.parents)):
            return python
    sys.exit(f"Other accounts can run neither {found[0]} nor {found[1]}: install the latter (Debian: python3).")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
