"""Extra attempts by a code: what the notebook grants, and what grading takes back."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from test_question_widget import Page, double

from attention_course import Blanks, Choice, Lesson
from attention_course.answers import extra, record
from attention_course.answers.answer import Answer
from attention_course.answers.record import Record
from attention_course.errors import LessonError, PicksError, RecordError
from attention_course.exercises.credit import Credit
from attention_course.instructor.grading.extra_attempts import allowed, vetted
from attention_course.instructor.grading.known_cells import KnownCell, KnownCells
from attention_course.page import static_html

RIGHT, WRONG = "A", "B"
CODE = extra.code("practice", 2, bytes(range(32)))
ASKED = {
    "options": ["1", "2", "3", "4"],
    "key": "A",
    "prompt": "How many?",
    "solution": {"steps": ["One."], "check": "1"},
}


def question(**more: object) -> Choice:
    return Choice("how-many", "easy", number=1, **{**ASKED, **more})


def tried(answer: Answer, *picks: str) -> Answer:
    for pick in picks:
        answer.check([pick])
    return answer


def after_three(credit: Credit | None = None) -> Answer:
    answer = Answer(question(), credit=credit)
    return tried(answer, *[WRONG] * 3)


def test_a_code_is_read_however_it_was_typed() -> None:
    assert extra.CODE.fullmatch(CODE)
    for typed in (CODE.lower(), f" {CODE} ", CODE.replace("-", " – "), CODE[:2] + CODE[2:].replace("O", "0")):
        assert extra.claimed("practice", typed) == (CODE, 2)


@pytest.mark.parametrize(
    "typed", ["", CODE[:-1], f"3{CODE[1:]}", CODE[:-1] + ("A" if CODE[-1] != "A" else "B"), "21" + CODE[1:]]
)
def test_a_slip_of_the_hand_is_told(typed: str) -> None:
    with pytest.raises(LessonError, match="no code for extra attempts in practice"):
        extra.claimed("practice", typed)


def test_a_code_of_another_lesson_is_told() -> None:
    with pytest.raises(LessonError):
        extra.claimed("learn", CODE)


def test_it_gives_attempts_which_the_record_carries() -> None:
    answer = after_three()
    assert (answer.left, answer.record.extra) == (0, "")
    assert answer.grant(CODE)
    assert (answer.left, answer.done, answer.question.attempts) == (2, False, 5)
    tried(answer, WRONG)
    assert (answer.left, answer.record.extra) == (1, CODE)
    again = Answer(question(), record.parse("how-many", json.loads(json.dumps(answer.record.to_json()))))
    assert (again.left, again.problem) == (1, "")
    tried(again, RIGHT)
    assert (again.share, again.done, again.record.tried) == (1, True, 5)
    with pytest.raises(PicksError):
        again.check([WRONG])


def test_without_a_code_more_attempts_than_allowed_are_no_answer() -> None:
    answer = after_three()
    answer.grant(CODE)
    tried(answer, WRONG)
    assert "has 4 attempts where 3 are allowed" in Answer(question(), replace(answer.record, extra="")).problem


def test_within_the_limit_a_record_needs_no_code() -> None:
    answer = Answer(question())
    answer.grant(CODE)
    assert tried(answer, WRONG).record.extra == ""


@pytest.mark.parametrize(("attempt", "share"), [(1, 1), (2, 0.75), (3, 0.5), (4, 0.75), (5, 0.5)])
def test_an_extra_attempt_counts_like_an_earlier_one(attempt: int, share: float) -> None:
    answer = Answer(question(), credit=Credit((1, 0.75, 0.5)))
    answer.grant(CODE)
    tried(answer, *[WRONG] * (attempt - 1))
    assert f"{100 * share:g}% of the points" in answer.worth
    assert tried(answer, RIGHT).share == share


def test_where_attempts_are_not_counted_it_has_no_effect(capsys: pytest.CaptureFixture[str]) -> None:
    unlimited = Answer(question())
    unlimited._asked.attempts = None
    assert not unlimited.grant(CODE)
    assert unlimited.left is None
    lesson = Lesson("practice")
    lesson.answers["how-many"] = unlimited
    lesson.extra_attempts(CODE)
    assert capsys.readouterr().out.startswith("The code has no effect on the questions above")


def test_the_lesson_grants_what_the_code_claims_above_and_below(capsys: pytest.CaptureFixture[str]) -> None:
    lesson = Lesson("practice")
    above = lesson.ask(question())
    lesson.extra_attempts("2-nonsense")
    assert (
        capsys.readouterr().out == "This is no code for extra attempts in practice: copy the whole of it once more.\n"
    )
    lesson.extra_attempts(CODE)
    said = "2 extra attempts at each question whose attempts are counted. Grading looks whether the code is yours.\n"
    assert capsys.readouterr().out == said
    blanks = Blanks(
        "below", "easy", number=2, prompt="?", program="x = [1]", options=["1", "2"], key=["1"], solution="1"
    )
    assert [answer.left for answer in (above, lesson.ask(blanks))] == [5, 5]


def test_a_record_with_a_wrong_code_is_refused() -> None:
    with pytest.raises(RecordError, match="wrong code for extra attempts"):
        record.parse("q", {"revision": 1, "attempts": [], "extra": "99-<script>"})
    with pytest.raises(RecordError):
        record.parse("q", {"revision": 1, "attempts": [], "extra": 5})


def cells(source: str) -> KnownCells:
    return KnownCells({"q": KnownCell("code", source, True, {"grade": True})})


def test_how_many_attempts_are_allowed_is_read_from_the_instructors_cell() -> None:
    assert allowed("q", cells('lesson.ask(Choice("q", "easy"))')) == 3
    assert allowed("q", cells('lesson.ask(Choice("q", "easy", attempts=2))')) == 2
    assert allowed("q", cells('lesson.ask(Write("q", "easy"))')) is None


def test_a_code_that_is_not_granted_costs_the_attempts_that_it_gave() -> None:
    made = Record(extra=CODE)
    for pick in "abcda":
        made = made.with_attempt((pick,), datetime(2026, 3, 2, 9, tzinfo=UTC))
    known = cells('lesson.ask(Choice("q", "easy"))')
    kept, said = vetted({"q": made}, known, lambda code: code == CODE)
    assert (kept["q"], said) == (made, [])
    kept, said = vetted({"q": made}, known, lambda code: False)
    assert [attempt.picks for attempt in kept["q"].attempts] == [("a",), ("b",), ("c",)]
    assert kept["q"].extra == ""
    assert said == [
        f"The code {CODE} for extra attempts is not granted to this student: of q only the attempts before it count."
    ]


def test_the_page_is_told_how_many_attempts_there_are_now() -> None:
    page = Page(double())
    page.answer.grant(CODE)
    assert page.widget.view["allowed"] == 5
    tried(page.answer, "1", "1", "1", "1")
    assert (page.widget.state["attempts"], page.widget.state["left"]) == (4, 1)
    assert "attempt 4 of 5" in page.receipt["text/plain"]
    assert "4 of 5 attempts used" in static_html.bundle(page.answer)["text/html"]
