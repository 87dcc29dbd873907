"""Workshops to open answers in: at home, and in a sandbox of either file mode."""

from collections.abc import Iterator

import pytest
from warm import FILE_MODES, Bare, warm_process

from attention_course.instructor.sandbox.sandbox import Sandbox


@pytest.fixture(scope="session")
def sandboxes() -> Iterator[dict[str, Sandbox]]:
    """A sandbox of each file mode that this kernel can have; the warm processes are started when one is asked for."""
    started = {}

    class Started(dict):
        def __missing__(self, files: str) -> Sandbox:
            started[files] = warm_process(files)
            self[files] = Sandbox(started[files].path)
            return self[files]

    yield Started()
    for process in started.values():
        process.close()


@pytest.fixture(params=FILE_MODES)
def sandbox(request: pytest.FixtureRequest, sandboxes: dict[str, Sandbox]) -> Sandbox:
    """A sandbox, in each file mode."""
    return sandboxes[request.param]


@pytest.fixture
def bare() -> Iterator[Bare]:
    """A warm process that has nothing preloaded and is there in a moment; it can run what needs no torch."""
    with Bare() as one:
        yield one
