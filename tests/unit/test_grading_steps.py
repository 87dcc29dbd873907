"""The steps of grading by themselves: what they do to single cells and to a notebook's text."""

import errno
import json
import logging
import math
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import classroom
import nbformat
import pytest
from nbgrader.utils import determine_grade

from attention_course.answers import record
from attention_course.errors import NotebookError
from attention_course.instructor.feedback.hide_keys import HideKeys
from attention_course.instructor.grading.collect_answers import CollectAnswers
from attention_course.instructor.grading.json_text import trimmed
from attention_course.instructor.grading.known_cells import KEPT, KnownCell
from attention_course.instructor.grading.read_submission import ReadSubmission, mended
from attention_course.instructor.grading.require_score import RequireScore
from attention_course.instructor.runner.find_notebook import NotReadable, find_notebook
from attention_course.instructor.runner.remarks import Remarks
from attention_course.instructor.runner.submissions import Submission
from attention_course.page.static_html import FACTS_MIME


def graded_cell(*outputs: Any, points: float = 2) -> Any:
    about = {"grade": True, "grade_id": "a", "locked": True, "points": points, "schema_version": 3, "solution": False}
    return nbformat.v4.new_code_cell("answer.points(2)", metadata={"nbgrader": about}, outputs=list(outputs))


def result(text: Any) -> Any:
    return nbformat.v4.new_output("execute_result", data={"text/plain": text}, execution_count=1)


def stream(name: str) -> Any:
    return nbformat.v4.new_output("stream", name=name, text="a warning\n")


ERROR = nbformat.v4.new_output("error", ename="AssertionError", evalue="", traceback=["assert hidden == 3"])
PICTURE = nbformat.v4.new_output("display_data", data={"text/plain": "1"})


@pytest.mark.parametrize(
    ("outputs", "score"),
    [
        ([result("1")], 1),
        ([result("2.0")], 2),
        ([result("0.5")], 0.5),
        ([PICTURE, stream("stdout"), result("2")], 2),
        ([stream("stderr"), result("2")], 2),  # a library's warning is not the student's fault
        ([], 0),
        ([PICTURE], 0),
        ([stream("stdout")], 0),
        ([ERROR], 0),
        ([result("2"), ERROR], 0),
        ([result("2"), result("2")], 0),
        *(([result(text)], 0) for text in ("True", "nan", "inf", "-1", "2.1", "1_0", "None", "'2'", "", "[2]", ["2"])),
        ([nbformat.v4.new_output("execute_result", data={"text/html": "2"})], 0),
    ],
)
def test_a_graded_cell_scores_the_number_it_ends_in_or_zero(outputs: list[Any], score: float) -> None:
    cell, _ = RequireScore().preprocess_cell(graded_cell(*outputs), {}, 0)
    assert determine_grade(cell, logging.getLogger()) == (score, 2)


def test_feedback_says_that_a_cell_had_no_score() -> None:
    cell, _ = RequireScore().preprocess_cell(graded_cell(), {}, 0)
    cell, _ = HideKeys().preprocess_cell(cell, {}, 0)
    assert cell.outputs[0].traceback == ["This cell did not come to its score, so it counts 0 points."]


def test_feedback_hides_hidden_tests_and_what_their_traceback_quotes() -> None:
    cell = graded_cell(ERROR.copy())
    cell.source = "x = solve()\n### BEGIN HIDDEN TESTS\nassert x == 3\n### END HIDDEN TESTS"
    cell, _ = HideKeys().preprocess_cell(cell, {}, 0)
    assert cell.source == "x = solve()"
    assert "hidden" not in str(cell.outputs)


def test_feedback_shows_a_question_by_its_title() -> None:
    source = '#@title Task 1 · sums { display-mode: "form" }\nask(Blanks(\n### BEGIN KEY\nkey=["a"],\n### END KEY\n))'
    cell, _ = HideKeys().preprocess_cell(nbformat.v4.new_code_cell(source), {}, 0)
    assert cell.source == "# Task 1 · sums"


def test_deep_nesting_is_cut_out_and_the_rest_is_read() -> None:
    text = json.dumps({"a": '[[[ \\" {', "b": [1, {"c": 2}], "deep": "DEEP", "after": []})
    read = json.loads(trimmed(text.replace('"DEEP"', classroom.DEEP).encode()))
    assert read.pop("deep") is not None
    assert read == {"a": '[[[ \\" {', "b": [1, {"c": 2}], "after": []}
    assert trimmed(text.encode()) == text.encode()


def test_an_honest_notebook_is_read_as_it_is(released_course: Path) -> None:
    notebook = classroom.notebook_with(released_course, classroom.ALL_RIGHT)
    assert mended(json.dumps(notebook), logging.getLogger()) == notebook


def test_what_is_no_notebook_is_refused() -> None:
    for text in classroom.UNREADABLE.values():
        with pytest.raises(NotebookError, match=r"is not a notebook.* ask for it again\."):
            mended(text, logging.getLogger())


def document(*cells: Any, **about: Any) -> dict[str, Any]:
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": list(cells)} | about


def code_cell(outputs: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "source": "", "outputs": outputs}


def said_of(handed_in: Any, caplog: pytest.LogCaptureFixture) -> tuple[dict[str, Any], list[str]]:
    """Return a notebook as it is mended, and what is said of it."""
    return mended(json.dumps(handed_in), logging.getLogger()), caplog.messages


@pytest.mark.parametrize(
    ("handed_in", "left_out"),
    [
        (document(code_cell([{}] * 8000)), "8000 of 8000 outputs, "),
        (document(*[code_cell([{"output_type": "stream"}] * 200)] * 100), "20000 of 20000 outputs, "),
        (document(*[{}] * 8000), "8000 of 8000 cells, "),
        (document(*[code_cell([])] * 1200, None), "201 of 1201 cells, "),
        (document(metadata=[]), ""),
        (document(nbformat_minor="five"), ""),
    ],
    ids=["empty outputs", "broken outputs", "empty cells", "far too many cells", "metadata", "minor version"],
)
def test_what_is_broken_is_left_out_soon_and_said_in_one_sentence(
    handed_in: Any, left_out: str, caplog: pytest.LogCaptureFixture
) -> None:
    begun = time.process_time()
    notebook, said = said_of(handed_in, caplog)
    assert time.process_time() - begun < 2
    assert said == [f"The notebook is broken in parts; left out: {left_out}all metadata but the answers."]
    nbformat.validate(notebook)


def test_a_receipt_among_broken_outputs_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    carried = record.receipt("practice", "purpose", record.Record())
    receipt = {"output_type": "display_data", "data": {record.RECEIPT_MIME: carried}}
    notebook, _ = said_of(document(code_cell([{}, receipt, None])), caplog)
    assert list(record.receipts(notebook)) == [carried]
    nbformat.validate(notebook)


def test_a_version_that_is_a_whole_float_is_read_as_what_it_is(caplog: pytest.LogCaptureFixture) -> None:
    notebook, said = said_of(document(nbformat=4.0, nbformat_minor=4.0), caplog)
    assert [type(notebook[name]) for name in ("nbformat", "nbformat_minor")] == [int, int]
    assert said == []


@pytest.mark.parametrize("minor", [4.5, math.inf, math.nan])
def test_a_minor_version_that_is_no_whole_number_is_mended(minor: float, caplog: pytest.LogCaptureFixture) -> None:
    notebook, said = said_of(document(nbformat_minor=minor), caplog)
    assert notebook == document()
    assert len(said) == 1


def test_answers_to_many_unknown_questions_are_one_remark_that_does_not_name_the_student() -> None:
    log = logging.Logger("a log of its own")
    step, remarks = CollectAnswers(log=log), Remarks(log)
    answers = {"asked": "rubbish"} | {f"q{number}": {} for number in range(500)}
    asked = KnownCell("code", "", True, {"grade": True})
    about = {"student": "mallory", "notebook": "practice", KEPT: {"asked": asked}}
    held = {"version": 1, "lesson": "practice", "answers": answers}
    nb = nbformat.v4.new_notebook(metadata={record.METADATA_KEY: held})
    with remarks.of("mallory"):
        step.preprocess(nb, {"nbgrader": about})
    assert remarks.pop("mallory") == (
        "The record of 'asked' is malformed.",
        "The notebook holds answers to 500 questions that are not of this lesson.",
    )


def test_a_candidate_s_record_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(record, "read", lambda *about: read.append(about) or ({}, {}))
    (tmp_path / "practice.ipynb").write_text(json.dumps(document()), encoding="utf-8")
    find_notebook(tmp_path, "practice", logging.getLogger())
    assert len(read) == 1


def test_a_file_that_nobody_may_read_is_not_the_student_s_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept(*_: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    lesson_file(tmp_path, "practice.ipynb")
    monkeypatch.setattr("attention_course.instructor.runner.find_notebook.read_notebook", kept)
    with pytest.raises(NotReadable, match=r"practice\.ipynb cannot be read here: Permission denied\.") as told:
        find_notebook(tmp_path, "practice", logging.getLogger())
    assert not isinstance(told.value, NotebookError)  # which would cost the points of an earlier grading


def lesson_file(folder: Path, name: str, attempts: dict[str, Any] | None = None, tail: str = "") -> Path:
    """Write a notebook of the lesson, and perhaps something behind its last brace."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('lesson = Lesson("practice")')])
    if attempts:
        notebook.metadata[record.METADATA_KEY] = {"version": 1, "lesson": "practice", "answers": attempts}
    path = folder / name
    path.write_text(json.dumps(notebook) + tail, encoding="utf-8")
    return path


ANSWERED = {"q": {"revision": 1, "attempts": [{"picks": ["a"], "at": "2026-03-02T09:41:00+00:00"}]}}


def test_thirty_one_copies_do_not_hide_the_notebook_with_the_right_name(tmp_path: Path) -> None:
    for number in range(31):
        lesson_file(tmp_path, f"practice ({number}).ipynb")
    lesson_file(tmp_path, "practice.ipynb", ANSWERED)
    found = find_notebook(tmp_path, "practice", logging.getLogger())
    assert record.read(found, "practice")[0]["q"].attempts[0].picks == ("a",)


@pytest.mark.parametrize("tail", ["}", "\0" * 4096, '\n{"cells": []}', '"]}], "metadata": {}, "x'])
def test_what_stands_behind_the_last_brace_costs_nothing(tmp_path: Path, tail: str) -> None:
    lesson_file(tmp_path, "practice.ipynb", ANSWERED, tail)
    assert "q" in record.read(find_notebook(tmp_path, "practice", logging.getLogger()), "practice")[0]


@pytest.mark.parametrize(
    "name", ["practice.ipynb.txt", "practice.ipynb.json", "Practice (1).IPYNB.TXT", "practice.zip"]
)
def test_a_second_ending_or_an_archive_costs_nothing(name: str, tmp_path: Path) -> None:
    path = lesson_file(tmp_path, name, ANSWERED)
    if name.endswith(".zip"):
        content = path.read_bytes()
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("homework/practice.ipynb", content)
            archive.writestr("__MACOSX/homework/._practice.ipynb", b"macOS's own")
    assert "q" in record.read(find_notebook(tmp_path, "practice", logging.getLogger()), "practice")[0]
    graded = Submission("x", tmp_path).digest()
    path.write_bytes(path.read_bytes() + b" ")
    assert Submission("x", tmp_path).digest() != graded


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("practice (1).ipynb", "practice (1).ipynb: The file handed in is not a notebook, or it is cut off"),
        ("work.zip", "work.zip is no zip archive, or it is damaged."),
    ],
)
def test_a_rival_that_cannot_be_read_is_named(
    name: str, sentence: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lesson_file(tmp_path, "practice.ipynb", ANSWERED)
    (tmp_path / name).write_bytes(b"{")
    assert "q" in record.read(find_notebook(tmp_path, "practice", logging.getLogger()), "practice")[0]
    assert f"What could not be read may be newer than the notebook practice.ipynb: {sentence}" in caplog.text


def test_what_was_handed_in_instead_of_a_notebook_is_named(tmp_path: Path) -> None:
    for name in ("timestamp.txt", "essay.pdf", "work.rar"):
        (tmp_path / name).write_text("2026-03-01 10:00:00", encoding="utf-8")
    with pytest.raises(NotebookError, match=r"^No notebook was handed in\. Instead there is: essay\.pdf, work\.rar\.$"):
        find_notebook(tmp_path, "practice", logging.getLogger())


def test_a_revision_of_5000_digits_costs_its_own_question(tmp_path: Path) -> None:
    path = lesson_file(tmp_path, "practice.ipynb", ANSWERED | {"long": {"revision": 12321, "attempts": []}})
    path.write_text(path.read_text(encoding="utf-8").replace("12321", "9" * 5000), encoding="utf-8")
    records, problems = record.read(find_notebook(tmp_path, "practice", logging.getLogger()), "practice")
    assert list(records) == ["q"]
    assert list(problems) == ["long"]


def test_a_file_of_5_gigabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "practice.ipynb").open("wb") as file:
        file.truncate(5_000_000_000)
    with pytest.raises(NotebookError, match="it has 5000 MB, far more than any notebook"):
        find_notebook(tmp_path, "practice", logging.getLogger())
    assert Submission("x", tmp_path).digest() == Submission("x", tmp_path).digest()


def test_a_file_that_cannot_be_read_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lesson_file(tmp_path, "practice.ipynb")

    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    readable = Submission("x", tmp_path).digest()
    monkeypatch.setattr(Path, "open", refused)
    assert Submission("x", tmp_path).digest() != readable
    with pytest.raises(NotReadable, match="Permission denied"):
        find_notebook(tmp_path, "practice", logging.getLogger())


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "practice.ipynb")
    with pytest.raises(NotebookError, match=r"practice\.ipynb is no file"):
        ReadSubmission().from_filename(str(tmp_path / "practice.ipynb"))


def test_what_a_question_refuses_of_a_record_is_remarked(caplog: pytest.LogCaptureFixture) -> None:
    facts = nbformat.v4.new_output("display_data", {FACTS_MIME: {"share": 0, "problem": "It has 4 attempts."}})
    RequireScore().preprocess_cell(graded_cell(facts, result("0")), {"nbgrader": {"student": "ada"}}, 0)
    assert "ada: It has 4 attempts." in caplog.text
