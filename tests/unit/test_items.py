"""Item statistics against numbers that were worked out by hand, and the pictures of a class."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from attention_course import Choice, Write
from attention_course.answers.record import Attempt, Record
from attention_course.instructor.report import page
from attention_course.instructor.report.in_words import difficulty_in_words, discrimination_in_words
from attention_course.instructor.report.items import (
    ENOUGH_FOR_DIFFICULTY,
    ENOUGH_FOR_DISCRIMINATION,
    Filling,
    Item,
    analyse,
    difficulty,
    discrimination,
)
from attention_course.instructor.report.pictures import class_picture, scores_picture
from attention_course.instructor.report.results import (
    ClassResults,
    Result,
    Standing,
    StudentResults,
    metadata_of,
    minutes,
)


def question(name: str = "vowel") -> Choice:
    return Choice(name, "easy", number=1, prompt="Which?", options=["b", "a", "c"], key="B", why_not={"A": "Say it."})


def result(*picks: str, points: float | None = None) -> Result:
    right = picks[-1:] == ("B",)
    standing = (Standing.FIRST if len(picks) == 1 else Standing.LATER) if right else Standing.WRONG
    given = float(right) if points is None else points
    return Result(standing if picks else Standing.NONE, tuple((pick,) for pick in picks), given)


def a_class(*rows: list[Result]) -> ClassResults:
    students = [StudentResults(f"s{i}", f"Student {i}", row) for i, row in enumerate(rows)]
    questions = [question(f"q{i}") for i in range(len(rows[0]))]
    return ClassResults("practice", questions, [1.0] * len(questions), students)


def item(count: int = 100, p: float | None = 0.5, r: float | None = 0.5) -> Item:
    return Item(question(), count, {}, [], [], p, r)


def test_the_tests_that_code_fails_are_said_in_one_line() -> None:
    key = "def one():\n    return 1"
    written = Write("one", "easy", number=1, prompt="?", defines=["one"], starter="# one", key=key)
    tried = page._tried(written, Filling((key.replace("1", "2"),), 3, 3, False, ("a `sum`", "twice")))
    assert tried.reasons == ["fails: a <code>sum</code>; twice"]
    assert page._tried(written, Filling((key,), 1, 1, True)).reasons == []


def test_difficulty_is_the_mean_share_of_points() -> None:
    assert difficulty([1, 1, 0, 1], 1) == 0.75
    assert difficulty([2, 1, 0], 2) == 0.5
    assert difficulty([], 1) is None
    assert difficulty([0, 0], 0) is None


def test_discrimination_leaves_the_question_itself_out_of_the_total() -> None:
    # the others' points are 3, 2, 1, 0: r = (4·Σxt − Σx·Σt) / √(…) = (4·5 − 2·6) / √((4·2 − 4)(4·14 − 36)) = 8 / √80
    assert discrimination([1, 1, 0, 0], [4, 3, 1, 0]) == pytest.approx(8 / 80**0.5)
    assert discrimination([0, 0, 1, 1], [3, 2, 2, 1]) == pytest.approx(-8 / 80**0.5)


def test_discrimination_is_not_told_where_nothing_varies() -> None:
    assert discrimination([1, 1, 1], [3, 2, 1]) is None
    assert discrimination([1, 0, 1], [2, 1, 2]) is None  # all the other points are alike
    assert discrimination([1], [1]) is None
    assert discrimination([0.1] * 3, [0.3, 0.2, 0.1]) is None


def test_the_least_class_sizes_follow_from_their_reasons() -> None:
    assert (ENOUGH_FOR_DIFFICULTY, ENOUGH_FOR_DISCRIMINATION) == (25, 44)


def test_an_item_counts_standings_attempts_and_fillings() -> None:
    [one] = analyse(a_class([result("B")], [result("A", "A", "B")], [result("A", "C")], [result()]))
    assert list(one.standings.values()) == [1, 1, 1, 1]
    assert (one.right, one.attempts_needed, one.mean_attempts) == (2, [1, 0, 1], 2)
    assert [(f.picks[0], f.students, f.times, f.right) for f in one.fillings] == [
        ("A", 2, 3, False),
        ("B", 2, 2, True),
        ("C", 1, 1, False),
    ]
    assert one.difficulty == 0.5


def test_points_given_by_hand_count_in_the_statistics() -> None:
    [one] = analyse(a_class([result("A", points=0.5)], [result("B")]))
    assert one.difficulty == 0.75


def test_too_small_a_class_is_told_so_and_no_number() -> None:
    assert difficulty_in_words(item(24)) == "too few students to tell: said from 25 on (why: see the end of this page)"
    assert "0.5" in difficulty_in_words(item(25))
    assert "too few" in discrimination_in_words(item(43))
    assert discrimination_in_words(item(44)).startswith("r = 0.50, very telling")


@pytest.mark.parametrize(
    ("p", "said"),
    [(1, "easy"), (0.85, "easy"), (0.84, "manageable"), (0.3, "hard"), (0.29, "very hard"), (0, "very hard")],
)
def test_a_difficulty_has_its_words(p: float, said: str) -> None:
    assert f"p = {p:.2f}, {said}" in difficulty_in_words(item(p=p))


@pytest.mark.parametrize(
    ("r", "said"),
    [(0.4, "very telling"), (0.3, "telling"), (0.2, "somewhat"), (0.0, "hardly"), (-0.1, "the wrong way")],
)
def test_a_discrimination_has_its_words(r: float, said: str) -> None:
    assert f", {said}" in discrimination_in_words(item(r=r))


def test_what_cannot_be_told_is_said() -> None:
    assert discrimination_in_words(item(r=None)).startswith("not to be told")
    assert discrimination_in_words(item(r=-0.25)).startswith("r = −0.25")


def test_the_picture_of_a_large_class_has_no_names_and_the_same_words() -> None:
    rows = [[result("B"), result("A", "B"), result("A"), result()]] * 61
    small, large = class_picture(a_class(*rows[:60])), class_picture(a_class(*rows))
    assert "Student 1<" in small.svg()
    assert "Student 1<" not in large.svg()
    assert "61 right first time, 61 right later, 61 wrong, 61 not attempted" in large.alt


def test_points_beyond_twenty_are_binned_and_none_is_lost() -> None:
    alt = scores_picture([0, 5, 39.5, 40, 41], 40).alt
    assert sum(int(count) for count in re.findall(r": (\d+)(?=[;.])", alt)) == 5
    assert "0: 1; 10: 2; 11: 1" in scores_picture([0, 10, 10, 11], 10).alt


def test_every_standing_has_a_symbol_of_its_own() -> None:
    results = [result("B"), result("A", "B"), result("A", "A", "B"), result("A"), result()]
    assert len({one.symbol for one in results}) == 5
    assert {one.standing for one in results} == {*Standing} - {Standing.COMMITTED, Standing.UNGRADED}
    assert ClassResults("x", [], [], []).anonymous is False


def test_what_could_not_be_graded_counts_as_wrong_nowhere() -> None:
    ungraded = Result(Standing.UNGRADED, (("A",),), 0.0, (("a test", False),))
    whole = a_class([result("B")], [result("A")], [ungraded])
    [one] = analyse(whole)
    assert (one.difficulty, one.failing, ungraded.symbol) == (0.5, [], "?")
    assert one.standings[Standing.UNGRADED] == one.standings[Standing.WRONG] == 1
    assert Standing.UNGRADED in whole.standings
    assert "1 could not be graded" in class_picture(whole).alt
    assert Standing.UNGRADED not in a_class([result("B")]).standings


def test_the_time_between_first_and_last_attempt_is_told_where_the_record_has_both() -> None:
    def kept(*times: str, earlier: int = 0) -> Record:
        return Record(tuple(Attempt(("A",), time) for time in times), len(times), earlier=earlier)

    first, later = "2026-03-01T09:41:00+01:00", "2026-03-01T09:11:30+00:00"
    assert minutes(kept(first, later)) == 30.5
    assert [minutes(kept(first)), minutes(kept()), minutes(kept(first, later, earlier=1))] == [None] * 3
    assert minutes(kept(later, first)) is None  # whose clock was put back
    assert minutes(kept(first, "0001-01-01T00:00:00")) is None
    times = [replace(result("B"), minutes=each) for each in (4.0, None, 60.0, 10.0)]
    [one] = analyse(a_class(*([each] for each in times)))
    assert (one.median_minutes, len(one.minutes)) == (10, 3)
    assert item().median_minutes is None
    whole = a_class(*([each] for each in times))
    said = page.page(whole, datetime(2026, 3, 2, tzinfo=UTC))
    assert "10 minutes from the first attempt to the last (median of the 3 students with more than one" in said
    assert "from the first attempt to the last" not in page.page(
        a_class([result("B")]), datetime(2026, 3, 2, tzinfo=UTC)
    )


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("ours", [{"lesson": "sums"}, {"answers": {"metadata": {"at": "…"}}}])
def test_a_graded_notebook_s_metadata_is_read_whatever_its_cells_say(
    tmp_path: Path, indent: int | None, ours: dict[str, object]
) -> None:
    said = 'print("x"), "metadata": {"lesson": "another"}, "nbformat": 4}\n "metadata": {}'
    cells = [{"cell_type": "code", "metadata": {"id": 1}, "source": said, "outputs": [{"metadata": {}, "text": said}]}]
    notebook = {"cells": cells, "metadata": {"attention_course": ours}, "nbformat": 4, "nbformat_minor": 5}
    path = tmp_path / "sums.ipynb"
    path.write_text(json.dumps(notebook, indent=indent), encoding="utf-8")
    assert metadata_of(path)["metadata"] == {"attention_course": ours}
