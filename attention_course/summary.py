"""The end of a lesson: points, result by difficulty, what to look at again, and is everything on disk?"""

import html
import time
from collections.abc import Iterable
from pathlib import Path

from attention_course import notebook, progress, record
from attention_course.answer import Answer
from attention_course.errors import NotebookError
from attention_course.questions import Outcome

SAVE_SECONDS = 3.0  # a save that is on its way when the summary is asked for


def unsaved(lesson: str, path: Path, answers: Iterable[Answer]) -> list[str]:
    """Return the titles of the answered questions which the notebook on disk does not hold as they are here.

    Raises NotebookError where the file cannot be read.
    """
    on_disk, _ = record.read(notebook.load(path), lesson)
    return [a.question.title for a in answers if a.record.attempts and on_disk.get(a.question.name) != a.record]


def saved_sentence(lesson: str, path: Path | None, answers: list[Answer], *, wait: float = SAVE_SECONDS) -> str:
    """Say whether the notebook on disk really holds every answer; wait a little for a save that is under way."""
    answered = sum(1 for answer in answers if answer.record.attempts)
    if not answered:
        return "Nothing is answered yet, so there is nothing to save."
    if path is None:
        return "✗ The notebook's file was not found from here, so it cannot be checked. Save it before you hand it in."
    deadline = time.monotonic() + wait
    while (complaint := _complaint(lesson, path, answers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    if complaint:
        return f"✗ {complaint} Save the notebook, then run this cell again."
    return f"✓ {path.name}, as it is on disk, holds every answer you gave: {answered} of {len(answers)} questions."


def _complaint(lesson: str, path: Path, answers: list[Answer]) -> str:
    """Say what is wrong with the notebook on disk, "" if nothing is."""
    try:
        missing = unsaved(lesson, path, answers)
    except NotebookError as error:
        return str(error)
    return f"{path.name} does not hold your answer to {', '.join(missing)} yet." if missing else ""


def again(answers: Iterable[Answer]) -> list[str]:
    """Return what to look at again: questions wrong, open, or right only after more than one attempt."""
    lines = []
    for answer in answers:
        title, tried = answer.question.title, len(answer.record.attempts)
        if answer.outcome is Outcome.NOT_ATTEMPTED:
            lines.append(f"{title}: not answered yet")
        elif answer.outcome is Outcome.WRONG:
            lines.append(f"{title}: {'out of attempts' if answer.done else f'wrong so far, {answer.left} left'}")
        elif answer.outcome is Outcome.RIGHT and tried > 1:
            lines.append(f"{title}: right at attempt {tried}; would you know it at once now?")
    return lines


def points(answers: list[Answer]) -> str:
    """Say how many points the answers give, where the lesson's rule makes that another number; each is worth one."""
    rules = {str(answer.credit) for answer in answers} - {""}
    if not rules:
        return ""
    return f", {sum(answer.points(1) for answer in answers):.4g} of {len(answers)} points. {rules.pop()}"


def as_text(answers: list[Answer], saved: str) -> str:
    """Return the summary as plain text."""
    right = sum(answer.outcome is Outcome.RIGHT for answer in answers)
    held_back = sum(answer.outcome is Outcome.RECORDED for answer in answers)
    first = (
        f"{right} of {len(answers)} right{points(answers)}"
        if not held_back
        else f"{held_back} of {len(answers)} recorded"
    )
    patterns = [f"{p.difficulty}: {p.right} of {p.asked} right, {p.strength}" for p in progress.by_difficulty(answers)]
    return "\n".join([first, *([] if held_back else patterns), *again(answers), saved])


def as_html(answers: list[Answer], saved: str) -> str:
    """Return the summary as HTML that needs no widget."""
    right = sum(answer.outcome is Outcome.RIGHT for answer in answers)
    held_back = sum(answer.outcome is Outcome.RECORDED for answer in answers)
    if held_back:
        return (
            f"<p><strong>{held_back} of {len(answers)}</strong> answers recorded. "
            f"They will be graded after you have handed in.</p><p>{html.escape(saved)}</p>"
        )
    rows = "".join(
        f"<tr><th scope='row'>{p.difficulty}</th><td>{p.right} of {p.asked}</td><td>{p.right_at_once}</td>"
        f"<td>{p.strength}</td></tr>"
        for p in progress.by_difficulty(answers)
    )
    todo = "".join(f"<li>{html.escape(line)}</li>" for line in again(answers))
    return (
        f"<p><strong>{right} of {len(answers)} right</strong>{html.escape(points(answers))}</p>"
        "<table><thead><tr><th scope='col'>Difficulty</th><th scope='col'>Right</th>"
        f"<th scope='col'>At once</th><th scope='col'>This pattern is</th></tr></thead><tbody>{rows}</tbody></table>"
        f"<p><small>{progress.RULE}</small></p>"
        f"{f'<p>Look at these again:</p><ul>{todo}</ul>' if todo else ''}<p>{html.escape(saved)}</p>"
    )
