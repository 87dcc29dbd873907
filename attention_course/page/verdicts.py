"""Verdict, output, picture and worked solution as HTML, for the widget and for static pages."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from attention_course.answers.answer import Answer
from attention_course.exercises import text_html
from attention_course.exercises.drawing import Shown
from attention_course.exercises.program import ProgramError, Run
from attention_course.exercises.question import Mistake, Outcome, Question
from attention_course.page import headlines
from attention_course.pictures.picture import Picture

WHEN_ALL = ". What came of it is told when all are answered."
WITHOUT_TORCH = "torch is not installed here, so the program cannot be run. Your answer is judged and recorded."


def verdict_html(answer: Answer) -> str:
    """Return the verdict on the last attempt, with the reason against each wrong pick."""
    if answer.picks is None:
        return ""
    parts = [headline_html(answer)]
    if answer.outcome is Outcome.WRONG:
        parts.append(reasons_html(answer.question, answer.mistakes))
    return f'<div class="ac-verdict">{"".join(parts)}</div>'


def headline_html(answer: Answer) -> str:
    """Return the verdict in a word."""
    text = headlines.of(answer)
    if answer.outcome is Outcome.RECORDED:
        text += WHEN_ALL if answer.withheld else ". It will be graded after you have handed in."
    return f'<p class="ac-headline ac-{answer.outcome.value}">{html.escape(text)}</p>'


def wrong_parts(answer: Answer) -> list[int]:
    """Return which parts of the last attempt are wrong, counted from 0; [] where none is, or nothing is judged."""
    return [mistake.part - 1 for mistake in answer.mistakes]


def reasons_html(question: Question, mistakes: Sequence[Mistake]) -> str:
    """Return why each wrong pick is wrong, as a list."""
    reasons = "".join(_reason(question, mistake) for mistake in mistakes)
    return f'<ul class="ac-why">{reasons}</ul>'


def _reason(question: Question, mistake: Mistake) -> str:
    where = html.escape(question.part_name(mistake.part))
    said = text_html.snippet(mistake.text) if mistake.text else ""
    why = text_html.inline(mistake.why or question.no_reason)
    return f"<li>{', '.join(filter(None, [where, said]))}: {why}</li>"


@dataclass(frozen=True)
class Medium:
    """Where HTML is shown.

    `picture_html` makes HTML of a picture, `heading` is the level of headings within a question, and `fills_code` says
    whether the question's code stands above with the student's answer in it. `has_script` says whether a page is at
    work there, which draws some answers by itself.
    """

    picture_html: Callable[[Picture], str]
    heading: str
    fills_code: bool
    has_script: bool = False

    def result(self, shown: Shown) -> str:
        """Return what an answer printed or raised, and its picture."""
        said = _said_html(shown.run) if shown.run else ""
        said += "".join(f"<p>{text_html.inline(sentence)}</p>" for sentence in shown.words)
        if shown.complaint:
            said += f'<p class="ac-label">{html.escape(shown.complaint)}</p>'
        return f'<div class="ac-result">{said}{self.picture(shown)}</div>'

    def picture(self, shown: Shown) -> str:
        """Return the picture alone, "" where there is none."""
        if shown.on_page and (self.has_script or shown.picture is None):
            return ""
        if shown.picture is None:
            return "" if shown.run else html.escape(shown.complaint)
        try:
            return f'<div class="ac-picture">{self.picture_html(shown.picture)}</div>'
        except Exception as error:  # matplotlib finds some mistakes only when it draws
            return f'<p class="ac-label">The picture cannot be drawn: {html.escape(str(error))}</p>'

    def last_result(self, answer: Answer) -> str:
        """Return what the last attempt did, "" where there is none or it did nothing."""
        if not answer.question.performs or answer.picks is None or answer.withheld:
            return ""
        return answer.runner.perform(answer.question, answer.picks, self.result)

    def solution(self, answer: Answer) -> str:
        """Return the worked solution, "" where the key is held back or none was written."""
        if not answer.judged or not answer.question.solution:
            return ""
        repeated = self.fills_code and answer.outcome is Outcome.RIGHT
        body = answer.question.solution_html(self._key_performed(answer), with_code=not repeated)
        heading = f"<{self.heading}>{answer.question.solved}</{self.heading}>"
        return f'<section class="ac-solution">{heading}{body}</section>'

    def _key_performed(self, answer: Answer) -> str:
        """Return what the right answer does, unless the student's own, being right, has just shown it."""
        question = answer.question
        if question.committed:
            return ""
        if question.performs:
            right = answer.outcome is Outcome.RIGHT
            return "" if right else answer.runner.perform(question, question.key, self.result)
        return answer.runner.perform(question, question.key, self.picture)


LIVE = Medium(Picture.svg, heading="h4", fills_code=False, has_script=True)  # below the widget's heading
STATIC = Medium(Picture.html, heading="h3", fills_code=True)  # below a page's


def _said_html(run: Run) -> str:
    parts = []
    if run.printed:
        parts.append(f'<p class="ac-label">Printed</p><pre class="ac-output">{html.escape(run.printed)}</pre>')
    if run.error:
        parts.append(_error_html(run.error))
    return "".join(parts) or '<p class="ac-label">The program ran and printed nothing.</p>'


def _error_html(error: ProgramError) -> str:
    place = f"line {error.line}: {error.code}\n" if error.line else ""
    without_torch = error.kind == "ModuleNotFoundError" and "'torch'" in error.message
    note = f'<p class="ac-label">{WITHOUT_TORCH}</p>' if without_torch else ""
    return (
        f'<p class="ac-label">Raised</p><pre class="ac-output ac-error">{html.escape(place + str(error))}</pre>{note}'
    )
