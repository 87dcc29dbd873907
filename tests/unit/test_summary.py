import json
import threading
import time
from datetime import UTC, datetime

import pytest

from attention_course import Blanks
from attention_course.answers import record
from attention_course.answers.answer import Answer
from attention_course.answers.record import Record
from attention_course.page import summary

NOW = datetime(2026, 3, 1, 9, 41, tzinfo=UTC)


def answered(name, *picks, number=1, difficulty="easy", key=("x",)):
    """Return an answer to a question with the options x and y, of which x is right."""
    question = Blanks(
        name, difficulty, number=number, prompt="?", program="[1]", options=["x", "y"], key=key and list(key)
    )
    kept = Record()
    for pick in picks:
        kept = kept.with_attempt((pick,), NOW)
    return Answer(question, kept)


def save(path, *answers, lesson="practice"):
    notebook = {"cells": [], "metadata": {}}
    record.write(notebook, lesson, {a.question.name: a.record for a in answers if a.record.attempts})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_a_file_that_holds_every_answer_is_confirmed(tmp_path):
    answers = [answered("a", "x"), answered("b", "y", "x"), answered("c")]
    path = save(tmp_path / "practice.ipynb", *answers)
    said = summary.saved_sentence("practice", path, answers, wait=0)
    assert said == "✓ practice.ipynb, as it is on disk, holds every answer you gave: 2 of 3 questions."


def test_answers_that_only_receipts_hold_are_on_disk_too(tmp_path):
    answer = answered("a", "x")
    receipt = record.receipt("practice", "a", answer.record)
    path = tmp_path / "practice.ipynb"
    path.write_text(json.dumps({"cells": [{"outputs": [{"data": {record.RECEIPT_MIME: receipt}}]}], "metadata": {}}))
    assert summary.saved_sentence("practice", path, [answer], wait=0).startswith("✓")


def test_a_missing_answer_is_named(tmp_path):
    saved, missing = answered("a", "x", number=1), answered("b", "x", number=2)
    path = save(tmp_path / "practice.ipynb", saved)
    said = summary.saved_sentence("practice", path, [saved, missing], wait=0)
    assert said == (
        "✗ practice.ipynb does not hold your answer to Task 2 yet. Save the notebook, then run this cell again."
    )


def test_an_older_attempt_on_disk_is_not_the_answer(tmp_path):
    path = save(tmp_path / "practice.ipynb", answered("a", "y"))
    assert "does not hold your answer to Task 1" in summary.saved_sentence(
        "practice", path, [answered("a", "y", "x")], wait=0
    )


def test_the_answers_of_another_lesson_are_not_this_lessons(tmp_path):
    answer = answered("a", "x")
    path = save(tmp_path / "practice.ipynb", answer, lesson="other")
    assert summary.saved_sentence("practice", path, [answer], wait=0).startswith("✗")


@pytest.mark.parametrize("content", ["", '{"cells": [], "metadata"', "[]", "{}", "\x00", "null"])
def test_a_damaged_file_is_said(tmp_path, content):
    path = tmp_path / "practice.ipynb"
    path.write_text(content)
    said = summary.saved_sentence("practice", path, [answered("a", "x")], wait=0)
    assert said.startswith("✗ practice.ipynb is not a notebook")


def test_a_file_that_is_gone_is_said(tmp_path):
    said = summary.saved_sentence("practice", tmp_path / "practice.ipynb", [answered("a", "x")], wait=0)
    assert said.startswith("✗ practice.ipynb cannot be read: No such file or directory.")


def test_a_file_that_nobody_knows_is_said():
    said = summary.saved_sentence("practice", None, [answered("a", "x")], wait=0)
    assert said == (
        "✗ The notebook's file was not found from here, so it cannot be checked. Save it before you hand it in."
    )


def test_where_nothing_is_answered_nothing_is_confirmed(tmp_path):
    said = summary.saved_sentence("practice", save(tmp_path / "practice.ipynb"), [answered("a")], wait=0)
    assert said == "Nothing is answered yet, so there is nothing to save."


@pytest.mark.parametrize("content", ['{"cells": [], "metadata": {}}', '{"cells": [], "meta'])
def test_a_save_that_is_under_way_is_waited_for(tmp_path, content):
    answer = answered("a", "x")
    path = tmp_path / "practice.ipynb"
    path.write_text(content)

    def save_later():
        time.sleep(0.2)
        save(path, answer)

    thread = threading.Thread(target=save_later)
    thread.start()
    said = summary.saved_sentence("practice", path, [answer], wait=10)
    thread.join()
    assert said.startswith("✓")


def test_what_to_look_at_again_is_wrong_open_or_right_only_later():
    answers = [
        answered("a", "x", number=1),
        answered("b", number=2),
        answered("c", "y", number=3),
        answered("d", "y", "y", "y", number=4),
        answered("e", "y", "x", number=5),
    ]
    assert summary.again(answers) == [
        "Task 2: not answered yet",
        "Task 3: wrong so far, 2 left",
        "Task 4: out of attempts",
        "Task 5: right at attempt 2; would you know it at once now?",
    ]


def test_the_summary_says_points_patterns_rule_and_what_is_saved():
    answers = [answered("a", "x"), answered("b", "y", difficulty="hard")]
    page = summary.as_html(answers, "✓ <saved>")
    for said in ("1 of 2 right", "strong", "weak", summary.progress.RULE, "✓ &lt;saved&gt;"):
        assert said in page
    text = summary.as_text(answers, "✓ saved")
    assert text.startswith("1 of 2 right\neasy: 1 of 1 right, strong\nhard: 0 of 1 right, weak\n")
    assert text.endswith("✓ saved")


def test_with_the_keys_held_back_no_result_is_told():
    answers = [answered("a", "x", key=None), answered("b", key=None)]
    page = summary.as_html(answers, "")
    assert "1 of 2</strong> answers recorded" in page
    assert "strong<" not in page
    assert "right" not in page
    assert "right" not in summary.as_text(answers, "")


def test_before_the_first_question_there_is_a_summary_too():
    assert "0 of 0 right" in summary.as_html([], "")
