"""Workshops to open answers in: at home, and in a sandbox of either file mode."""

import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from warm import FILE_MODES, Bare, Sandboxes

from attention_course.instructor.sandbox.sandbox import Sandbox


@pytest.fixture(scope="session")
def sandboxes() -> Iterator[Sandboxes]:
    """A sandbox of each file mode; what takes long to preload is not there."""
    if sys.platform != "linux":
        pytest.skip("the sandbox needs Linux")
    with closing(Sandboxes("quick")) as each:
        yield each


@pytest.fixture(params=FILE_MODES)
def sandbox(request: pytest.FixtureRequest, sandboxes: Sandboxes) -> Sandbox:
    """A sandbox, in each file mode."""
    return sandboxes[request.param]


@pytest.fixture
def bare() -> Iterator[Bare]:
    """A warm process that has nothing preloaded and is there in a moment; it can run what needs no torch."""
    with Bare() as one:
        yield one
