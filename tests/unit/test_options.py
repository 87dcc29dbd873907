"""Options have identities: an answer is kept by what it meant, whatever its text, letter and place become."""

import json
from pathlib import Path
from typing import Any

import classroom
import pytest
from classroom import LESSON, NOTEBOOK

from attention_course import Blanks, Choice
from attention_course.answers.record import Attempt, Record
from attention_course.errors import QuestionError
from attention_course.exercises.options import Option, meant, written_in
from attention_course.instructor.grading.known_options import KnownOptions
from attention_course.instructor.release.option_ids import made_ids, with_ids

AT = "2026-03-02T09:41:00+00:00"
KNOWN = [Option("root", "64 ** 0.5"), Option("d", "64"), Option("softmax", "softmax")]


def task(**changes: Any) -> Blanks:
    options = {"root": "64 ** 0.5", "d": "64", "one": "1"}
    given = {"prompt": "Scale.", "program": "x = 8 / [1]", "options": options, "key": ["root"], **changes}
    return Blanks("scale", "easy", **given)


def test_an_option_is_picked_by_its_id_and_filled_in_with_its_text() -> None:
    assert task().filled(["root"]) == "x = 8 / 64 ** 0.5"
    assert task().is_right(["root"])
    assert task().picked_text(["root"]) == "64 ** 0.5"
    assert task().run(["d"])["x"] == 0.125


def test_a_mere_list_has_texts_for_ids_in_a_task_and_letters_in_a_choice() -> None:
    assert task(options=["a", "b"], key=["b"]).ids == ["a", "b"]
    assert Choice("c", "easy", prompt="?", options=["a", "b"], key="B").ids == ["A", "B"]


def test_another_answer_beside_the_key_is_right_too() -> None:
    two = task(program="x = [1] / [2]", key=["d", "root"], also=[["one"], []])
    assert two.is_right(["d", "root"])
    assert two.is_right(["one", "root"])
    assert not two.is_right(["d", "one"])
    assert [mistake.part for mistake in two.why_wrong(["one", "d"])] == [2]


@pytest.mark.parametrize("also", ["b", ["b"], [["b"]], [{"b"}]])
def test_one_blank_needs_no_list_around_what_is_accepted_beside_its_key(also: Any) -> None:
    options = {"a": "A cat", "b": "A tomcat", "c": "A dog"}
    question = Choice("pet", "easy", prompt="What purrs?", options=options, key="a", also=also)
    assert [question.is_right([pick]) for pick in "abc"] == [True, True, False]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"also": [["two"]]}, "also names 'two', which is not an option"),
        ({"also": [["root"]]}, "also names the key 'root' once more"),
        ({"also": [["d"], []]}, r"also needs one entry for each of 1 blank\(s\), as the key has"),
        ({"also": [["d"]], "key": None}, "needs a key"),
        ({"also": [["d"]], "why_not": {"d": "Too much."}}, "why_not gives a reason against the key 'd'"),
        ({"options": {"root": "1", "d": "1"}}, "the option '1' is there twice"),
        ({"options": {"root": ""}}, "options is a list of texts, none of them empty"),
    ],
)
def test_what_is_wrong_with_options_or_what_is_accepted_is_said(changes: Any, sentence: str) -> None:
    with pytest.raises(QuestionError, match=sentence):
        task(**changes)


@pytest.mark.parametrize(
    ("pick", "handed_in", "option"),
    [
        ("root", None, "root"),  # an id
        ("64**0.5", ["64**0.5", "64", "softmax"], "root"),  # a text that was mended since
        ("64**0.5", None, "root"),
        ("64", ["64", "64**0.5"], "d"),
        ("A", ["64", "64**0.5"], "d"),  # a letter, in the order of then
        ("B", ["64", "64**0.5"], "root"),
        ("C", ["64", "64**0.5"], None),  # a letter of nothing
        ("B", None, None),
        ("cosine", ["cosine", "64"], None),  # what is offered no longer
        ("A", ["cosine", "64"], None),
        ("old", {"old": "Softmax"}, "softmax"),  # an id that was changed
        ("", ["64"], None),
    ],
)
def test_a_pick_of_an_older_notebook_means_the_option_it_meant_there(
    pick: str, handed_in: Any, option: str | None
) -> None:
    assert meant(pick, handed_in, KNOWN) == option


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ('options=["a", "b"],', ["a", "b"]),
        ("options=['a', 'it\\'s', ]", ["a", "it's"]),
        ('options={\n  "x": "a",\n  "y": "b" "c",\n}', {"x": "a", "y": "bc"}),
        ("options=[f(), 'a']", None),
        ("options=['a'] + more", ["a"]),
        ("options=[" + "[" * 10_000 + "]" * 10_000, None),
        ('options=["a": "b"]', None),
        ("options={'a', 'b'}", None),
        ("no such thing", None),
    ],
)
def test_the_options_of_a_cell_are_read_and_nothing_of_it_is_run(source: str, options: Any) -> None:
    assert written_in(source) == options


def test_what_was_never_offered_is_said_once_and_left_as_it_is() -> None:
    asked = 'lesson.ask(Choice("vowel", "easy", options={"a": "a", "b": "b"}))'
    known = KnownOptions([asked], [asked])
    made = Record((Attempt(("е",), AT), Attempt(("е",), AT), Attempt(("a",), AT)), 3)
    records, said = known.translated({"vowel": made, "other": made})
    assert records == {"vowel": made, "other": made}
    assert said == ["The answer to 'vowel' names 'е', which was never offered: it counts as no answer."]


def test_a_list_of_options_gets_ids_and_nothing_else_of_the_source_changes() -> None:
    source = (
        "ä = lesson.ask(Choice(\n"
        '    "vowel", "easy", options=["the letter b", "the letter a", "ÄÖ"],\n'
        '    ### BEGIN KEY\n    key="B", also=["C"], why_not={"A": "Say it: b."},\n'
        "    ### END KEY\n))\nanswer.points(1)"
    )
    expected = (
        'ä = lesson.ask(Choice(\n    "vowel", "easy", options={"the-letter-b": "the letter b", '
        '"the-letter-a": "the letter a", "äö": "ÄÖ"},\n'
        '    ### BEGIN KEY\n    key="the-letter-a", also=["äö"], why_not={"the-letter-b": "Say it: b."},\n'
        "    ### END KEY\n))\nanswer.points(1)"
    )
    assert with_ids(source) == expected
    assert with_ids(expected) == expected


@pytest.mark.parametrize(
    "source", ["%matplotlib inline", "x = [1]", 'Blanks("a", options=some())', "Blanks(options=[])"]
)
def test_a_cell_without_a_list_of_options_stays_as_it_is(source: str) -> None:
    assert with_ids(source) == source


def test_made_ids_differ_from_each_other() -> None:
    made = made_ids(["Q + K", "Q - K", "∑", "let the model focus on what matters", "x" * 40])
    assert made == ["q-k", "q-k-2", "option", "let-the-model-focus-on", "x" * 24]


def in_source(course: Path, edit: Any) -> None:
    """Edit the source notebook's text, and release it again."""
    path = course / f"source/{NOTEBOOK}"
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    classroom.nbgrader(course, "generate_assignment", LESSON, "--force")


def without_ids(text: str) -> str:
    """Return a source notebook as authors wrote it before options had ids."""
    notebook = json.loads(text)
    cell = classroom.cell(notebook, "purpose")
    source = "".join(cell["source"])
    begin, end = source.index("options={"), source.index("    },\n    hint")
    texts = source[begin:end].replace("options={", "options=[")
    for place, name in enumerate(classroom.CHOICES["purpose"][0]):
        texts = texts.replace(f'"{name}": ', "")
        source = source.replace(f'key="{name}"', f'key="{"ABCD"[place]}"').replace(
            f'"{name}": "', f'"{"ABCD"[place]}": "'
        )
    after = source[source.index("    },\n    hint") + len("    },\n") :]
    cell["source"] = source[: source.index("options=")] + texts + "    ],\n" + after
    return json.dumps(notebook)


def test_answers_count_as_what_they_meant_after_options_changed_places_and_a_typo_was_mended(course: Path) -> None:
    in_source(course, without_ids)
    source = classroom.read(course / f"source/{NOTEBOOK}")
    assert '"let-the-model-focus-on": "let the model focus' in "".join(classroom.cell(source, "purpose")["source"])
    classroom.hand_in(course, "by-letter", classroom.ALL_RIGHT | {"purpose": [["C"]]})
    classroom.hand_in(course, "by-id", classroom.ALL_RIGHT | {"purpose": [["let-the-model-focus-on"]]})
    classroom.hand_in(
        course, "wrong", classroom.ALL_RIGHT | {"purpose": [["A"]], "scaled-weights": [["64", "softmax"]]}
    )

    def changed(text: str) -> str:
        first = '"make-the-input-larger\\": \\"make the input larger\\",'
        third = '"let-the-model-focus-on\\": \\"let the model focus on the parts of the input that matter\\",'
        assert text.count(first) == text.count(third) == 1
        text = text.replace(first, "\0").replace(third, first).replace("\0", third)
        text = text.replace('parts of the input that matter\\",', 'parts of its input that matter\\",')
        return text.replace('\\"64**0.5\\": \\"64**0.5\\"', '\\"64**0.5\\": \\"64 ** 0.5\\"')

    in_source(course, changed)
    said = classroom.grade(course)
    assert "never offered" not in said, said
    graded = classroom.scores(course)
    assert graded["by-letter"] == graded["by-id"] == dict.fromkeys(classroom.RIGHT, 1)
    assert {name for name, points in graded["wrong"].items() if not points} == {"purpose", "scaled-weights"}
    handed_back = classroom.read(course / f"autograded/by-letter/{NOTEBOOK}")
    shown = str(classroom.cell(handed_back, "purpose")["outputs"])
    assert "A: let the model focus on the parts of its input that matter" in shown
