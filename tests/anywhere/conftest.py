"""The released notebook, alone in an empty folder, in environments that have never seen the course."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import environments
import pytest
from classroom import NOTEBOOK
from student import Student


@pytest.fixture(scope="session")
def colab(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment variables of kernels with Colab's versions of everything but torch."""
    python = environments.python_of("3.12", "3.13")
    if python is None:
        pytest.skip("Colab's Python is 3.12 or 3.13, and neither is on this machine.")
    found = environments.environment(python, environments.COLAB, environments.COLAB_WIDGETS)
    without_network = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": "/dev/null"}  # else torch would be installed
    return environments.kernelspec(tmp_path_factory.mktemp("colab"), found) | without_network


@pytest.fixture(scope="session")
def borrowed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment variables of kernels with all libraries, but without the course."""
    folder = tmp_path_factory.mktemp("borrowed")
    return environments.kernelspec(folder, environments.borrowed_environment(folder / "environment"))


@pytest.fixture
def alone(released_course: Path, tmp_path: Path) -> Path:
    """Return the released notebook's copy in a folder that holds nothing else."""
    folder = tmp_path / "alone"
    folder.mkdir()
    return Path(shutil.copy(released_course / f"release/{NOTEBOOK}", folder))


@pytest.fixture
def student(alone: Path) -> Iterator[Callable[..., Student]]:
    """Return a function that sits a student down at the notebook, in an environment."""
    opened: list[Student] = []

    def sit_down(environment: dict[str, str], path: Path = alone) -> Student:
        opened.append(Student(path, environment).__enter__())
        return opened[-1]

    yield sit_down
    for each in opened:
        each.__exit__()
