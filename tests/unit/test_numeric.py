"""Numeric: numbers as people type them, judged within a tolerance."""

import re

import pytest

from attention_course import Numeric
from attention_course.answers.answer import Answer
from attention_course.errors import PicksError, QuestionError
from attention_course.exercises.credit import rule
from attention_course.exercises.number_text import number, rounds_to
from attention_course.exercises.seal import seal
from attention_course.page import static_html, verdicts

TWO = {
    "prompt": "How large?",
    "labels": ["largest `w`", "cache"],
    "unit": ["", {"bytes": 1, "KiB": 1024}],
    "tolerance": 0.01,
    "key": ["0.73", 2048],
    "why_not": [{0.86: "That is **without** the scale."}, {"2 bytes": "Those are KiB."}],
    "solution": "Softmax.",
}


def two(**changes):
    return Numeric("two", "easy", number=1, **{**TWO, **changes})


def one(**changes):
    return Numeric("one", "easy", **{"prompt": "How much?", "key": 3, "solution": "It is.", **changes})


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.73", 0.73),
        ("0,73", 0.73),
        (" 7 ", 7),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5),
        ("-3", -3),
        ("− 3", -3),
        ("+4", 4),
        ("1/3", 1 / 3),
        ("-1/2", -0.5),
        ("1 / 8", 0.125),
        ("1⁄4", 0.25),
        ("2e-5", 2e-5),
        ("2E+3", 2000),
        ("2,5e3", 2500),
        ("2·10^-5", 2e-5),
        ("2 × 10⁻⁵", 2e-5),
        ("2*10**3", 2000),
        ("√64", 8),
        ("√ 64", 8),
        ("√(64)", 8),
        ("sqrt(64)", 8),
        ("-√4", -2),
        ("1/√4", 0.5),
        ("√2/2", 2**0.5 / 2),
        ("1 000", 1000),
        ("1\u202f000\u00a0000", 1_000_000),
        ("1_000", 1000),
        ("1 000,5", 1000.5),
        ("0,773", 0.773),
        ("1,0000", 1),
        ("12345", 12345),
    ],
)
def test_what_people_type_for_a_number_is_understood(typed, value):
    assert number(typed) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "typed",
    [
        *("abc", "", "one", "1..2", "0.7.3", "1 00", "--3", "3-", "1/0", "1/", "/2", "√-4", "√", "1e999", "nan", "inf"),
        *("∞", "½", "1/2/3", "0x10", "1e", "e5", "(3", "3)", "ln 16", "2+2", "__import__('os')", "1j", "2√3", "3 4"),
    ],
)
def test_what_is_no_number_is_no_attempt(typed):
    answer = Answer(one())
    with pytest.raises(PicksError, match=r"is no number: write it as 0\.73|Write a number, then check|not understood"):
        answer.check([typed])
    assert answer.picks is None


@pytest.mark.parametrize(("typed", "two_ways"), [("1,000", "1000 or 1.000"), ("-12,345", "12345 or 12.345")])
def test_a_comma_that_may_part_thousands_is_asked_about(typed, two_ways):
    with pytest.raises(PicksError, match=re.escape(f"can be read in two ways: write {two_ways}.")):
        one().check_picks([typed])


@pytest.mark.parametrize(
    ("picks", "sentence"),
    [
        (None, "is a list of texts"),
        ("0.73", "is a list of texts"),
        ([0.73, 1], "is a list of texts"),
        (["0.73"], "has 2 part(s), this one has 1"),
        (["0.73", "1", "2"], "has 2 part(s), this one has 3"),
        (["", "1"], "Write a number for largest w, then check."),
        (["1", "  "], "Write a number for cache, then check."),
        (["1" * 61, "1"], "is too long: 60 characters are enough"),
        (["0.73 m", "1"], "'m' is not understood here: write the number without a unit."),
        (["0.73", "1 %"], "'%' is not understood here: write the number in bytes or KiB."),
        (["0.73", "3 MB"], "'MB' is not understood here: write the number in bytes or KiB."),
    ],
)
def test_every_wrong_form_of_an_answer_is_refused_with_a_sentence(picks, sentence):
    answer = Answer(two())
    with pytest.raises(PicksError, match=re.escape(sentence)):
        answer.check(picks)
    assert answer.record.attempts == ()


def test_an_answer_is_kept_as_it_was_typed():
    answer = Answer(two())
    answer.check([" 0,73", "2 kib "])
    assert answer.picks == (" 0,73", "2 kib ")
    assert answer.question.is_right(answer.picks)


def test_units_are_read_where_a_field_has_them_and_a_percent_where_it_has_none():
    question = two()
    assert question.value_of(0, "73 %") == pytest.approx(0.73)
    assert question.value_of(1, "2 KiB") == question.value_of(1, "2048 bytes") == question.value_of(1, "2048") == 2048
    percent = one(unit="%", key=73)
    assert percent.value_of(0, "73 %") == percent.value_of(0, "73") == 73
    bits = one(unit={"B": 1, "b": 0.125})
    assert bits.value_of(0, "8 b") == 1, "a bit is no byte"


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (one(tolerance=0.5), ["2.5", "3.5", "3"], ["2.49", "3.51", "-3"]),
        (one(relative=0.01), ["2.97", "3.03"], ["2.96", "3.04"]),
        (one(key=-200, relative=0.1), ["-180", "-220"], ["200", "-179"]),
        (one(), ["3", "3.0", "6/2", "√9", "3e0"], ["3.0001", "2.9999"]),
        (one(key=0), ["0", "-0", "0,0"], ["0.0001"]),
        (one(key="1/3"), ["1/3", "2/6"], ["0.333"]),
        (one(key=0.3, tolerance=0.1), ["0.2", "0.4"], ["0.19"]),
    ],
)
def test_a_number_is_right_within_the_tolerance(question, right, wrong):
    assert [typed for typed in [*right, *wrong] if question.is_right([typed])] == right


def test_a_known_wrong_number_is_told_why_and_another_one_is_not():
    known, other = two().why_wrong(["0,86", "2"])
    assert (known.part, known.text, known.why) == (1, "0,86", "That is **without** the scale.")
    assert (other.part, other.why) == (2, "Those are KiB.")
    page = verdicts.reasons_html(two(), two().why_wrong(["0.855", "7"]))
    assert "largest w, <code>0.855</code>: That is <strong>without</strong> the scale." in page
    assert "cache, <code>7</code>: this is not the number." in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": ["0.73"]}, "the key needs one number for each of 2 field(s)"),
        ({"key": ["0.73", "many"]}, "the key 'many' cannot be used: 'many' is no number"),
        ({"key": ["0.73", None]}, "the key None is no text"),
        ({"key": ["0.73", True]}, "the key True is no text"),
        ({"key": ["0.73", "1,000"]}, "can be read in two ways"),
        ({"labels": ["a", " "]}, "labels is a list of texts"),
        ({"labels": "ab"}, "labels is a list of texts"),
        ({"labels": ["a", "a"]}, "two labels are the same"),
        ({"unit": ["m"]}, "unit has one entry for each label"),
        ({"unit": ["", {"KiB": 1024}]}, "the first of which is 1"),
        ({"unit": ["", {"KiB": "1"}]}, "a unit is a text, or a dict"),
        ({"unit": [3, ""]}, "a unit is a text, or a dict"),
        ({"tolerance": 0}, "tolerance is a number above 0"),
        ({"tolerance": "0.1"}, "tolerance is a number above 0"),
        ({"tolerance": None, "relative": -1}, "relative is a number above 0"),
        ({"relative": 0.1}, "give tolerance or relative, not both"),
        ({"why_not": [{"0.735": "No."}, {}]}, "why_not gives a reason against the key: '0.735' counts as the same"),
        ({"why_not": [{"x": "No."}, {}]}, "in why_not 'x' cannot be used"),
        ({"why_not": [{}]}, "why_not says in a dict"),
        ({"why_not": [{0.5: ""}, {}]}, "why_not says in a dict"),
        ({"solution": ["x"]}, "a solution is a text"),
        ({"computes": ["a", "b"]}, "computes says what a program computes: add program= or code="),
        ({"computes": ["a"], "program": "a = 1"}, "computes has a name for each of 2 field(s)"),
        ({"program": "a = = 1"}, "the program does not parse"),
        ({"code": "("}, "the code does not parse"),
        ({"key": None}, "needs a key"),
        ({"key": None, "why_not": None, "solution": None, "program": "a = 1"}, "needs a key"),
        ({"options": ["a"]}, "there is no argument 'options'"),
    ],
)
def test_a_badly_written_question_is_refused_with_a_sentence_that_names_it(changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)) as caught:
        two(**changes)
    assert str(caught.value).startswith("Question 'two': ")


def test_what_may_be_typed_and_how_exact_it_has_to_be_is_said():
    said = "Understood: 0.73 or 0,73, 1/3, 2e-5, √64, 1 000"
    assert one().help() == f"{said}, 73 %."
    assert one(unit="m", relative=0.05).help() == f"{said}. Right is what differs by 5 % at most."
    assert two().help() == (
        f"{said}. You may write the unit, too: bytes or KiB. Right is what differs by 0.01 at most."
    )
    fields = two().view()["fields"]
    assert [(field["label_html"], field["unit"]) for field in fields] == [
        ("largest <code>w</code>", ""),
        ("cache", "bytes"),
    ]


def test_a_sealed_or_missing_key_is_no_part_of_what_the_page_is_told():
    hidden = {name: TWO[name] for name in ("key", "why_not", "solution")}
    shown = {name: value for name, value in TWO.items() if name not in hidden}
    released = Numeric(
        "two", "easy", number=1, sealed=seal(hidden | {"program": "a = 0.7311", "computes": ["a", "a"]}), **shown
    )
    assert released.is_right(["0.73", "2048"])
    assert "0.73," not in str(released.view()).replace(released.help(), "")
    held_back = Numeric("two", "easy", number=1, **shown)
    assert not held_back.judged
    answer = Answer(held_back)
    answer.check(["0.73", "5"])
    assert answer.outcome.value == "recorded"
    with pytest.raises(QuestionError, match="the key is held back"):
        held_back.why_wrong(["1", "2"])


@pytest.mark.parametrize(
    ("value", "written", "fits"),
    [
        (0.7311, "0.73", True),
        (0.7311, "0.74", False),
        (0.7311, "0,731", True),
        (2.7726, "2.77", True),
        (2.7726, "2.78", False),
        (2e-5, "2e-5", True),
        (2.4e-5, "2e-5", True),
        (2.6e-5, "2e-5", False),
        (2048, "2048", True),
        (2048.3, "2048", False),
        (1 / 3, "1/3", True),
        (0.3334, "1/3", False),
        (8.0, "√64", True),
    ],
)
def test_a_printed_number_is_what_its_program_computes_rounded(value, written, fits):
    assert rounds_to(value, written) is fits


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"program": "a = 0.7311\nb = 2048"}, ""),
        ({"program": "a = 0.7311\nb = 2"}, "its key says '2048', but its program computes 2 as 'b': mend one of them."),
        ({"program": "a = 0.7311"}, "the program that proves its key defines no number 'b': mend computes=."),
        ({"program": "a = 'x'\nb = 1"}, "the program that proves its key defines no number 'a': mend computes=."),
        (
            {"program": "a = 1 / 0"},
            "the program that proves its key raises ZeroDivisionError: division by zero: mend it.",
        ),
        ({"code": "a = 0.7311\nb = 2048"}, ""),
        (
            {"code": "a = 0.75\nb = 2048"},
            "its key says '0.73', but its program computes 0.75 as 'a': mend one of them.",
        ),
        ({"program": "a = 0.7311\nb = 2048", "key": ["0.73", "2 KiB"]}, ""),
        (
            {"program": "a = 0.7349\nb = 2048", "tolerance": 0.001},
            "its tolerance refuses the exact number 0.7349: widen it, or write more digits.",
        ),
    ],
)
def test_the_check_says_where_the_key_is_not_what_the_program_computes(changes, sentence):
    assert two(computes=["a", "b"], **changes).contradiction() == sentence


def test_without_names_to_compute_nothing_contradicts_the_key():
    assert two().contradiction() == ""


def test_samples_are_the_key_and_wrong_answers_and_all_can_be_given():
    question = two()
    key, *wrong = question.samples()
    assert list(key) == question.key == ["0.73", "2048"]
    assert all(question.check_picks(list(picks)) and not question.is_right(picks) for picks in wrong)
    assert len(wrong) >= 6
    assert question.every_answer() is None


def test_a_field_without_a_known_wrong_number_is_named_to_the_author():
    assert list(two(why_not=[{}, {1: "No."}]).unexplained()) == ["a usual wrong number for largest w is wrong"]
    assert list(one().unexplained()) == ["a usual wrong number is wrong"]


def test_a_report_counts_the_same_number_once_however_it_is_written():
    question = two()
    assert question.gathered(["0,73", "2 KiB"]) == question.gathered(["73 %", "2048"]) == ("0.73", "2048")


def test_each_right_number_gives_its_share_where_the_lesson_says_so():
    credit = rule(partial=True)
    assert credit.share(two(), ["0.73", "7"], 1) == 0.5
    assert "each right number counts" in credit.promise(two(), 1)


def test_the_static_page_shows_what_was_typed_with_its_unit_and_nothing_unsafe():
    answer = Answer(two(code="x = 1", draw="[[1.0]]"))
    answer.check(["0,86", "2048"])
    page = static_html.answered(answer)
    assert "largest <code>w</code>: <code>0,86</code>; cache: <code>2048 bytes</code>" in page
    assert "✗ Not right" in page
    assert "x</span>" in page
    assert two().picked_text(["0,86", "2 KiB"]) == "largest w: 0,86; cache: 2 KiB"
    assert one().picked_text([" 3"]) == "3"


def test_the_worked_solution_has_the_picture_of_what_the_program_computes_and_the_numbers():
    question = two(program="w = [[0.25, 0.75]]", draw="w")
    answer = Answer(question)
    answer.check(["0.73", "2048"])
    page = verdicts.LIVE.solution(answer)
    assert page.count("<svg") == 1
    assert "<strong>Answer</strong> largest <code>w</code>: <code>0.73</code>; cache: <code>2048 bytes</code>" in page
    assert verdicts.LIVE.last_result(answer) == ""


def test_what_is_asked_for_is_listed_with_its_unit():
    assert two().listed() == ["largest `w`", "cache (bytes)"]
    assert one(unit="m").listed() == ["A number (m)"]
