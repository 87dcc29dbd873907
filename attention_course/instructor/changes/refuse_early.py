"""What the gradebook cannot take is refused before nbgrader deletes the release, by whatever command that is made."""

from typing import Any

from attention_course.answers import notebook as notebooks
from attention_course.errors import CourseError
from attention_course.exercises.read_question import question_in
from attention_course.instructor.changes import read_work
from attention_course.instructor.changes.structure import Cells, ReleaseRefused, demand_possible
from attention_course.instructor.course_files import source_path
from attention_course.instructor.nbgrader_internals import before_each_release
from attention_course.instructor.settling.asked import asked_in, sources_of


def install() -> None:
    """Have plain `nbgrader generate_assignment`, and the formgrader's button, look first."""
    before_each_release(why_not)


def why_not(converter: Any) -> str:
    """Return one sentence on why the gradebook cannot take a lesson as it is in `source/`, "" where it can."""
    coursedir = converter.coursedir
    if converter.no_database or not source_path(coursedir).is_file():
        return ""
    try:
        notebook = notebooks.load(source_path(coursedir))
        aliases = read_work.formerly_in(asked_in(sources_of(notebook)))
        known, graded = read_work.cells_known(coursedir)
        if aliases.keys() & known and graded:
            old = min(aliases.keys() & known)
            return f"{old} has another name by now, {aliases[old]}: {_by_ours(coursedir)} moves its grades along."
        demand_possible(known, graded, Cells(_about(notebook)), aliases)
    except ReleaseRefused as refused:
        return f"{coursedir.assignment_id} is not released, and nothing was changed. {refused}"
    except CourseError:
        return ""  # which the release itself says
    new = Cells(_about(notebook)).metadata.keys() - known
    return f"{min(new)} is new, and somebody is graded: {_by_ours(coursedir)} adds it." if new and graded else ""


def _about(notebook: Any) -> dict[str, Any]:
    """Return nbgrader's metadata of the cells that it has to know; what is settled so gives no points."""
    known = dict(Cells.of(notebook).metadata)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        source = "".join(cell["source"])
        found = question_in(source) if name in known and "settled=" in source else None
        if found and not found[0].gives_at_most:
            known[name] = {**known[name], "points": 0}
    return known


def _by_ours(coursedir: Any) -> str:
    return f"`attention-course release {coursedir.assignment_id}` (not nbgrader's own command)"
