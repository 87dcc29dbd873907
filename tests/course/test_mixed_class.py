"""The class of the benchmarks: its notebooks hold what students of it are graded by, and what is faulty is so."""

import json
import sys
from pathlib import Path

import classroom
from classroom import LESSON, RIGHT

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from mixed_class import FAULTS, MixedClass, cut_off

from attention_course.answers import record


def last_picks(text: str) -> dict[str, list[str]]:
    records, problems = record.read(json.loads(text), LESSON)
    assert not problems
    return {name: list(kept.attempts[-1].picks) for name, kept in records.items()}


def test_a_student_is_told_by_the_number_and_students_differ(course: Path) -> None:
    made, again = (MixedClass(course, LESSON) for _ in range(2))
    texts = [made.notebook(number) for number in range(6)]
    assert texts == [again.notebook(number) for number in range(6)]
    answers = [last_picks(text) for text in texts]
    assert all(answers)
    assert all(picks[name] in classroom.FILLINGS[name] for picks in answers for name in picks)
    right = [sum(picks.get(name) == key for name, key in RIGHT.items()) for picks in answers]
    assert len(set(right)) > 1, right


def test_one_in_twenty_is_faulty_in_all_ways_in_turn_and_graded_as_it_must_be(course: Path) -> None:
    made = MixedClass(course, LESSON)
    faulty = {fault.__name__: 7 + 20 * number for number, fault in enumerate(FAULTS)}
    for name, number in {"honest": 0, **faulty}.items():
        folder = course / "submitted" / name / LESSON
        folder.mkdir(parents=True)
        (folder / f"{LESSON}.ipynb").write_text(made.notebook(number), encoding="utf-8")
    said = classroom.grade(course, exits=1)
    assert f"{len(FAULTS)} graded, 1 failed" in said  # the honest one among those
    assert f"{cut_off.__name__}: not graded: {LESSON}.ipynb: The file handed in is not a notebook" in said
    scores = classroom.scores(course)
    picks = last_picks(made.notebook(0))
    assert scores["honest"] == {name: int(picks.get(name) == key) for name, key in RIGHT.items()}
    assert scores["without_answers"] == classroom.NOTHING
