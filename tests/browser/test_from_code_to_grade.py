"""The lesson `code` as a student does it: the cells are written and checked in JupyterLab, the file is graded."""

import shutil

import classroom
import notebook_file
from classroom import ROOT, cell
from playwright.sync_api import expect
from test_written_tasks import SOURCE
from waiting import until
from written_answers import POINTS_OF_CODE as POINTS

from attention_course.exercises.find_answer import CODE
from attention_course.exercises.write import key_of
from attention_course.instructor.source import load_source

LESSON = "code"
FILE = f"{LESSON}/{LESSON}.ipynb"
NO_SCALE = ("/ q.shape[-1]**0.5", "/ 1.0")


def written(name, changed=("", "")):
    """Return the reference as a student may have typed it, perhaps with a slip."""
    text = key_of("".join(cell(load_source(ROOT / "source" / FILE), name + CODE)["source"]))
    assert changed[0] in text
    return text.replace(*changed)


def test_from_the_first_cell_to_a_grade(in_lab, server, tmp_path):
    course = tmp_path / "course"
    (course / "source").mkdir(parents=True)
    shutil.copytree(ROOT / "source" / LESSON, course / "source" / LESSON)
    for name in ("course_config.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, course)
    classroom.nbgrader(course, "generate_assignment", LESSON)
    lesson = notebook_file.with_little_packed(classroom.read(course / "release" / FILE))
    notebook_file.write(server.folder / "code.ipynb", lesson)
    page = in_lab("code.ipynb").run_all()
    do_all(page)
    (course / "submitted/ada/code").mkdir(parents=True)
    shutil.copy(page.path, course / "submitted/ada/code")
    code, said = classroom.COMMANDS.run(course, "attention-course", "grade", LESSON)
    assert code == 0, said
    scores = classroom.read_points(course, LESSON)["ada"]
    assert 0 < scores["attend"] < POINTS["attend"]
    assert scores == {**POINTS, "attend": scores["attend"]}


def do_all(page):
    """Do all nine tasks, the second of them with a slip."""
    expect(page.question("Task 9").check_button).to_be_attached()
    for number, name in enumerate(POINTS, start=1):
        slip = NO_SCALE if name == "attend" else ("", "")
        page.script(SOURCE, [name + CODE, written(name, slip)])
        task = page.question(f"Task {number}")
        expect(task.root).to_have_attribute("data-phase", "ready")
        task.check_button.click()
        expect(task.wait().verdict).to_contain_text("Not right yet" if slip[0] else "Right so far")
    page.run("what-your-heads-look-at-picture")
    page.save()
    until(lambda: "guesses[counts]" in page.path.read_text(encoding="utf-8"), "the code is on disk")
