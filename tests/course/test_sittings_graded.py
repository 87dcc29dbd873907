"""The lesson `test` from release to report: each student is asked other items, and the same hidden tests grade them."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import classroom
import pytest

from attention_course.answers import record
from attention_course.answers.record import Record
from attention_course.bank.draw import CONCEPTS, form
from attention_course.bank.items import bank
from attention_course.exercises.question import DIFFICULTIES
from attention_course.exercises.seal import seal
from attention_course.instructor.release.embed_package import ITEMS, setup_cell, unpacked

LESSON = "test"
FILE = f"{LESSON}/{LESSON}.ipynb"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADA, BOB, CAL = 0, 1, 3  # their seeds: other forms; Cal has one of Ada's
WRONG = ("masks", "cost")  # what Bob gets wrong in his first sitting


def answered(concept: str, seed: int, *, right: bool = True, kept: Record | None = None, sitting: int = 0) -> Record:
    """Return a record with one more answer, right or wrong, to what a sitting asks."""
    drawn = bank().drawn(concept, (seed, sitting))
    question = bank().question(concept, drawn)
    wrong = (list(picks) for picks in question.samples() if not question.is_right(picks))
    picks = list(question.key) if right else next(wrong)
    begun = kept.sitting(drawn) if kept else Record(drawn=drawn)
    return begun.with_attempt(tuple(picks), NOW, sure="sure")


def hand_in(course: Path, student: str, records: dict[str, Record]) -> None:
    notebook = classroom.read(course / "release" / FILE)
    record.write(notebook, LESSON, records)
    (course / "submitted" / student / LESSON).mkdir(parents=True)
    (course / "submitted" / student / FILE).write_text(json.dumps(notebook), encoding="utf-8")


def wrong_key(course: Path, name: str) -> None:
    """Have the release bring an item along whose key is what is wrong by now, as if that was mended later."""
    path = course / "release" / FILE
    notebook = classroom.read(path)
    setup = classroom.cell(notebook, "setup")
    source = "".join(setup["source"])
    files = unpacked(source)
    items = json.loads(files[ITEMS])
    item = next(item for item in items if item["id"] == name)
    concept = item["concept"]
    wrong = answered(concept, CAL, right=False).attempts[-1].picks
    item["sealed"] = seal({"key": wrong[0], "solution": "It was wrong."})
    files[ITEMS] = json.dumps(items)
    setup["source"] = setup_cell(files) + source.partition('set_up"](files)\n\n')[2]
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which Ada has answered all in one form, and Bob in another, after which he began a second one."""
    course = classroom.make_course(tmp_path_factory.mktemp("sat") / "course", LESSON)
    classroom.nbgrader(course, "generate_assignment", LESSON)
    hand_in(course, "ada", {concept: answered(concept, ADA) for concept in CONCEPTS})
    bob = {concept: answered(concept, BOB, right=concept not in WRONG) for concept in CONCEPTS}
    bob["lookup"] = answered("lookup", BOB, right=False, kept=bob["lookup"], sitting=1)
    hand_in(course, "bob", bob)
    wrong_key(course, bank().drawn("scores", (CAL, 0)).item)
    hand_in(course, "cal", {concept: answered(concept, CAL, right=concept != "scores") for concept in CONCEPTS})
    hand_in(course, "eve", {"scores": Record(drawn=bank().drawn("scores", (2, 0))).with_attempt(("0",), NOW)})
    for command in (("attention-course", "grade", LESSON), ("attention-course", "report", LESSON)):
        code, said = classroom.COMMANDS.run(course, *command)
        assert code == 0, said
    classroom.nbgrader(course, "generate_feedback", LESSON)
    return course


def test_each_is_graded_by_what_was_asked_of_them(course: Path) -> None:
    scores = classroom.read_points(course, LESSON)
    assert form(ADA, 0) != form(BOB, 0)
    assert scores["ada"] == dict.fromkeys(CONCEPTS, 1)
    assert scores["bob"] == {concept: int(concept not in WRONG) for concept in CONCEPTS}
    assert sum(scores["eve"].values()) == 0


def test_who_was_told_right_by_a_key_that_was_mended_in_the_bank_keeps_the_point(course: Path) -> None:
    assert classroom.read_points(course, LESSON)["cal"] == dict.fromkeys(CONCEPTS, 1)
    page = (course / "feedback" / "cal" / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
    assert "Your notebook said then: attempt 1: ✓ Right." in page
    code, said = classroom.COMMANDS.run(course, "attention-course", "grade", LESSON)
    assert code == 0
    item = bank().drawn("scores", (CAL, 0)).item
    assert f"has changed since the release of test: {item} (its key)" in said


def test_the_release_shows_neither_keys_nor_what_is_asked(course: Path) -> None:
    text = (course / "release" / FILE).read_text(encoding="utf-8")
    setup = "".join(classroom.cell(json.loads(text), "setup")["source"])
    items = json.loads(unpacked(setup)["attention_course/bank/items.json"])
    assert len(items) >= 150
    shown = [cell for cell in json.loads(text)["cells"] if "files = unpacked" not in "".join(cell["source"])]
    said = json.dumps(shown, ensure_ascii=False)
    assert not [item["id"] for item in items if item["arguments"]["prompt"][:40] in said]
    assert "answer.points" not in said
    assert not {"key", "why_not", "solution", "also"} & {name for item in items for name in item["arguments"]}


def test_feedback_shows_the_item_and_how_sure_the_student_was(course: Path) -> None:
    page = (course / "feedback" / "bob" / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
    assert "you said “sure”" in page
    assert "8 of 10 right: this pattern is growing. Ten questions are few" in page
    assert "This pattern is" not in page  # the table by difficulty, which calls it strong or weak
    assert page.count("✗ Not right") >= len(WRONG)


def test_answers_are_looked_at_item_by_item(course: Path) -> None:
    code, said = classroom.COMMANDS.run(course, "attention-course", "answers", LESSON, "masks")
    assert code == 0, said
    items = [bank().drawn("masks", (seed, 0)).item for seed in (ADA, BOB, CAL)]
    assert re.findall(r"^Item (.*)$", said, re.MULTILINE) == sorted(set(items))
    assert "1 without an answer" in said  # eve's


def test_the_report_counts_each_answer_for_its_own_item(course: Path) -> None:
    rows = (course / "reports" / f"{LESSON}.csv").read_text(encoding="utf-8-sig")
    masks = [row["masks result"] for row in csv.DictReader(io.StringIO(rows))]
    assert sorted(masks) == ["not attempted", "right first time", "right first time", "wrong"]
    page = (course / "reports" / f"{LESSON}.html").read_text(encoding="utf-8")
    for seed in (ADA, BOB):
        assert bank().drawn("masks", (seed, 0)).item in page
    assert bank().drawn("lookup", (BOB, 1)).item not in page  # of the sitting that was only begun


def test_the_items_have_a_table_of_their_own_whose_counts_can_be_added_up(course: Path) -> None:
    text = (course / "reports" / f"{LESSON}-items.csv").read_text(encoding="utf-8-sig")
    rows = {row["item"]: row for row in csv.DictReader(io.StringIO(text))}
    row = rows[bank().drawn("masks", (BOB, 0)).item]
    assert (row["concept"], row["asked"], row["right"], row["discrimination"]) == ("masks", "1", "0", "")
    of_masks = [row["difficulty"] for row in rows.values() if row["concept"] == "masks"]
    assert of_masks == sorted(of_masks, key=DIFFICULTIES.index)  # easy, medium, hard
    assert sum(int(row["asked"]) for row in rows.values()) == 31  # three sittings of ten, and Eve's one answer
