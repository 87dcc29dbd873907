"""The end of a lesson: points, result by difficulty, what to look at again, and is everything on disk?"""

import html
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attention_course.answers import answer_code, colab, notebook, record
from attention_course.answers.answer import Answer
from attention_course.errors import NotebookError
from attention_course.exercises.question import Outcome
from attention_course.page import progress

NOTHING = "Nothing is answered yet, so there is nothing to save."
CODE_IS_FOR = (
    "It holds all your answers. You need it only where this file is handed in by a way that may lose them: copy it and "
    "paste it into the cell “Answer code” at the end."
)
SAVE_SECONDS = 3.0  # a save that is on its way when the summary is asked for


def unsaved(lesson: str, document: Any, answers: Iterable[Answer]) -> list[str]:
    """Return the titles of the answered questions which a notebook does not hold as they are here."""
    held, _ = record.read(document, lesson)
    return [a.question.title for a in answers if a.record.attempts and held.get(a.question.name) != a.record]


def saved_sentence(lesson: str, path: Path | None, answers: list[Answer], *, wait: float = SAVE_SECONDS) -> str:
    """Say whether the notebook on disk really holds every answer; wait a little for a save that is under way."""
    answered = _answered(answers)
    if not answered:
        return NOTHING
    if path is None:
        return "✗ The notebook's file was not found from here, so it cannot be checked. Save it before you hand it in."
    deadline = time.monotonic() + wait
    while (complaint := _complaint(lesson, path, answers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    if complaint:
        return f"✗ {complaint} Save the notebook, then run this cell again."
    return f"✓ {path.name}, as it is on disk, holds every answer you gave: {answered} of {len(answers)} questions."


def saved_in_colab(lesson: str, answers: list[Answer]) -> str:
    """Say whether the notebook, as Colab holds it, has every answer, and how to hand it in."""
    answered = _answered(answers)
    if not answered:
        return NOTHING
    try:
        document = colab.document()
    except NotebookError as error:
        return f"✗ {error} So it cannot be checked: run this cell again, or hand in the answer code below, too."
    if colab.omits_outputs(document):
        return colab.OMITS_OUTPUTS
    missing = unsaved(lesson, document, answers)
    if missing:
        return f"✗ {colab.NAME} does not hold your answer to {', '.join(missing)}. Run that cell, then this one again."
    return f"✓ {colab.NAME} has every answer you gave: {answered} of {len(answers)} questions. {colab.HAND_IN}"


def code(lesson: str, answers: Iterable[Answer]) -> str:
    """Return the answer code of what is answered, "" where nothing is."""
    held = {answer.question.name: answer.record.to_json() for answer in answers if answer.record.attempts}
    return answer_code.encode(lesson, held) if held else ""


def _answered(answers: Iterable[Answer]) -> int:
    return sum(1 for answer in answers if answer.record.attempts)


def _complaint(lesson: str, path: Path, answers: list[Answer]) -> str:
    """Say what is wrong with the notebook on disk, "" if nothing is."""
    try:
        missing = unsaved(lesson, notebook.load(path), answers)
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


def bundle(answers: list[Answer], saved: str, code: str) -> dict[str, str]:
    """Return the summary as a notebook's output, with the answer code where there is one."""
    page, text = as_html(answers, saved), as_text(answers, saved)
    if code:
        page += (
            f"<details><summary>Answer code</summary><p>{CODE_IS_FOR}</p>"
            f'<pre style="white-space: pre-wrap; overflow-wrap: anywhere; user-select: all">{code}</pre></details>'
        )
        text += f"\nAnswer code: {code}"
    return {"text/html": page, "text/plain": text}


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
