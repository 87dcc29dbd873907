"""One gradebook: while a class is graded, all of nbgrader's steps share one connection to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nbgrader.api import Gradebook


@contextmanager
def one_gradebook(db_url: str, course_id: str) -> Iterator[Gradebook]:
    """Open the gradebook once, and give this one to whoever opens a Gradebook meanwhile.

    Each step of nbgrader's opens the gradebook anew, ten times a submission, and looks each time whether every table
    is there: that took more time than all they do with it.
    """
    gradebook = Gradebook(db_url, course_id)
    opened, closed = Gradebook.__init__, Gradebook.close

    def borrow(self: Gradebook, *_args: Any, **_kwargs: Any) -> None:
        self.__dict__.update(gradebook.__dict__)

    def give_back(self: Gradebook) -> None:
        self.db.remove()  # the next one reads what is there then, and nothing unsaved of this one

    try:
        Gradebook.__init__, Gradebook.close = borrow, give_back
        yield gradebook
    finally:
        Gradebook.__init__, Gradebook.close = opened, closed
        gradebook.close()
