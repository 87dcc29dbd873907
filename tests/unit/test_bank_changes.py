"""Items of the bank, and the rule of credit, that are changed after students have answered."""

import copy
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from made_bank import made_items
from wrong_key import ATTEMPTS, question, records, source

from attention_course.answers import record
from attention_course.answers.drawn import Drawn
from attention_course.answers.record import Record
from attention_course.bank import draw
from attention_course.exercises import seal
from attention_course.exercises.credit import Credit
from attention_course.instructor.changes.compare import changes, of_credit
from attention_course.instructor.changes.costs import HandedIn, costs
from attention_course.instructor.changes.read_work import Score
from attention_course.instructor.changes.story import story
from attention_course.instructor.grading.changed import CHANGED, Changed, of_lesson
from attention_course.instructor.grading.collect_answers import CollectAnswers
from attention_course.instructor.grading.known_cells import KEPT, KnownCell, KnownCells
from attention_course.instructor.grading.settle_scores import SETTLED, SettleScores
from attention_course.instructor.release.embed_package import ITEMS, setup_cell
from attention_course.instructor.settling import bank_items, former
from attention_course.instructor.settling.asked import Asked, asked_in, credit_said
from attention_course.instructor.settling.settle import PROMISE_KEPT, PROMISED, TOLD, settle
from attention_course.instructor.templates import TEMPLATES
from attention_course.instructor.templates.template import Template
from attention_course.page.static_html import FACTS_MIME

SETUP = 'lesson = Lesson("test")\nsitting = Sitting(lesson)\n'
ASKING = 'answer = sitting.ask("masks")\n### BEGIN HIDDEN TESTS\nanswer.points(1)\n### END HIDDEN TESTS'
SEED = next(seed for seed in range(3) if draw.difficulty("masks", seed, 0) == "easy")
ITEM = "masks-easy-2"
ITEM_AT = [item["id"] for item in made_items()].index(ITEM)
NOW = datetime(2026, 3, 2, 9)


def bank(key: str = "3", **sealed: Any) -> list[dict[str, Any]]:
    """Return the items, with this key for the one item; "3" is the right one."""
    items = copy.deepcopy(made_items())
    item = next(item for item in items if item["id"] == ITEM)
    hidden = seal.unseal(item["sealed"], ITEM)
    item["sealed"] = seal.seal({**hidden, "key": key, **sealed})
    return items


def asked(items: list[dict[str, Any]]) -> dict[str, Asked]:
    return asked_in(map(bank_items.as_cell, items))


def answer(pick: str, item: str = ITEM, seed: int = SEED) -> Record:
    """Return the record of a student who was asked the item, and typed this."""
    return Record(drawn=Drawn(seed, 0, item)).with_attempt((pick,), NOW, sure="think")


def notebook(items: list[dict[str, Any]], pick: str, **about: Any) -> Any:
    """Return what a student of a release with these items handed in."""
    setup = setup_cell({"attention_course/bootstrap.py": "", ITEMS: json.dumps(items)}) + SETUP
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in (setup, ASKING)])
    record.write(nb, "test", {"masks": answer(pick, **about)})
    return nb


def test_the_items_of_a_release_are_compared_one_by_one() -> None:
    assert changes(asked(bank()), asked(bank())) == []
    said = [change.said for change in changes(asked(bank("4")), asked(bank()))]
    assert said == ["masks-easy-2: its key changed."]
    (reasons,) = changes(asked(bank()), asked(bank(why_not={"7": "Seven."})))
    assert reasons.said == "masks-easy-2: the reasons against its wrong answers changed."
    assert [change.said for change in changes(asked(bank()[1:]), asked(bank()))] == [f"{bank()[0]['id']}: new."]


def test_a_notebook_brings_its_items_along_and_a_broken_one_none() -> None:
    sources = [cell.source for cell in notebook(bank("4"), "4").cells]
    assert bank_items.brought_along(sources)[ITEM].mark == asked(bank("4"))[ITEM].mark
    assert bank_items.brought_along([sources[0].replace("Sitting(", "")]) == {}
    assert bank_items.marks_in(sources, [ITEM]) == {ITEM: asked(bank("4"))[ITEM].mark}
    for broken in ("", "!!!", "eyJh", "a" * 100_000):
        assert bank_items.marks_in([f'files = unpacked("{broken}")\nSitting('], [ITEM]) == {}


def sat(picks: dict[str, str], items: list[dict[str, Any]]) -> list[HandedIn]:
    mark = asked(items)[ITEM].mark
    made = {student: {ITEM: answer(pick)} for student, pick in picks.items()}
    return [HandedIn(student, one, one, {ITEM: mark}, {ITEM: "masks"}) for student, one in made.items()]


def test_whom_a_new_key_of_an_item_costs_and_who_keeps_what_was_told() -> None:
    old, new, work = asked(bank("4")), asked(bank()), sat({"kim": "4", "lee": "3", "moe": "5"}, bank("4"))
    (cost,) = costs(old, new, work)
    assert cost.said == (
        "masks-easy-2: 1 of 3 submissions holds an answer that was right and now is wrong; told so, they keep the "
        "points for it."
    )
    scores = {("kim", "masks"): Score((1.0, None)), ("lee", "masks"): Score((0.0, None))}
    told = story(new, former.Former({ITEM: [old[ITEM]]}), Credit(), work, scores, {}, {ITEM})
    assert told.lines() == [
        "1 score would change:",
        "  lee, masks-easy-2: 0 → 1 (the new key)",
        "  masks-easy-2: told that it is right, and kept: kim",
    ]


def known(setup: str = SETUP) -> KnownCells:
    about = {"grade": True, "grade_id": "masks", "locked": True, "points": 1.0, "solution": False}
    return KnownCells(
        setup=KnownCell("code", setup, True, {"grade": False, "grade_id": "setup"}),
        masks=KnownCell("code", ASKING, True, about),
    )


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Grades a notebook where the key of the one item was 4, and is 3; returns the score and what was noted."""
    monkeypatch.setattr(bank_items, "installed", lambda: asked(bank()))
    former.add(tmp_path, "test", {ITEM: bank_items.as_cell(bank("4")[ITEM_AT])}, "2026-03-01T00:00:00+00:00")

    def grade(nb: Any, score: str, looked_at: Changed | None = None) -> tuple[float, str]:
        resources: dict[str, Any] = {"nbgrader": {"notebook": "test", "assignment": "test", "student": "kim"}}
        resources["nbgrader"] |= {KEPT: known(), CHANGED: looked_at or of_lesson(known(), tmp_path, "test")}
        nb, _ = CollectAnswers()(nb, resources)
        result = nbformat.v4.new_output("execute_result", data={"text/plain": score}, execution_count=1)
        metadata = {"nbgrader": dict(known()["masks"].metadata)}
        nb.cells = [nbformat.v4.new_code_cell(ASKING, metadata=metadata, outputs=[result])]
        nb, _ = SettleScores()(nb, resources)
        noted = nb.metadata[record.METADATA_KEY].get(SETTLED, {}).get("masks", {})
        return float(nb.cells[0].outputs[-1].data["text/plain"]), noted.get("cause", "")

    return grade


def test_who_was_told_right_by_an_items_old_key_keeps_the_point(settled: Any) -> None:
    assert settled(notebook(bank("4"), "4"), "0") == (1, TOLD)
    assert settled(notebook(bank("4"), "3"), "1") == (1, "")
    assert settled(notebook(bank("4"), "5"), "0") == (0, "")
    assert settled(notebook(bank(), "4"), "0") == (0, "")  # this notebook told them that it is wrong


def test_an_item_that_no_sitting_draws_here_gives_nothing(settled: Any) -> None:
    other = next(seed for seed in range(3) if draw.difficulty("masks", seed, 0) != "easy")
    assert settled(notebook(bank("4"), "4", seed=other), "0") == (0, "")
    assert settled(notebook(bank("9"), "9"), "0") == (0, "")  # a key of the student's own


def test_the_items_of_the_release_are_former_ones_before_anything_is_released_anew(
    settled: Any, tmp_path: Path
) -> None:
    held = tmp_path / "test.ipynb"
    nbformat.write(notebook(bank("7"), "7"), held)
    looked_at = of_lesson(known(), None, "test", held)
    assert settled(notebook(bank("7"), "7"), "0", looked_at) == (1, TOLD)


def test_an_item_that_is_gone_is_what_was_told(settled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    without = [item for item in bank() if item["id"] != ITEM]
    monkeypatch.setattr(bank_items, "installed", lambda: asked(without))
    assert settled(notebook(bank("4"), "4"), "0") == (1, TOLD)
    assert settled(notebook(bank("4"), "3"), "0") == (0, "")


def test_a_set_of_a_template_is_settled_and_never_with_nothing() -> None:
    one = TEMPLATES[0]
    given = Template(one.name, one.difficulty, one.ask, one.sets, {2: {"full": "Its table was cut off."}})
    assert "settled" not in given.item(1)["arguments"]
    assert asked([given.item(2)])[f"{one.name}-2"].question.settled.kind == "full"  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="others are asked other items"):
        Template(one.name, one.difficulty, one.ask, one.sets, {2: {"nothing": "Its table was cut off."}})


# ---- what answers are worth

OLD, NEW = Credit((1, 0.75, 0.5)), Credit((1, 0.5, 0))


def test_a_changed_rule_of_credit_is_said_and_whom_it_costs() -> None:
    (change,) = of_credit(OLD, NEW)
    assert change.said == (
        "What answers are worth: it was “An answer gives 100% at attempt 1, 75% at attempt 2, 50% at attempt 3.”, and "
        "is “An answer gives 100% at attempt 1, 50% at attempt 2, 0% at attempt 3.”"
    )
    assert of_credit(OLD, OLD) == []
    version = asked_in([source("B")])
    work = [HandedIn(student, one, one) for student, one in ((s, {"purpose": records(a)}) for s, a in ATTEMPTS.items())]
    (cost,) = costs(version, version, work, (OLD, NEW))
    assert cost.students == ("kim", "pat")
    assert cost.said.startswith("the lesson: by what answers are worth now, 2 of 6 submissions give less; told so")
    assert costs(version, version, work, (NEW, OLD)) == []


def test_what_a_notebook_promised_for_an_attempt_is_kept() -> None:
    outcome = settle(question("B"), None, records("CB"), NEW, 0.5, OLD)
    assert (outcome.share, outcome.cause, outcome.said) == (0.75, PROMISED, (PROMISE_KEPT,))
    assert settle(question("B"), None, records("CB"), OLD, 0.75, NEW).share == 0.75  # more than promised
    assert settle(question("B"), None, records("CC"), NEW, 0.0, OLD).share == 0  # never right
    strict = question("B", settled={"key": "It was announced in class."})
    assert settle(strict, None, records("CB"), NEW, 0.5, OLD).share == 0.5
    assert settle(question("C"), question("B"), records("CB"), NEW, 0.0, OLD).share == 0.75  # the key was another, too


def test_extra_attempts_count_like_earlier_ones_where_a_question_is_settled() -> None:
    four = replace(records("CACB"), extra="1-AAAAA-AAAAA-AAA")
    assert settle(question("C"), question("B"), four, OLD, 0.0).share == 0.5  # the fourth of three like the third
    assert settle(question("C"), question("B"), replace(four, extra=""), OLD, 0.0).share == 0


def test_a_former_rule_is_noted_and_a_notebooks_own_rule_is_not_believed(tmp_path: Path) -> None:
    former.add(tmp_path, "practice", {}, "2026-03-01T00:00:00+00:00", OLD)
    found = former.read(tmp_path, "practice")
    assert found.rules == [OLD]
    assert found.promised(OLD, NEW) == OLD
    assert found.promised(NEW, NEW) is None
    assert found.promised(Credit(), NEW) == OLD  # what the student wrote there
    assert found.promised(None, NEW) == OLD


def test_the_rule_of_credit_is_read_beside_what_is_packed() -> None:
    setup = setup_cell({"attention_course/bootstrap.py": "x" * 5000}) + 'lesson = Lesson("practice", credit=[1, 0.5])'
    assert credit_said([setup]) == Credit((1, 0.5))
    assert credit_said(["Lesson(" * 100_000]) is None
    assert credit_said(["x = 1"]) is None


def test_a_changed_rule_is_settled_at_grading(tmp_path: Path) -> None:
    """The case credit-lowered: 75 % were promised for a second attempt, and it is 50 % by now."""
    former.add(tmp_path, "practice", {}, "2026-03-01T00:00:00+00:00", OLD)
    about = {"grade": True, "grade_id": "purpose", "locked": True, "points": 1.0, "solution": False}
    lesson = 'lesson = Lesson("practice", credit=[1, {}])'
    cells = KnownCells(
        setup=KnownCell("code", lesson.format("0.5, 0"), True, {"grade": False, "grade_id": "setup"}),
        purpose=KnownCell("code", source("B"), True, about),
    )
    for said, expected in (("0.75, 0.5", 0.75), ("0.5, 0", 0.5), ("1, 1", 0.75)):
        resources: dict[str, Any] = {"nbgrader": {"notebook": "practice", "assignment": "practice", "student": "kim"}}
        resources["nbgrader"] |= {KEPT: cells, CHANGED: of_lesson(cells, tmp_path, "practice")}
        nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(lesson.format(said))])
        record.write(nb, "practice", {"purpose": records("CB")})
        nb, _ = CollectAnswers()(nb, resources)
        facts = nbformat.v4.new_output("display_data", data={FACTS_MIME: {"outcome": "right", "share": 0.5}})
        result = nbformat.v4.new_output("execute_result", data={"text/plain": "0.5"}, execution_count=1)
        metadata = {"nbgrader": dict(about)}
        nb.cells = [nbformat.v4.new_code_cell(source("B"), metadata=metadata, outputs=[facts, result])]
        nb, _ = SettleScores()(nb, resources)
        assert float(nb.cells[0].outputs[-1].data["text/plain"]) == expected
