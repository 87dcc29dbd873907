"""A student's code as HTML without a widget: what was written, what the tests said of it, what it did."""

import html
from dataclasses import replace
from typing import Any

from attention_course.answers.code_answer import CodeAnswer
from attention_course.exercises.question import Outcome
from attention_course.page import code_html, headlines, verdicts

NOT_GRADED = (
    "This could not be graded here, and it is not counted as wrong: the points that it had before stay, and your "
    "instructor has been told."
)


def facts(answer: CodeAnswer) -> dict[str, Any]:
    """Return what a page's summary is made of, beside what every answer has: what came of each hidden test."""
    tested = answer.tested or []
    return {
        "tested": [test.to_json() for test in tested],
        "so_far": answer.so_far,
        "solution_shown": answer.record.shown,
        "ungraded": answer.ungraded,
        "stumbled": [f"{each.name}: {each.stumbled}" for each in tested if each.stumbled],
    }


def answered(answer: CodeAnswer) -> str:
    """Return the code that counts, the hidden tests by their names, and what the code did in the examples."""
    if answer.picks is None:
        problem = f"<p>{html.escape(answer.problem)}</p>" if answer.problem else ""
        return f'<p class="ac-headline">{headlines.of(answer)}</p>{problem}'
    tried = answer.tried
    shown = f"<h3>What your code did</h3>{code_html.result(tried, verdicts.STATIC, answer.runner)}" if tried else ""
    return (
        f"<h3>Your code</h3>{answer.question.picked_html(answer.picks)}"
        f"{_verdict(answer)}{_checked(answer)}{_tests(answer)}{shown}"
    )


def _checked(answer: CodeAnswer) -> str:
    """Say how often it was checked, and whether the solution was seen before."""
    times = answer.record.tried
    said = f"Checked {times} time{'' if times == 1 else 's'}."
    if answer.so_far and answer.outcome is not Outcome.RECORDED:
        said = f"{code_html.passed(answer)} {said}"
    if answer.record.shown:
        said += " The worked solution was asked for."
    return f'<p class="ac-label">{html.escape(said)}</p>'


def _verdict(answer: CodeAnswer) -> str:
    """Return the verdict, or that there is none, and why."""
    if not answer.ungraded:
        return verdicts.headline_html(answer)
    refused = [each.raised for each in answer.tested or [] if each.cause == "refused"]
    why = f'<p class="ac-label">{html.escape(refused[0])}</p>' if refused else ""
    return f"<p><strong>{NOT_GRADED}</strong></p>{why}"


def _tests(answer: CodeAnswer) -> str:
    """Return each test with its points as they count: together they give what the question is worth."""
    of_all = answer.question.points / (answer.tests.points or 1)
    return code_html.tests("Tests", [replace(each, points=each.points * of_all) for each in answer.tested or []])
