"""A gradebook that is not a file: what differs is tested here without a server; tests/course plays it with one."""

import sys

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from attention_course.errors import GradebookError
from attention_course.instructor import gradebook
from attention_course.instructor.marks.marks import SCORE, Change, read_marks
from attention_course.instructor.marks.take_over import address
from attention_course.instructor.marks.write import Grade, _one

URL = "postgresql+psycopg://grader:secret@uni.example/grades"


def test_without_the_driver_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(GradebookError) as raised, gradebook.connected(URL):
        pass
    assert str(raised.value) == (
        "The gradebook postgresql+psycopg://grader:***@uni.example/grades needs psycopg: "
        "pip install 'attention-course[postgresql]'."
    )


def test_a_server_that_does_not_answer_is_said_without_the_password(tmp_path: object) -> None:
    nowhere = f"postgresql+psycopg://grader:secret@/grades?host={tmp_path}"
    with pytest.raises(GradebookError) as raised, gradebook.connected(nowhere) as session:
        read_marks(session, "practice")
    assert "cannot be read" in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_mark_is_locked_while_it_is_changed_where_the_database_can() -> None:
    query = _one(Grade, "practice", Change("ada", "purpose", SCORE, None, 1.0))
    assert "FOR UPDATE OF grade" in str(query.compile(dialect=postgresql.dialect()))
    assert "FOR UPDATE" not in str(query.compile(dialect=sqlite.dialect()))


def test_an_address_is_taken_as_it_is_and_a_file_by_its_path(tmp_path: object) -> None:
    assert address(URL) == URL
    assert address(f"{tmp_path}/gradebook.db") == f"sqlite:///{tmp_path}/gradebook.db"
