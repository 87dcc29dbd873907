"""Hostile and broken submissions: each costs what it must, and the rest of the class is graded."""

import html
import json
import shutil
from pathlib import Path
from typing import Any

import classroom
import pytest
from classroom import FILE, FULL, LESSON, NOTEBOOK, NOTHING, PAGE, RIGHT

from attention_course.answers import record

Notebook = dict[str, Any]


def attempt(*picks: Any) -> dict[str, Any]:
    return {"picks": list(picks), "at": "2026-03-02T09:41:00+00:00"}


def answer(*picks: Any, attempts: int = 1) -> dict[str, Any]:
    return {"revision": attempts, "attempts": [attempt(*picks)] * attempts}


HOSTILE_RECORDS: dict[str, Any] = {
    "attention-scores": "key",
    "attention-weights": answer("softmax; import os"),
    "weighted-sum": answer("attention_weights", attempts=4),
    "scaled-weights": answer(1, None),
    "multi-head-output": "DEEP",
    "purpose": answer("C" * 3_000_000),
    "weights-formula": answer("E"),
    "worked-example": answer("10-20"),  # an honest one among them
    "find-the-error": {"revision": 1, "attempts": {"0": attempt("D")}},
    "why-scale": {"revision": -1, "attempts": [attempt("B")]},
    "no-such-question": answer("A"),
    "../../gradebook": answer("A"),
}


def hand_in_hostile_records(course: Path) -> None:
    notebook = classroom.released(course)
    notebook["metadata"][record.METADATA_KEY] = {"version": 1, "lesson": LESSON, "answers": HOSTILE_RECORDS}
    classroom.hand_in_text(course, "hostile-records", json.dumps(notebook).replace('"DEEP"', classroom.DEEP))


def whole_record_is_a_text(notebook: Notebook) -> None:
    notebook["metadata"][record.METADATA_KEY] = "all right"


def record_of_another_lesson(notebook: Notebook) -> None:
    notebook["metadata"][record.METADATA_KEY]["lesson"] = "another"


def only_receipts(notebook: Notebook) -> None:
    """In VS Code and Colab no page can write metadata; this is what Colab saves."""
    widgets = {"application/vnd.jupyter.widget-state+json": {"a": {"model_module": "anywidget"}}}  # without "state"
    notebook["metadata"] = {"colab": {"provenance": []}, "widgets": widgets}
    notebook["nbformat_minor"] = 0
    for cell in notebook["cells"]:
        cell["metadata"] |= {"id": cell.pop("id"), "outputId": "x"}
    for name, made in classroom.records(classroom.ALL_RIGHT).items():
        add_receipt(notebook, name, made)


def a_later_receipt(notebook: Notebook) -> None:
    """The page could not save the second attempt, but the receipt shows it."""
    add_receipt(notebook, "purpose", classroom.records({"purpose": [["larger-input"], ["focus"]]})["purpose"])


def add_receipt(notebook: Notebook, name: str, made: record.Record) -> None:
    data = {record.RECEIPT_MIME: record.receipt(LESSON, name, made), "text/plain": "Recorded"}
    classroom.cell(notebook, name)["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]


def code_of_ones_own(notebook: Notebook) -> None:
    """Every way to get code run: own cells, changed cells, a copied cell, an invented nbgrader cell."""
    harm = "open('harmed.txt', 'w').write('x')\nimport attention_course\n"
    harm += "attention_course.Lesson.ask = lambda *a: type('A', (), {'run': dict, 'points': lambda s, n: 1})()\n1"
    graded = {"grade": True, "locked": True, "points": 100, "schema_version": 3, "solution": False, "task": False}
    for name in ("setup", *RIGHT):
        classroom.cell(notebook, name)["source"] = harm
        classroom.cell(notebook, name)["metadata"]["tags"] = ["raises-exception", "skip-execution"]
    notebook["cells"][:0] = [
        classroom.code_cell(harm),
        classroom.code_cell(harm, tags=["remove_cell"]),
        classroom.code_cell(harm, nbgrader=graded | {"grade_id": "bonus"}),
        classroom.code_cell(harm, nbgrader=graded | {"grade_id": "purpose", "points": 1}),
        classroom.code_cell(harm, nbgrader={"grade_id": ["setup"]}),
    ]
    notebook["cells"].append(classroom.code_cell("import os\nos._exit(1)"))
    notebook["cells"].append(classroom.code_cell(harm, nbgrader=graded | {"grade_id": "why-scale"}))
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"cell-{number}"


def nbgraders_metadata_is_gone(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def cells_deleted_and_moved(notebook: Notebook) -> None:
    gone = ("setup", "purpose", "scaled-weights", "summary")
    notebook["cells"] = [
        cell for cell in reversed(notebook["cells"]) if cell["metadata"].get("nbgrader", {}).get("grade_id") not in gone
    ]


def an_old_schema_and_other_types(notebook: Notebook) -> None:
    classroom.cell(notebook, "purpose")["metadata"]["nbgrader"]["schema_version"] = 1
    classroom.cell(notebook, "why-scale")["metadata"]["nbgrader"]["schema_version"] = 99
    classroom.cell(notebook, "weighted-sum")["metadata"]["nbgrader"] |= {"points": -5, "solution": True, "grade": False}
    markdown = classroom.cell(notebook, "attention-scores")
    markdown["cell_type"] = "markdown"
    del markdown["outputs"], markdown["execution_count"]


def broken_in_parts(notebook: Notebook) -> None:
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"version_major": 2}}
    notebook["metadata"]["kernelspec"] = 5
    notebook["metadata"]["language_info"] = ["none"]
    notebook["nbformat_minor"] = "five"
    notebook["cells"][1]["id"] = notebook["cells"][0]["id"]
    classroom.cell(notebook, "purpose")["outputs"] = [None, {"output_type": 3}, {"output_type": "stream"}]
    classroom.cell(notebook, "why-scale")["metadata"]["tags"] = "all of them"
    notebook["cells"] += [None, 7, "cell", {}, {"cell_type": "code", "source": 3}, {"cell_type": "x", "metadata": {}}]


def a_foreign_notebook(notebook: Notebook) -> None:
    notebook["metadata"] = {"kernelspec": {"name": "julia", "display_name": "Julia"}}
    notebook["cells"] = [classroom.code_cell("exit()"), classroom.code_cell("println(1)")]


EDITED = {
    "whole-record-is-a-text": whole_record_is_a_text,
    "record-of-another-lesson": record_of_another_lesson,
    "only-receipts": only_receipts,
    "code-of-ones-own": code_of_ones_own,
    "nbgraders-metadata-is-gone": nbgraders_metadata_is_gone,
    "cells-deleted-and-moved": cells_deleted_and_moved,
    "an-old-schema": an_old_schema_and_other_types,
    "broken-in-parts": broken_in_parts,
    "a-foreign-notebook": a_foreign_notebook,
}


@pytest.fixture(scope="module")
def graded(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A class of broken submissions after one run of the real nbgrader, and what it said."""
    course = Path(shutil.copytree(released_course, tmp_path_factory.mktemp("broken") / "course"))
    hand_in_hostile_records(course)
    for student, edit in EDITED.items():
        classroom.hand_in(course, student, classroom.ALL_RIGHT, edit)
    for student, text in classroom.UNREADABLE.items():
        classroom.hand_in_text(course, student, text)
    classroom.hand_in(course, "a-later-receipt", {"purpose": [["larger-input"]]}, a_later_receipt)
    folder = classroom.hand_in(course, "files-beside-it", classroom.ALL_RIGHT)
    for name in ("torch.py", "attention_course.py", "sitecustomize.py", "matplotlib/__init__.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("open('harmed.txt', 'w').write('x')", encoding="utf-8")
    (folder / "notes.txt").symlink_to(course / f"source/{NOTEBOOK}")
    (folder / "timestamp.txt").write_text("2026-03-02 10:00:00 UTC", encoding="utf-8")
    classroom.hand_in(course, "zz-honest", classroom.ALL_RIGHT)
    return course, classroom.nbgrader(course, "autograde", LESSON, fails=True)


@pytest.fixture(scope="module")
def scores(graded: tuple[Path, str]) -> dict[str, dict[str, float]]:
    return classroom.scores(graded[0])


def test_a_hostile_record_costs_its_own_question(scores: dict[str, dict[str, float]]) -> None:
    assert scores["hostile-records"] == NOTHING | {"worked-example": 1}


@pytest.mark.parametrize(
    "sentence",
    [
        "The record of 'attention-scores' is malformed.",
        "The record of 'scaled-weights' is malformed.",
        "The record of 'multi-head-output' is malformed.",
        "The record of 'purpose' is far too long to be one of ours.",
        "The record of 'find-the-error' has no list of attempts",
        "The record of 'why-scale' has a wrong form.",
        "an answer to 'no-such-question', which is no question of this lesson.",
        "an answer to something that is no question of this lesson.",
    ],
)
def test_what_is_wrong_with_a_record_is_said_once(sentence: str, graded: tuple[Path, str]) -> None:
    lines = [line for line in graded[1].splitlines() if "hostile-records: " in line]
    assert len([line for line in lines if sentence in line]) == 1


def test_the_feedback_says_what_is_wrong_with_a_record(graded: tuple[Path, str]) -> None:
    classroom.nbgrader(graded[0], "generate_feedback", LESSON, "--student=hostile-records")
    page = html.unescape((graded[0] / f"feedback/hostile-records/{PAGE}").read_text(encoding="utf-8"))
    assert "'softmax; import os' was never offered" in page
    assert "has 4 attempts where 3 are allowed" in page
    assert "'E' was never offered" in page
    assert "far too long" in page
    assert len(page) < 3_000_000


def test_a_record_that_is_none_or_of_another_lesson_counts_as_no_answer(scores: dict[str, dict[str, float]]) -> None:
    assert scores["whole-record-is-a-text"] == NOTHING
    assert scores["record-of-another-lesson"] == NOTHING


def test_receipts_alone_are_enough(scores: dict[str, dict[str, float]]) -> None:
    assert scores["only-receipts"] == FULL


def test_the_later_of_record_and_receipt_counts(scores: dict[str, dict[str, float]]) -> None:
    assert scores["a-later-receipt"] == NOTHING | {"purpose": 1}


def test_no_student_code_runs_and_the_answers_still_count(graded: tuple[Path, str], scores: dict[str, Any]) -> None:
    assert scores["code-of-ones-own"] == FULL
    assert not list(graded[0].rglob("harmed.txt"))


def test_files_beside_the_notebook_are_left_out(graded: tuple[Path, str], scores: dict[str, Any]) -> None:
    folder = graded[0] / f"autograded/files-beside-it/{LESSON}"
    assert sorted(path.name for path in folder.iterdir()) == [FILE, "timestamp.txt"]
    assert scores["files-beside-it"] == FULL
    assert (graded[0] / f"submitted/files-beside-it/{LESSON}/torch.py").exists()
    assert "files-beside-it: The file 'torch.py' was handed in too, and is left out of grading." in graded[1]


@pytest.mark.parametrize(
    "student", ["nbgraders-metadata-is-gone", "cells-deleted-and-moved", "an-old-schema", "broken-in-parts"]
)
def test_a_notebook_that_lost_its_form_keeps_its_answers(student: str, scores: dict[str, dict[str, float]]) -> None:
    assert scores[student] == FULL


def test_a_foreign_notebook_scores_zero(scores: dict[str, dict[str, float]]) -> None:
    assert scores["a-foreign-notebook"] == NOTHING


@pytest.mark.parametrize("student", classroom.UNREADABLE)
def test_an_unreadable_notebook_fails_alone_with_a_sentence(student: str, graded: tuple[Path, str]) -> None:
    course, said = graded
    assert not (course / "autograded" / student).exists()
    assert f"error processing assignment '{LESSON}' for student '{student}'" in said
    assert said.count("NotebookError: The file handed in is not a notebook") == len(classroom.UNREADABLE)


def test_whoever_comes_after_the_broken_ones_is_graded(scores: dict[str, dict[str, float]]) -> None:
    assert scores["zz-honest"] == FULL


def test_the_key_can_be_held_back_until_the_class_is_graded(course: Path) -> None:
    config = course / "course_config.py"
    config.write_text(config.read_text(encoding="utf-8").replace('"at_once"\n', '"after_grading"\n'), encoding="utf-8")
    classroom.nbgrader(course, "generate_assignment", LESSON, "--force")
    release = (course / f"release/{NOTEBOOK}").read_text(encoding="utf-8")
    assert "sealed" not in release
    assert "key=" not in release
    classroom.hand_in(course, "student", classroom.ALL_RIGHT | {"purpose": [["larger-input"], ["fewer-layers"]]})
    classroom.nbgrader(course, "autograde", LESSON)
    assert classroom.scores(course)["student"] == FULL | {"purpose": 0}


def test_validate_says_in_one_sentence_what_is_unanswered_and_that_it_judges_nothing(
    course: Path, tmp_path: Path
) -> None:
    answered = {name: classroom.ALL_RIGHT[name] for name in RIGHT if name not in ("weighted-sum", "purpose")}
    said = validated(course, tmp_path, answered)
    assert "VALIDATION FAILED ON 1 CELL(S)!" in said
    assert (
        "The following cell failed: lesson.summary() The error was: Not answered yet: Task 3, Question 1. Validate "
        "only looks whether there are answers: it does not judge them, Check in the notebook does."
    ) in said
    for source in ("Traceback", "lesson.ask", "sealed", "prompt="):
        assert source not in said, "the source of no question is shown"


def test_validate_does_not_say_success_with_eight_of_ten_right(course: Path, tmp_path: Path) -> None:
    wrong = {"weighted-sum": [["values"]], "purpose": [["larger-input"]]}
    said = validated(course, tmp_path, classroom.ALL_RIGHT | wrong)
    assert "Success" not in said
    assert "Every question is answered. Validate only looks whether there are answers" in said
    assert f"By its verdicts {len(RIGHT) - 2} of {len(RIGHT)} are right." in said


def test_validate_says_success_where_all_is_right(course: Path, tmp_path: Path) -> None:
    assert "Success! Your notebook passes all the tests." in validated(course, tmp_path, classroom.ALL_RIGHT)


def test_validate_beside_an_answered_neighbour_does_not_read_the_neighbour(course: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "my-second-try.ipynb"
    fresh.write_text(json.dumps(for_validation(course, {})), encoding="utf-8")
    (tmp_path / FILE).write_text(json.dumps(for_validation(course, classroom.ALL_RIGHT)), encoding="utf-8")
    said = " ".join(classroom.nbgrader(tmp_path, "validate", fresh.name).split())
    assert "Success" not in said
    assert "This folder holds several notebooks of the lesson, or none, so it cannot be told which one is" in said


def test_the_summarys_cell_is_no_grade_and_costs_nothing(
    graded: tuple[Path, str], scores: dict[str, dict[str, float]]
) -> None:
    assert scores["zz-honest"] == FULL
    notebook = classroom.read(graded[0] / f"autograded/zz-honest/{NOTEBOOK}")
    assert classroom.cell(notebook, "summary")["metadata"]["nbgrader"]["grade"] is False
    assert classroom.cell(notebook, "summary")["outputs"] == []


def validated(course: Path, folder: Path, attempts: dict[str, Any]) -> str:
    """Return what `nbgrader validate` says of a student's notebook, in one line."""
    (folder / FILE).write_text(json.dumps(for_validation(course, attempts)), encoding="utf-8")
    return " ".join(classroom.nbgrader(folder, "validate", FILE).split())


def for_validation(course: Path, attempts: dict[str, Any]) -> dict[str, Any]:
    """Return a student's notebook without its pictures, which take long to draw."""
    notebook = classroom.notebook_with(course, attempts)
    notebook["cells"] = [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    return notebook
