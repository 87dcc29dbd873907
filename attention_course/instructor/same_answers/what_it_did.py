"""What an answer did, without running a line of a student's: programs of trusted kinds, or what grading has kept."""

from markupsafe import Markup

from attention_course.answers import notebook
from attention_course.errors import NotebookError, NotTrusted
from attention_course.exercises.runner import TRUSTED_ONLY
from attention_course.instructor.course_files import notebook_path
from attention_course.instructor.same_answers.groups import Given
from attention_course.instructor.same_answers.look import Course
from attention_course.page.static_html import FACTS_MIME, STYLE
from attention_course.page.verdicts import STATIC


def shown(given: Given, course: Course) -> Markup:
    """Return what an answer did as HTML, "" where it did nothing that can be shown."""
    question = given.question
    if question.written:
        return _as_graded(given, course)
    if question.explored:
        return Markup(question.beside_html(given.picks))
    if not question.performs or not question.trusted:
        return Markup("")
    try:
        return Markup(TRUSTED_ONLY.perform(question, given.picks, STATIC.result))
    except NotTrusted:
        return Markup("")


def _as_graded(given: Given, course: Course) -> Markup:
    """Return what the graded notebook shows of an answer: it was made in the sandbox, when the class was graded."""
    path = notebook_path(course.coursedir, course.coursedir.autograded_directory, given.student)
    try:
        graded = notebook.load(path)
    except NotebookError:
        return Markup("")
    for cell in graded["cells"]:
        about = cell.get("metadata", {}).get("nbgrader", {})
        if about.get("grade_id") == given.question.name and not about.get("solution"):
            for output in cell.get("outputs", []):
                if FACTS_MIME in output.get("data", {}):
                    html = output["data"].get("text/html", "")
                    return Markup("".join(html) if isinstance(html, list) else html).replace(STYLE, "")
    return Markup("")
