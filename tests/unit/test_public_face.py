import subprocess
import sys

import pytest

import attention_course


def python(script):
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_public_names_are_sorted_and_there():
    assert attention_course.__all__ == sorted(attention_course.__all__)
    assert all(hasattr(attention_course, name) for name in attention_course.__all__)


def test_importing_the_course_imports_nothing_that_takes_long():
    script = "import sys, attention_course; print(*sys.modules)"
    slow = {"torch", "matplotlib", "anywidget", "ipywidgets", "nbgrader", "nbconvert", "pygments", "IPython"}
    assert not slow & set(python(script))


@pytest.mark.parametrize("name", attention_course.__all__)
def test_every_public_name_says_what_it_is(name):
    assert (getattr(attention_course, name).__doc__ or "").strip()
