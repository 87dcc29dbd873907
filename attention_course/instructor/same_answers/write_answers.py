"""What `attention-course answers` shows: the questions of a lesson, or the answers to one of them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from attention_course.errors import ReportError
from attention_course.instructor.formatting import counted, printable
from attention_course.instructor.same_answers.groups import Group
from attention_course.instructor.same_answers.look import Answers, Course
from attention_course.instructor.same_answers.page import page, scores, verdict

WIDTH = 72  # characters of an answer that a line has room for
LISTED = 40  # answers, at most: the page has them all


def list_of_questions(lesson: str) -> Iterator[str]:
    """Yield a line for each question: how many answered, and how many different answers there are."""
    all_answers = Course.read(lesson).all_answers()
    width = max(len(answers.question.name) for answers in all_answers)
    yield f"{'question':{width}}  answered  different"
    for answers in all_answers:
        yield f"{answers.question.name:{width}}  {answers.answered:8}  {len(answers.groups):9}"
    yield f"attention-course answers {lesson} QUESTION shows them."


def write_page(lesson: str, name: str, *, anonymous: bool) -> list[str]:
    """Write the page of one question's answers; return the answers as lines, and where the page is."""
    course = Course.read(lesson)
    answers = course.answers_to(course.question(name))
    path = Path(course.coursedir.root, "reports", f"{lesson}-{name}-answers.html")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(answers, course, datetime.now(), anonymous=anonymous), encoding="utf-8")
    except OSError as error:
        raise ReportError(f"The page cannot be written to {path}: {error.strerror}.") from error
    return [*_listed(answers), str(path)]


def _listed(answers: Answers) -> Iterator[str]:
    question = answers.question
    different = f"{counted(answers.answered, 'answer')}, {len(answers.groups)} different"
    yield f"{question.title} ({question.name}): {different}, {len(answers.open)} without an answer."
    item = ""
    for group in answers.groups[:LISTED]:
        if group.item != item:
            item = group.item
            yield f"Item {item}"
        yield f"{group.id}  {len(group.members):4} ×  {verdict(group)}, {scores(group)}: {line_of(group)}"
        yield from (f"{'':15}comment ({count}): {_short(comment)}" for comment, count in group.comments)
    if len(answers.groups) > LISTED:
        yield f"And {len(answers.groups) - LISTED} more, which are on the page."
    yield from answers.notes


def line_of(group: Group) -> str:
    """Return an answer in a line."""
    return _short(group.first.question.picked_text(group.first.picks))


def _short(text: str) -> str:
    line = printable((" ".join(text.split()),))  # what a student wrote never steers a terminal
    return line if len(line) <= WIDTH else f"{line[:WIDTH].rstrip()}…"
