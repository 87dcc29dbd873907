"""Verdict, output, picture and worked solution as HTML, for the widget and the static page alike."""

import functools
import html
from dataclasses import dataclass
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.exercises import program, text_html
from attention_course.exercises.questions import Blanks, Choice, Outcome, Picks, Question
from attention_course.pictures.picture import Picture

HEADLINES = {
    Outcome.RIGHT: "✓ Right",
    Outcome.WRONG: "✗ Not right",
    Outcome.RECORDED: "● Recorded",
    Outcome.NOT_ATTEMPTED: "○ Not attempted",
}
WITHOUT_TORCH = "torch is not installed here, so the program cannot be run. Your answer is judged and recorded."


@dataclass(frozen=True)
class Shown:
    """What a filling did: its run, and the picture drawn from it or why there is none."""

    run: program.Run
    picture: Picture | None
    complaint: str = ""


def perform(question: Blanks, picks: Picks, seed: int = 0) -> Shown:
    """Run a filled program and draw what the question asks to be drawn.

    The drawing code also finds the filling, as `picks`. It is tried when the program raised, too: a picture of how far
    it came, or of what it would have made, teaches more than the error alone.
    """
    return _perform(question.filled(picks), question.draw, tuple(picks), seed)


def _perform(source: str, drawing: str | None, picks: tuple[str, ...], seed: int = 0) -> Shown:
    run = program.run(source, seed=seed)
    if not drawing:
        return Shown(run, None)
    picture, complaint = draw(drawing, {**run.names, "picks": list(picks)})
    return Shown(run, picture, "" if run.error else complaint)


Filling = tuple[str, str | None, tuple[str, ...]]  # a program's text, the code that draws, the picks
_static_results: dict[Filling, str] = {}


def static_result(question: Blanks, picks: Picks) -> str:
    """Return what a filling did, for a static page; remembered, since a class hands in few different fillings."""
    filling = _filling(question, picks)
    if filling not in _static_results:
        _static_results[filling] = result_html(_perform(*filling), static=True)
    return _static_results[filling]


def is_remembered(question: Blanks, picks: Picks) -> bool:
    """Is it known what a filling did?"""
    return _filling(question, picks) in _static_results


def remember(question: Blanks, picks: Picks, result: str) -> None:
    """Take over what `static_result` returned in another process."""
    _static_results[_filling(question, picks)] = result


def _filling(question: Blanks, picks: Picks) -> Filling:
    return question.filled(picks), question.draw, tuple(picks)


def _drawing(code: str, static: bool = False) -> str:
    picture, complaint = draw(code, {})
    return _picture_html(picture, static) + html.escape(complaint)


@functools.lru_cache(maxsize=256)
def _static_drawing(code: str) -> str:
    return _drawing(code, static=True)


def draw(code: str, names: dict[str, Any]) -> tuple[Picture | None, str]:
    """Run drawing code among the given names; its last line is a Picture or a matrix to be drawn as a heatmap.

    Returns the picture, or None and a sentence that says why there is none.
    """
    from attention_course.pictures.heatmap import heatmap

    drawn = program.run(code, given={**names, "heatmap": heatmap, "Picture": Picture})
    if drawn.error:
        return None, f"There is nothing to draw: {drawn.error}"
    if isinstance(drawn.value, Picture):
        return drawn.value, ""
    try:
        return heatmap(drawn.value, title=code if code.isidentifier() else None), ""
    except Exception as error:  # a picture that fails costs nobody the verdict
        return None, f"There is nothing to draw: {error}"


def verdict_html(answer: Answer) -> str:
    """Return the verdict on the last attempt, with the reason against each wrong pick."""
    question, picks = answer.question, answer.picks
    if picks is None:
        return ""
    text = HEADLINES[answer.outcome]
    if answer.outcome is Outcome.RECORDED:
        text += ". It will be graded after you have handed in."
    parts = [f'<p class="ac-headline ac-{answer.outcome.value}">{html.escape(text)}</p>']
    if answer.outcome is Outcome.WRONG:
        parts.append(reasons_html(question, picks))
    return f'<div class="ac-verdict">{"".join(parts)}</div>'


def reasons_html(question: Question, picks: Picks) -> str:
    """Return why each wrong pick is wrong, as a list."""
    reasons = [_reason(question, *reason) for reason in question.why_wrong(picks)]
    return f'<ul class="ac-why">{"".join(reasons)}</ul>'


def _reason(question: Question, number: int, pick: str, sentence: str) -> str:
    where = f"Blank {number}, " if question.blank_count > 1 else ""
    why = text_html.inline(sentence or "this does not belong here.")
    return f"<li>{where}<code>{html.escape(pick)}</code>: {why}</li>"


def result_html(shown: Shown, *, static: bool = False) -> str:
    """Return what a filled program printed or raised, and its picture (as <img> on a static page, else inline SVG)."""
    parts = []
    if shown.run.printed:
        parts.append(f'<p class="ac-label">Printed</p><pre class="ac-output">{html.escape(shown.run.printed)}</pre>')
    if shown.run.error:
        parts.append(_error_html(shown.run.error))
    if not parts:
        parts.append('<p class="ac-label">The program ran and printed nothing.</p>')
    if shown.complaint:
        parts.append(f'<p class="ac-label">{html.escape(shown.complaint)}</p>')
    return f'<div class="ac-result">{"".join(parts)}{_picture_html(shown.picture, static)}</div>'


def _error_html(error: program.ProgramError) -> str:
    place = f"line {error.line}: {error.code}\n" if error.line else ""
    without_torch = error.kind == "ModuleNotFoundError" and "'torch'" in error.message
    note = f'<p class="ac-label">{WITHOUT_TORCH}</p>' if without_torch else ""
    return (
        f'<p class="ac-label">Raised</p><pre class="ac-output ac-error">{html.escape(place + str(error))}</pre>{note}'
    )


def _picture_html(picture: Picture | None, static: bool) -> str:
    if picture is None:
        return ""
    try:
        return f'<div class="ac-picture">{picture.html() if static else picture.svg()}</div>'
    except Exception as error:  # matplotlib finds some mistakes only when it draws
        return f'<p class="ac-label">The picture cannot be drawn: {html.escape(str(error))}</p>'


def solution_html(answer: Answer, *, static: bool = False) -> str:
    """Return the worked solution, "" where the key is held back or none was written.

    What the right program does is left out where the student's own, being right, has just shown it.
    """
    question = answer.question
    if not question.judged or not question.solution:
        return ""
    body = _steps_html(question, static) if isinstance(question, Choice) else _worked_html(answer, static)
    heading = "h3" if static else "h4"  # below a page's heading of the question, or below the widget's
    return f'<section class="ac-solution"><{heading}>Worked solution</{heading}>{body}</section>'


def _steps_html(question: Choice, static: bool) -> str:
    steps = "".join(f"<li>{text_html.inline(step)}</li>" for step in question.solution["steps"])
    drawn = _static_drawing if static else _drawing
    picture = drawn(question.draw) if question.draw else ""
    return (
        f'<ol class="ac-steps">{steps}</ol>{picture}'
        f"<p><strong>Answer</strong> {text_html.inline(question.solution['answer'])}</p>"
        f"<p><strong>Quick check</strong> {text_html.inline(question.solution['check'])}</p>"
    )


def _worked_html(answer: Answer, static: bool) -> str:
    question = answer.question
    right = answer.outcome is Outcome.RIGHT
    filled = f'<pre class="ac-code"><code>{text_html.question_code(question, question.key)}</code></pre>'
    if static and right:  # the program stands above, filled in the same way
        filled = ""
    result = ""
    if isinstance(question, Blanks) and question.key and not right:
        result = static_result(question, question.key) if static else result_html(perform(question, question.key))
    return f"{text_html.paragraphs(question.solution)}{filled}{result}"
