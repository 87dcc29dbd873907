"""The page that nbgrader's generate_feedback writes: all a student wants to read, and nothing that is hidden."""

import html
import re
from pathlib import Path

import classroom
import nbformat
import pytest
from classroom import EXERCISES, PAGE

from attention_course.instructor.feedback import feedback_page
from attention_course.page.static_html import FACTS_MIME


def page(course: Path, student: str) -> str:
    return (course / f"feedback/{student}/{PAGE}").read_text(encoding="utf-8")


def words(page: str) -> str:
    """Return the text of a page, on one line."""
    body = re.sub(r"<(style|svg).*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def test_every_attempt_is_told_with_its_verdict_its_time_and_the_reason(graded_class: Path) -> None:
    said = words(page(graded_class, "bjorn"))
    assert said.count("2 of 3 attempts used") == 5
    assert re.search(r"3 of 3 attempts used .*✗ Not right \d+ \w+ 20\d\d, \d\d:\d\d .*✓ Right", said)
    assert "Weights are made from the scores by softmax" in said or "The query times itself" in said


def test_the_top_has_the_points_and_the_result_by_difficulty(graded_class: Path) -> None:
    said = words(page(graded_class, "bjorn"))
    assert "Feedback for Björn Lindqvist" in said
    assert f"Your result 10 of {EXERCISES} points" in said
    assert "easy 3 of 3 1 3 of 3 growing medium 3 of 3 1 3 of 3 growing hard 4 of 4 0 4 of 4 growing" in said


def test_every_question_is_there_with_output_heatmap_and_solution(graded_class: Path) -> None:
    text = page(graded_class, "chiara")
    assert [text.count(f'id="q-{name}"') for name in classroom.RIGHT] == [1] * EXERCISES
    assert text.count("Worked solution</h3>") == EXERCISES
    assert text.count("What your last answer did") == 3
    assert len(re.findall(r'<img src="data:image/png;base64,[^"]+" alt="[^"]+', text)) >= EXERCISES


def test_a_student_who_answered_nothing_sees_it_said(graded_class: Path) -> None:
    said = words(page(graded_class, "esperanza"))
    assert f"Your result 0 of {EXERCISES} points" in said
    assert said.count("○ Not attempted") == 2 * EXERCISES  # in the overview and at the question
    assert "did not pass" not in said


@pytest.mark.parametrize("student", ["bjorn", "chiara", "esperanza"])
def test_neither_hidden_tests_nor_a_key_s_source_is_in_a_page(student: str, graded_class: Path) -> None:
    text = html.unescape(page(graded_class, student))
    assert [line for line in classroom.hidden_lines("HIDDEN TESTS") if line in text] == []
    for source in ("### BEGIN", "why_not", "sealed=", "lesson.ask", "Traceback", "AssertionError"):
        assert source not in text


@pytest.mark.parametrize("student", ["bjorn", "chiara", "esperanza"])
def test_a_page_is_one_file_that_loads_and_runs_nothing(student: str, graded_class: Path) -> None:
    text = page(graded_class, student)
    assert "<script" not in text
    assert "widget" not in text
    assert set(re.findall(r'(?:src|href)="(data:|#|[^"]*)', text)) == {"data:", "#"}
    assert "url(" not in text
    assert len(text) < 1_000_000


def test_a_comment_and_points_given_by_hand_are_shown(graded_class: Path) -> None:
    said = words(page(graded_class, "chiara"))
    assert "0.5 of 1 point (given by your instructor) Your instructor’s comment Well tried." in said
    assert f"Your result 5.5 of {EXERCISES} points" in said


def test_names_and_comments_are_escaped(graded_class: Path) -> None:
    text = page(graded_class, "chiara")
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;b&gt;Chiara&lt;/b&gt; Romano" in text


def graded(source: str, *outputs: nbformat.NotebookNode, **about: bool) -> feedback_page.GradedCell:
    metadata = {"nbgrader": {"grade_id": "cell", "grade": True, "points": 2, "score": 1, **about}}
    cell = nbformat.v4.new_code_cell(source, metadata=metadata, outputs=list(outputs))
    return feedback_page._graded(cell, set(), {})


def test_what_a_student_wrote_is_shown_as_text() -> None:
    printed = nbformat.v4.new_output("stream", name="stdout", text="<i>1</i>")
    drawn = nbformat.v4.new_output("display_data", data={"text/html": "<script>1</script>", "text/plain": "<Figure>"})
    cell = graded("x = '<b>'", printed, drawn, solution=True)
    assert cell.source == "x = '<b>'"
    assert [str(shown).count("<") for shown in cell.shown] == [2, 2]  # their own tags alone
    assert "&lt;i&gt;" in cell.shown[0]


def test_what_a_hidden_test_prints_is_not_shown() -> None:
    printed = nbformat.v4.new_output("stream", name="stdout", text="secret")
    assert graded("# Task 1 · sums", printed).shown == []
    assert graded("# Task 1 · sums", printed).title == "Task 1 · sums"


def test_an_error_is_shown_where_the_verdict_does_not_say_it() -> None:
    error = nbformat.v4.new_output("error", ename="NoScore", evalue="It took too long.", traceback=[])
    facts = {"title": "Task 1", "difficulty": "easy", "attempts": 1}
    for outcome, shown in (("wrong", 1), ("right", 2)):
        data = {FACTS_MIME: {**facts, "outcome": outcome}, "text/html": "<p>The question</p>"}
        assert len(graded("#", nbformat.v4.new_output("display_data", data=data), error).shown) == shown
    assert graded("#", error).shown == ['<p class="wrong">It took too long.</p>']


def test_what_could_not_be_graded_has_a_word_and_a_sign_of_its_own_and_is_not_counted_as_wrong() -> None:
    facts = {"title": "Task 1", "difficulty": "easy", "attempts": 1, "outcome": "ungraded", "ungraded": "could not …"}
    shown = nbformat.v4.new_output("display_data", data={FACTS_MIME: facts, "text/html": "<p>The question</p>"})
    cell = graded("#", shown)
    assert (cell.mark, cell.css) == ("? Could not be graded", "")
    assert feedback_page._patterns([cell]) == []
    by_hand = feedback_page._graded(
        nbformat.v4.new_code_cell("#", metadata={"nbgrader": {"grade_id": "a"}}, outputs=[shown]), {"a"}, {}
    )
    assert by_hand.mark == "● Graded by hand"
