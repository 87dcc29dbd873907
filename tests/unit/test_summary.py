import json
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from attention_course import Blanks, Write
from attention_course.answers import record
from attention_course.answers.answer import Answer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.drawn import Drawn
from attention_course.answers.record import Attempt, Record
from attention_course.page import progress, saved, static_html, summary, totals

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


def write(path, *answers, lesson="practice"):
    notebook = {"cells": [], "metadata": {}}
    record.write(notebook, lesson, {a.question.name: a.record for a in answers if not a.record.is_empty})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_a_file_that_holds_every_answer_is_confirmed(tmp_path):
    answers = [answered("a", "x"), answered("b", "y", "x"), answered("c")]
    path = write(tmp_path / "practice.ipynb", *answers)
    said = saved.on_disk("practice", path, answers, wait=0)
    assert said == "✓ practice.ipynb, as it is on disk, holds every answer you gave: 2 of 3 questions."


def test_answers_that_only_receipts_hold_are_on_disk_too(tmp_path):
    answer = answered("a", "x")
    receipt = record.receipt("practice", "a", answer.record)
    path = tmp_path / "practice.ipynb"
    path.write_text(json.dumps({"cells": [{"outputs": [{"data": {record.RECEIPT_MIME: receipt}}]}], "metadata": {}}))
    assert saved.on_disk("practice", path, [answer], wait=0).startswith("✓")


def test_a_missing_answer_is_named(tmp_path):
    held, missing = answered("a", "x", number=1), answered("b", "x", number=2)
    path = write(tmp_path / "practice.ipynb", held)
    said = saved.on_disk("practice", path, [held, missing], wait=0)
    assert said == "✗ practice.ipynb does not hold your answer to Task 2 yet. Save the notebook."
    said = saved.on_disk("practice", path, [held, missing], then="Then run this cell again.")
    assert said.endswith("yet. Save the notebook. Then run this cell again.")


def test_an_older_attempt_on_disk_is_not_the_answer(tmp_path):
    path = write(tmp_path / "practice.ipynb", answered("a", "y"))
    assert "does not hold your answer to Task 1" in saved.on_disk("practice", path, [answered("a", "y", "x")], wait=0)


def test_the_answers_of_another_lesson_are_not_this_lessons(tmp_path):
    answer = answered("a", "x")
    path = write(tmp_path / "practice.ipynb", answer, lesson="other")
    assert saved.on_disk("practice", path, [answer], wait=0).startswith("✗")


@pytest.mark.parametrize("content", ["", '{"cells": [], "metadata"', "[]", "{}", "\x00", "null"])
def test_a_damaged_file_is_said(tmp_path, content):
    path = tmp_path / "practice.ipynb"
    path.write_text(content)
    said = saved.on_disk("practice", path, [answered("a", "x")], wait=0)
    assert said.startswith("✗ practice.ipynb is not a notebook")


def test_a_file_that_is_gone_is_said(tmp_path):
    said = saved.on_disk("practice", tmp_path / "practice.ipynb", [answered("a", "x")], wait=0)
    assert said.startswith("✗ practice.ipynb cannot be read: No such file or directory.")


def test_a_file_that_nobody_knows_is_said():
    said = saved.on_disk("practice", None, [answered("a", "x")], wait=0)
    assert said == (
        "✗ The notebook's file was not found from here, so it cannot be checked. Save it before you hand it in."
    )


def test_where_nothing_is_answered_nothing_is_confirmed(tmp_path):
    said = saved.on_disk("practice", write(tmp_path / "practice.ipynb"), [answered("a")], wait=0)
    assert said == "Nothing is answered yet, so there is nothing to save."


def test_answers_of_earlier_sittings_have_to_be_on_disk_too(tmp_path):
    begun = answered("a", "x")
    begun.record = replace(begun.record, drawn=Drawn(7, 0, "a-easy-1")).sitting(Drawn(7, 1, "a-hard-1"))
    said = saved.on_disk("practice", write(tmp_path / "practice.ipynb"), [begun], wait=0)
    assert said.startswith("✗ practice.ipynb does not hold your answer to")
    said = saved.on_disk("practice", write(tmp_path / "practice.ipynb", begun), [begun], wait=0)
    assert said.endswith("holds every answer you gave: 0 of 1 questions, and your earlier sittings.")


@pytest.mark.parametrize("content", ['{"cells": [], "metadata": {}}', '{"cells": [], "meta'])
def test_a_save_that_is_under_way_is_waited_for(tmp_path, content):
    answer = answered("a", "x")
    path = tmp_path / "practice.ipynb"
    path.write_text(content)

    def write_later():
        time.sleep(0.2)
        write(path, answer)

    thread = threading.Thread(target=write_later)
    thread.start()
    said = saved.on_disk("practice", path, [answer], wait=10)
    thread.join()
    assert said.startswith("✓")


FIVE = [
    answered("a", "x", number=1),
    answered("b", number=2),
    answered("c", "y", number=3),
    answered("d", "y", "y", "y", number=4),
    answered("e", "y", "x", number=5),
]


def test_what_was_never_answered_is_counted_apart_from_what_to_look_at_again():
    assert summary.unanswered(FIVE) == [summary.Entry("b", "Task 2")]
    assert summary.again(FIVE) == [
        summary.Entry("c", "Task 3", "wrong so far, 2 left"),
        summary.Entry("d", "Task 4", "out of attempts"),
        summary.Entry("e", "Task 5", "right at attempt 2; would you know it at once now?"),
    ]
    page = summary.as_html(FIVE, "")
    assert "<p>Not answered yet: Task 2</p><p>Look at these again:</p><ul><li>Task 3: wrong so far, 2 left</li>" in page
    assert "<tr><th scope='row'>easy</th><td>2 of 5</td><td>1</td><td>1</td>" in page
    assert "Not answered yet: Task 2\nTask 3: wrong so far, 2 left\nTask 4: out" in summary.as_text(FIVE, "")


def test_each_entry_of_the_live_summary_leads_to_its_question_and_the_saved_one_leads_nowhere():
    live = summary.live_html("practice", FIVE, "✓ saved")
    for name, title in {"b": "Task 2", "c": "Task 3", "d": "Task 4", "e": "Task 5"}.items():
        assert f'<button type="button" class="ac-lead" data-question="{name}">{title}</button>' in live
    kept = summary.bundle("practice", FIVE, "✓ saved")
    assert "<button" not in kept["text/html"]
    for text in (live, kept["text/html"], kept["text/plain"]):
        assert "attention-answers:1:" in text
    assert kept[summary.SUMMARY_MIME] == {"lesson": "practice"}


def test_where_nothing_is_to_be_gone_on_with_nothing_is_listed():
    page = summary.as_html([answered("a", "x")], "")
    assert "Not answered yet" not in page
    assert "again" not in page


def test_the_summary_says_points_patterns_rule_and_what_is_saved():
    answers = [answered("a", "x"), answered("b", "y", difficulty="hard")]
    page = summary.as_html(answers, "✓ <saved>")
    for said in ("1 of 2 right", "strong", "weak", progress.RULE, "✓ &lt;saved&gt;"):
        assert said in page
    text = summary.as_text(answers, "✓ saved")
    assert text.startswith("1 of 2 right\neasy: 1 of 1 right, strong\nhard: 0 of 1 right, weak\n")
    assert text.endswith("✓ saved")


def test_with_the_keys_held_back_no_result_is_told():
    answers = [answered("a", "x", key=None), answered("b", key=None, number=2)]
    page = summary.as_html(answers, "")
    assert "Not answered yet: Task 2" in page
    assert "1 of 2</strong> answers recorded" in page
    assert "strong<" not in page
    assert "right" not in page
    assert "right" not in summary.as_text(answers, "")


def test_before_the_first_question_there_is_a_summary_too():
    assert "0 of 0 right" in summary.as_html([], "")


def coded(name, *results, points=2):
    """Return an answer to a task in which code is written, and its one example passed, or not, at each attempt."""
    example, key = {"title": "One", "code": "one()"}, "def one():\n    return 1"
    more = {"prompt": "?", "defines": ["one"], "starter": "# one", "examples": [example]}
    question = Write(name, "easy", number=1, points=points, key=key, **more)
    at = NOW.isoformat()
    attempts = [Attempt((f"{key} + {n}",), at, {"examples": (passed,)}) for n, passed in enumerate(results)]
    return CodeAnswer(question, Record(tuple(attempts), len(attempts)))


def test_points_of_code_are_so_far_alone_because_hidden_tests_decide_later():
    answers = [coded("a", False, True), coded("b", False), answered("c", "x")]
    said = "2 of 3 right, 3 of 5 points so far. Hidden tests of your code decide when it is graded."
    assert summary.as_text(answers, "").startswith(f"{said}\neasy: ")
    page = summary.as_html(answers, "")
    assert said in page.replace("<strong>", "").replace("</strong>", "")
    assert f"{progress.RULE} {progress.RULE_OF_CODE}</small>" in page
    assert "so far" not in summary.as_html([answered("c", "x")], "")


def test_code_that_was_checked_twice_is_right_at_once_in_summary_and_feedback_alike():
    twice = coded("a", False, True)
    assert [pattern.right_at_once for pattern in progress.by_difficulty([twice])] == [1]
    assert static_html.bundle(twice)[static_html.FACTS_MIME]["attempts"] == 1


def test_one_point_a_task_is_so_far_too_where_it_is_code():
    assert totals.points([coded("a", True, points=1)]) == f" so far. {totals.HIDDEN_DECIDE}"


def test_a_group_has_its_badge_once_all_of_it_is_right():
    answers, groups = [coded("a", True), coded("b", False)], {"by <hand>": ["a"], "built": ["a", "b", "not-asked-yet"]}
    assert totals.badges(answers, groups) == "★ by <hand>: all 1 · ☆ built: 1 of 3"
    kept = summary.bundle("challenge", answers, "", summary.Usual(groups))
    assert "<p>★ by &lt;hand&gt;: all 1 · ☆ built: 1 of 3</p>" in kept["text/html"]
    assert "\n★ by <hand>: all 1 · ☆ built: 1 of 3\n" in kept["text/plain"]
    assert "★ by &lt;hand&gt;: all 1" in summary.live_html("challenge", answers, "", summary.Usual(groups))
    assert totals.badges(answers, None) == ""
