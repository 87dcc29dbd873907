"""A key found to be wrong after grading, played with the real nbgrader, up to the feedback page."""

import csv
import html
import json
import re
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import classroom
import pytest
from classroom import LESSON, NOTEBOOK
from wrong_key import ATTEMPTS

IDS = {"A": "larger-input", "B": "fewer-layers", "C": "focus", "D": "shuffle"}
OF_MOE = """
    select base_cell.id, submitted_notebook.id from base_cell, grade_cells, submitted_notebook, submitted_assignment
    where base_cell.name = 'purpose' and grade_cells.id = base_cell.id
    and submitted_notebook.assignment_id = submitted_assignment.id and submitted_assignment.student_id = 'moe'
"""
WRONG = ('key="focus"', 'key="fewer-layers"'), ('"fewer-layers": "Attention is', '"focus": "Attention is')


@dataclass
class Played:
    """The course, and what each command said."""

    course: Path
    graded: dict[str, float]
    by_older_key: str
    story: str
    regraded: str


def edit(course: Path, name: str, *pairs: tuple[str, str], **about: float) -> None:
    """Mend a cell of the source notebook: texts in the place of others, and nbgrader's metadata."""
    path = course / "source" / NOTEBOOK
    notebook = classroom.read(path)
    cell = classroom.cell(notebook, name)
    source = "".join(cell["source"])
    for before, after in pairs:
        assert before in source
        source = source.replace(before, after)
    cell["source"] = source
    cell["metadata"]["nbgrader"].update(about)
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def run(course: Path, *command: str, exits: int = 0) -> str:
    code, said = classroom.COMMANDS.run(course, "attention-course", *command)
    assert code == exits, said
    return said


def purposes(course: Path) -> dict[str, float]:
    return {student: points["purpose"] for student, points in classroom.scores(course).items()}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    course = classroom.make_course(tmp_path_factory.mktemp("regrade") / "course")
    edit(course, "purpose", *WRONG)
    run(course, "release", LESSON)
    for student, letters in ATTEMPTS.items():
        classroom.hand_in(course, student, classroom.ALL_RIGHT | {"purpose": [[IDS[each]] for each in letters]})
    classroom.grade(course)
    graded = purposes(course)
    with sqlite3.connect(course / "gradebook.db") as db:
        cell, notebook = db.execute(OF_MOE).fetchone()
        db.execute("update grade set manual_score = 0.5 where cell_id = ? and notebook_id = ?", (cell, notebook))
        comment = ("Half for C.", cell, notebook)
        db.execute("update comment set manual_comment = ? where cell_id = ? and notebook_id = ?", comment)
    edit(course, "purpose", *((after, before) for before, after in WRONG))
    edit(course, "purpose", ("number=1,", 'number=1, settled={"any": "Our key was wrong."},'))
    by_older_key = run(course, "grade", LESSON)
    before = (course / "gradebook.db").read_bytes(), (course / "release" / NOTEBOOK).read_bytes()
    story = run(course, "regrade", LESSON)
    assert ((course / "gradebook.db").read_bytes(), (course / "release" / NOTEBOOK).read_bytes()) == before
    regraded = run(course, "regrade", LESSON, "--yes")
    classroom.nbgrader(course, "generate_feedback", LESSON, "--force")
    return Played(course, graded, by_older_key, story, regraded)


def test_case_key_fixed_no_release_grading_by_the_older_key_is_said_first(played: Played) -> None:
    assert played.graded == {"kim": 1, "lee": 1, "moe": 0, "nan": 0, "oli": 0, "pat": 1}
    first, *_, last = played.by_older_key.splitlines()
    assert first == (
        "Graded by an older version than the one in source/, which has changed since its release: purpose (its key), "
        "purpose (how it is settled). `attention-course regrade practice` takes the new one."
    )
    assert last == "0 graded, 0 failed, 6 unchanged and skipped."


def test_the_story_is_told_and_nothing_is_written(played: Played) -> None:
    lines = played.story.splitlines()
    assert "  purpose: its key changed from fewer-layers to focus." in lines
    assert lines[lines.index("2 scores would change:") + 1 :] == [
        "  nan, purpose: 0 → 1 (the new key)",
        "  oli, purpose: 0 → 1 (the new key)",
        "  purpose: told that it is right, and kept: lee, pat",
        "Given by hand:",
        "  moe, purpose: 0.5, given by hand, stays; automatically it was 0, and is 1",
        "Nothing was written. To do it: attention-course regrade practice --yes",
    ]


def test_the_regrade_does_what_its_story_said(played: Played) -> None:
    assert purposes(played.course) == {"kim": 1, "lee": 1, "moe": 0.5, "nan": 1, "oli": 1, "pat": 1}
    with (played.course / "reports/practice-changes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["student"], row["before"], row["after"], row["cause"]) for row in csv.DictReader(file)]
    assert rows == [
        ("nan", "0", "1", "the new key"),
        ("oli", "0", "1", "the new key"),
        ("moe", "0.5", "0.5", "given by hand, and kept; automatically it is 1 now"),
    ]
    page = (played.course / "reports/practice-changes.html").read_text(encoding="utf-8")
    assert "1 comment by hand, all kept." in page


def test_the_feedback_says_what_the_notebook_said_then(played: Played) -> None:
    page = (played.course / "feedback/lee" / classroom.PAGE).read_text(encoding="utf-8")
    said = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page[page.index('id="q-purpose"') :])).split())
    assert "Our key was wrong. Any of your attempts counts, not the last one alone." in said
    assert "Your notebook said then: attempt 1: ✓ Right. You were told that it is right, so it counts." in said
    moe = (played.course / "feedback/moe" / classroom.PAGE).read_text(encoding="utf-8")
    assert "Half for C." in moe
    assert "(given by your instructor)" in moe


def own(played: Played, folder: Path) -> Path:
    return Path(shutil.copytree(played.course, folder / "course"))


def test_a_release_that_is_refused_leaves_the_one_before_byte_for_byte(played: Played, tmp_path: Path) -> None:
    """The case points-2, and a release that costs somebody: neither touches what students hold."""
    course = own(played, tmp_path)
    before = (course / "release" / NOTEBOOK).read_bytes(), (course / "gradebook.db").read_bytes()
    edit(course, "why-scale", points=2)
    said = run(course, "release", LESSON, exits=2)
    assert said.count("\n") == 1
    assert "the release before stays as it was. Cell 'why-scale'" in said
    edit(course, "why-scale", points=1)
    edit(course, "purpose", ('        "shuffle": "shuffle the tokens at random",\n', ""))
    edit(course, "purpose", (re.findall(r'"shuffle": "Nothing.*",', source_of(course, "purpose"))[0], ""))
    said = run(course, "release", LESSON, exits=2)
    assert "purpose: 2 of 6 submissions answer an option you no longer offer." in said
    assert "Nothing was written." in said
    assert ((course / "release" / NOTEBOOK).read_bytes(), (course / "gradebook.db").read_bytes()) == before
    assert [path.name for path in (course / "release").iterdir() if path.is_dir()] == [LESSON]
    assert not (course / ".releasing").exists()


def source_of(course: Path, name: str) -> str:
    return "".join(classroom.cell(classroom.read(course / "source" / NOTEBOOK), name)["source"])


def test_case_add_question_after_grading_a_name_and_a_question_that_give_nobody_less(
    played: Played, tmp_path: Path
) -> None:
    course = own(played, tmp_path)
    path = course / "source" / NOTEBOOK
    notebook = classroom.read(path)
    new = json.loads(json.dumps(classroom.cell(notebook, "purpose")).replace("purpose", "purpose-two"))
    new["source"] = "".join(new["source"]).replace('settled={"any": "Our key was wrong."}', "")
    new["source"] = new["source"].replace("number=1, ,", "number=6,")
    notebook["cells"].append(new)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    released = (course / "release" / NOTEBOOK).read_bytes()
    assert "purpose-two: it is new, and 6 submissions are graded" in run(course, "release", LESSON, exits=2)
    assert (course / "release" / NOTEBOOK).read_bytes() == released
    new["source"] = new["source"].replace("number=6,", 'number=6, settled={"nothing": "It is new."},')
    other = classroom.cell(notebook, "why-scale")
    other["metadata"]["nbgrader"]["grade_id"] = "why-scaling"
    other["source"] = "".join(other["source"]).replace('"why-scale", "hard",', '"why-scaling", "hard",')
    other["source"] = other["source"].replace("number=5,", 'number=5, formerly="why-scale",')
    path.write_text(json.dumps(notebook), encoding="utf-8")
    run(course, "regrade", LESSON, "--yes")
    with sqlite3.connect(course / "gradebook.db") as db:
        most = db.execute("select sum(max_score) from grade_cells").fetchone()
    assert most == (10,)
    scores = classroom.scores(course)
    assert {student: points["why-scaling"] for student, points in scores.items()} == dict.fromkeys(ATTEMPTS, 1)
    assert purposes(course)["moe"] == 0.5
