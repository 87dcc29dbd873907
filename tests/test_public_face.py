import ast
import subprocess
import sys
from pathlib import Path

import pytest

import attention_course

PACKAGE = Path(attention_course.__file__).parent
CORE = [
    "answer",
    "credit",
    "errors",
    "notebook",
    "program",
    "progress",
    "questions",
    "receipt",
    "record",
    "seal",
    "summary",
]


def python(script):
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split()


def imported_by(path):
    """Return the modules that a file imports anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_the_public_names_are_sorted_and_there():
    assert attention_course.__all__ == sorted(attention_course.__all__)
    assert all(hasattr(attention_course, name) for name in attention_course.__all__)


def test_importing_the_course_imports_nothing_that_takes_long():
    script = "import sys, attention_course; print(*sys.modules)"
    slow = {"torch", "matplotlib", "anywidget", "ipywidgets", "nbgrader", "nbconvert", "pygments", "IPython"}
    assert not slow & set(python(script))


@pytest.mark.parametrize("module", CORE)
def test_the_core_knows_nothing_of_widgets_or_nbgrader(module):
    outside = {"anywidget", "ipywidgets", "traitlets", "nbgrader", "nbformat", "nbconvert", "torch.nn"}
    assert not outside & imported_by(PACKAGE / f"{module}.py")


def test_nothing_that_a_students_kernel_runs_imports_the_grading():
    student = [path for path in PACKAGE.glob("*.py") if path.stem not in ("cli", "leftovers")]
    student += (PACKAGE / "pictures").glob("*.py")
    for path in student:
        for name in imported_by(path):
            assert not name.startswith(("attention_course.grading", "nbgrader")), path.name


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_every_file_is_python_3_11(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 11))


@pytest.mark.parametrize("name", attention_course.__all__)
def test_every_public_name_says_what_it_is(name):
    assert (getattr(attention_course, name).__doc__ or "").strip()
