"""An answered question as HTML without a widget: for nbgrader's formgrader and the feedback page."""

import html
from datetime import datetime
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.record import Attempt
from attention_course.exercises import text_html
from attention_course.exercises.question import Outcome, Question
from attention_course.page import assets, progress, receipt, static_code, verdicts
from attention_course.page.headlines import HEADLINES

STYLE = f"<style>\n{assets.answer_style()}</style>"
SKIPPED = "It was opened without its prediction."
FACTS_MIME = "application/vnd.attention-course.answer+json"


def bundle(answer: Answer) -> dict[str, Any]:
    """Return an answered question as a MIME bundle: for people, and as the facts that a page's summary is made of."""
    facts = {
        "title": answer.question.title,
        "difficulty": answer.question.difficulty,
        "outcome": answer.outcome.value,
        "attempts": progress.counted(answer),
        "share": answer.share,
        "problem": answer.problem,
        **({"committed": True} if answer.question.committed else {}),
        **({} if answer.question.counts else {"carried": True}),
        **({"drawn": True} if answer.question.drawn else {}),
        **({"by_hand": True} if answer.question.is_read and answer.picks is not None else {}),
        **(static_code.facts(answer) if isinstance(answer, CodeAnswer) else {}),
    }
    return {"text/html": STYLE + answered(answer), "text/plain": receipt.line(answer), FACTS_MIME: facts}


def answered(answer: Answer) -> str:
    """Return the question, each attempt with its verdict, what the last one did, and the worked solution."""
    question = answer.question
    return (
        f'<div class="attention-answer"><p class="ac-title"><strong>{html.escape(question.title)} ·</strong>'
        f" {question.difficulty}</p>{text_html.paragraphs(question.prompt)}"
        f"{_answered(answer)}{verdicts.STATIC.solution(answer)}</div>"
    )


def _answered(answer: Answer) -> str:
    if isinstance(answer, CodeAnswer):
        return static_code.answered(answer)
    options = answer.question.options_html(answer.picks or ())
    return f"{_code(answer)}{options}{_attempts(answer)}{_result(answer)}"


def _code(answer: Answer) -> str:
    source = answer.question.code_html(answer.picks)
    return f'<pre class="ac-code"><code>{source}</code></pre>' if source else ""


def _attempts(answer: Answer) -> str:
    """Return every attempt: what was picked and when, whether it is right, and why not."""
    attempts = answer.record.attempts
    skipped = f"<p>{SKIPPED}</p>" if answer.question.explored and answer.record.shown else ""
    if not attempts:
        problem = f"<p>{html.escape(answer.problem)}</p>" if answer.problem else ""
        return f'<p class="ac-headline">{HEADLINES[Outcome.NOT_ATTEMPTED]}</p>{problem}{skipped}'
    if answer.question.committed:
        beside = answer.question.beside_html(attempts[-1].picks)
        return f"<p>{_attempt(answer.question, attempts[-1])}</p>{skipped}{beside}"
    rows = "".join(f"<li>{_attempt(answer.question, attempt)}</li>" for attempt in attempts)
    heading = f"{len(attempts)} of {answer.question.attempts} attempts used"
    rule = f'<p class="ac-label">{html.escape(str(answer.credit))}</p>' if str(answer.credit) else ""
    return f'<h3>{heading}</h3>{rule}<ol class="ac-attempts">{rows}</ol>'


def _attempt(question: Question, attempt: Attempt) -> str:
    outcome = Outcome.COMMITTED if question.committed else Outcome.RECORDED
    if question.judged and not question.committed:
        outcome = Outcome.RIGHT if question.is_right(attempt.picks) else Outcome.WRONG
    wrong = outcome is Outcome.WRONG
    reasons = verdicts.reasons_html(question, question.why_wrong(attempt.picks)) if wrong else ""
    sure = f" · {html.escape(receipt.sure_of(attempt))}" if attempt.sure else ""
    word = f"● {question.done_word}" if question.committed else HEADLINES[outcome]
    return (
        f'<span class="ac-picks">{question.picked_html(attempt.picks)}</span> '
        f'<strong class="ac-{outcome.value}">{word}</strong> {_time(attempt.at)}{sure}{reasons}'
    )


def _time(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f'<time datetime="{html.escape(at)}">{moment.day} {moment:%B %Y, %H:%M}</time>'


def _result(answer: Answer) -> str:
    result = verdicts.STATIC.last_result(answer)
    heading = answer.question.did if answer.record.tried == 1 else "What your last answer did"
    return f"<h3>{heading}</h3>{result}" if result else ""
