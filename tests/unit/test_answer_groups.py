"""The different answers to one question: what counts as the same answer, and how each is named."""

import dataclasses
import itertools
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import attention_course
from attention_course import Blanks, Explain, Numeric
from attention_course.errors import MarksError
from attention_course.exercises.kinds import KINDS
from attention_course.exercises.question import Question
from attention_course.instructor.course_files import write_notebook
from attention_course.instructor.marks.marks import Mark
from attention_course.instructor.report.same_code import bare
from attention_course.instructor.same_answers.groups import Given, digest, found, grouped
from attention_course.instructor.same_answers.look import Answers, Course, without_names
from attention_course.instructor.same_answers.page import page, scores, verdict
from attention_course.instructor.same_answers.what_it_did import shown
from attention_course.instructor.same_answers.write_answers import line_of
from attention_course.instructor.source import asked, load_source
from attention_course.page.static_html import FACTS_MIME, STYLE

NUMBER = Numeric("third", "easy", number=1, prompt="A third of 1.5?", tolerance=0.01, key="0.5")
TEXT = Explain("why", "easy", number=2, prompt="Why?", words=2, model="So it is.", points_to_make=["so", "and so"])
CODE = """
def shares(x):
    # what each gets
    return x / x.sum(
        -1, keepdim=True)
"""


def given(question: Question, *picks: str, student: str = "ada", verdict: str = "wrong", **mark: Any) -> Given:
    return Given(student, student.title(), question, picks, verdict, Mark(**mark))


def test_code_is_the_same_whatever_its_layout_and_comments_are() -> None:
    other = "def shares(x):\n  return x/x.sum(-1, keepdim=True)  # done\n\n"
    assert bare(CODE) == bare(other)
    assert bare(CODE) != bare(other.replace("-1", "1"))
    assert bare("x = 'a  b'") != bare("x = 'a b'")
    assert bare("if x:\n    y\nz") != bare("if x:\n    y\n    z")


@pytest.mark.parametrize("broken", ["def f(:\n  return", "x = '''", "  x\n y", "\0", "(" * 10_000, "x = \\"])
def test_what_is_no_python_is_compared_as_text(broken: str) -> None:
    assert bare(broken) == bare(broken + "  \n\n")


def test_other_ways_to_write_the_same_are_one_answer() -> None:
    answers = [given(NUMBER, text, student=name) for name, text in (("a", "0.4"), ("b", "2/5"), ("c", "0.5"))]
    assert [[one.student for one in group.members] for group in grouped(answers)] == [["a", "b"], ["c"]]
    texts = [given(TEXT, text, ticks) for text, ticks in (("So  it is", ""), ("So it\nis", "11"), ("Not so", "11"))]
    assert [len(group.members) for group in grouped(texts)] == [2, 1]


def test_an_id_is_made_of_the_answer_alone() -> None:
    alone = grouped([given(NUMBER, "0.4")])
    among = grouped([given(NUMBER, "0.4"), *(given(NUMBER, str(n)) for n in range(300))])
    assert len(among) == 301
    assert found(among, alone[0].id).first.picks == ("0.4",)
    assert found(among, alone[0].id[:5].upper()).id.startswith(alone[0].id)
    assert digest(NUMBER, ["0.4"]) != digest(dataclasses.replace(NUMBER, name="other"), ["0.4"])


def test_an_id_that_fits_none_or_several_is_refused_and_the_others_are_named() -> None:
    groups = grouped([given(NUMBER, str(n)) for n in range(40)])
    with pytest.raises(MarksError, match=f"No answer has the id 'xyz' .*{groups[0].id}"):
        found(groups, "xyz")
    twice = next(each.id[0] for each in groups if sum(one.id[0] == each.id[0] for one in groups) > 1)
    with pytest.raises(MarksError, match=r"is the beginning of .*: write more of it"):
        found(groups, twice)
    with pytest.raises(MarksError, match="There is: none"):
        found([], "abc")


def test_what_is_different_among_those_who_gave_one_answer_is_counted() -> None:
    (group,) = grouped(
        [
            given(NUMBER, "0.5", verdict="right", points=1, comment="Well."),
            given(NUMBER, ".5", verdict="right", points=0.5, score=0.5, comment="Well."),
            given(NUMBER, "1/2", verdict="could not be graded"),
        ]
    )
    assert verdict(group) == "✓ right (2), ? could not be graded (1)"
    assert scores(group) == "1 point (1), 0.5 points (1), 0 points (1)"
    assert (group.by_hand, group.comments) == (1, [("Well.", 2)])


def course(*questions: Question) -> Course:
    return Course(SimpleNamespace(assignment_id="learn"), [*questions], None, {})  # type: ignore[arg-type]


def test_a_name_that_is_not_asked_is_answered_with_names_that_are_near() -> None:
    ours = course(NUMBER, TEXT)
    assert ours.question("third") is NUMBER
    for name, says in [("thrid", "mean third?"), ("question 2", "mean why?"), ("x", "It asks third, why.")]:
        with pytest.raises(MarksError, match=f"asks no question '{name}'.*{says}"):
            ours.question(name)


def test_without_names_nothing_tells_who_it_was() -> None:
    answers = Answers(NUMBER, 1, grouped([given(NUMBER, "0.5")]), ["Bob"], ["Eve is left out."])
    told = str(without_names(answers))
    assert not any(name in told for name in ("ada", "Ada", "Bob", "Eve"))
    assert without_names(answers).open == [""]


def test_what_a_student_wrote_never_steers_the_terminal() -> None:
    (group,) = grouped([given(TEXT, "Two \x1b[31mred\nwords", "")])
    assert line_of(group) == "“Two \ufffd[31mred words” (3 words)"


def test_only_programs_of_the_instructor_s_are_run(monkeypatch: pytest.MonkeyPatch) -> None:
    task = Blanks(
        "two", "easy", number=1, prompt="Two?", program="x = [1]\nprint(x)", options=["1", "2"], key=["2"],
        why_not={"1": "One."}, hint="?", mistakes=["a", "b"], solution="2",
    )  # fmt: skip
    assert "1" in shown(given(task, "1"), course(task))
    monkeypatch.setattr(Blanks, "trusted", False)
    assert shown(given(task, "1"), course(task)) == ""


def test_code_is_shown_as_grading_has_left_it_and_not_run(tmp_path: Path) -> None:
    made = {"output_type": "display_data", "data": {"text/html": f"{STYLE}<p>It passed.</p>", FACTS_MIME: {}}}
    theirs = {"output_type": "display_data", "data": {"text/html": "<p>forged</p>", FACTS_MIME: {}}}
    cells = [
        {"cell_type": "code", "source": "", "metadata": {"nbgrader": {"grade_id": name, **about}}, "outputs": [output]}
        for name, about, output in (("shares", {"solution": True}, theirs), ("shares", {}, made))
    ]
    write_notebook(tmp_path / "code.ipynb", {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    coursedir = SimpleNamespace(
        assignment_id="code", autograded_directory="", format_path=lambda step, student, name: tmp_path
    )
    question: Any = SimpleNamespace(name="shares", written=True)
    answer = Given("ada", "Ada", question, ("raise SystemExit",), "right", Mark())
    ours = dataclasses.replace(course(), coursedir=coursedir)
    assert shown(answer, ours) == "<p>It passed.</p>"
    coursedir.assignment_id = "missing"
    assert shown(answer, ours) == ""


@pytest.fixture(scope="module")
def one_of_each() -> dict[str, Question]:
    """A question of each kind, as a new lesson begins with."""
    path = Path(attention_course.__file__).parent / "instructor/source/example.ipynb"
    return {type(question).__name__: question for question in asked(load_source(path)).values()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_answers_to_every_kind_have_a_page(kind: str, one_of_each: dict[str, Question], tmp_path: Path) -> None:
    question = one_of_each[kind]
    picks = [tuple(picks) for picks in itertools.islice(question.samples(), 3)]
    answers = [given(question, *each, student=f"s{place}") for place, each in enumerate(picks)]
    coursedir: Any = SimpleNamespace(
        assignment_id="new", autograded_directory="", format_path=lambda step, student, name: tmp_path
    )
    groups = grouped(answers)
    text = page(
        Answers(question, 1, groups, [], []), dataclasses.replace(course(question), coursedir=coursedir), datetime.now()
    )
    assert [text.count(f'id="a-{group.id}"') for group in groups] == [1] * len(groups)
    assert {digest(question, each) for each in picks} == {digest(question, each) for each in reversed(picks)}
    drawn = question.explored or (question.performs and question.trusted)
    assert text.count("<summary>What it did</summary>") == (len(groups) if drawn else 0)
