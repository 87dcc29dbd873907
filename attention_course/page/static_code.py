"""An answer that is code, as HTML without a widget: what was graded, which tests passed, and what a visible call did.

Nothing here is of a hidden test but its name, its points and the reason that its author wrote for students.
"""

import html
from collections.abc import Sequence

from attention_course.answers.code_answer import CodeAnswer
from attention_course.errors import StudentError
from attention_course.exercises import examples, text_html
from attention_course.exercises.comparing import shown
from attention_course.exercises.examples import Came, Example
from attention_course.exercises.question import Outcome
from attention_course.exercises.suite import ENDS, Tested
from attention_course.page.headlines import HEADLINES

SECONDS = 5.0  # for the visible example
LONGEST_RAISED = 300  # characters of what a student's code raised
LONGEST_PRINTED = 2_000
NOT_GRADED = (
    "This could not be graded here, and it is not counted as wrong: the points that it had before stay, and your "
    "instructor has been told."
)


def answered(answer: CodeAnswer) -> str:
    """Return the question, the code that was graded, each test, a visible example, and the worked solution."""
    question = answer.question
    title = f'<p class="ac-title"><strong>{html.escape(question.title)} ·</strong> {question.difficulty}</p>'
    parts = [title, text_html.paragraphs(question.prompt)]
    if answer.picks is None:
        parts.append(f'<p class="ac-headline">{HEADLINES[Outcome.NOT_ATTEMPTED]}</p>')
        parts.append(f"<p>{html.escape(answer.problem)}</p>" if answer.problem else "")
    else:
        parts += [question.picked_html(answer.picks), _used(answer), _tests(answer), _example(answer)]
    if question.judged:
        parts.append(
            f'<section class="ac-solution"><h3>Worked solution</h3>{question.solution_html("")}</section>'
        )
    return f'<div class="attention-answer">{"".join(parts)}</div>'


def _used(answer: CodeAnswer) -> str:
    """Say whose code ran where this answer calls what an earlier question asked for."""
    said = []
    for used in answer.used():
        whose = "your own ran" if used.is_good and used.picks else "the course’s ran, because yours is not right yet"
        said.append(f"<p>{text_html.snippet(used.question.defines[0])} of {used.question.title}: {whose}.</p>")
    return "".join(said)


def _tests(answer: CodeAnswer) -> str:
    """Return each test's name and points, and of one that failed the reason, as its author wrote it for students."""
    if answer.tested is None:
        return ""
    headline = f'<p class="ac-headline ac-{answer.outcome.value}">{HEADLINES[answer.outcome]}</p>'
    if answer.ungraded:
        refused = [each.raised for each in answer.tested if each.cause == "refused"]
        why = f'<p class="ac-label">{html.escape(refused[0])}</p>' if refused else ""
        headline = f"<p>{NOT_GRADED}</p>{why}"
    rows = "".join(_test(each, answer.question.points / (answer.tests.points or 1)) for each in answer.tested)
    return f'{headline}<h3>Tests</h3><ul class="ac-tests">{rows}</ul>'


def _test(tested: Tested, each_point: float) -> str:
    sign = "✓" if tested.passed else "–" if tested.cause == "refused" else "✗"
    most = f"{round(tested.points * each_point, 2):g}"
    points = most if tested.passed else f"0 of {most}"
    css = "ac-right" if tested.passed else "ac-wrong"
    said = f'<strong class="{css}">{sign} {text_html.inline(tested.name)}</strong> · {points}'
    if tested.passed or tested.cause == "refused":
        return f"<li>{said}</li>"
    raised = f"<br>Your code: {html.escape(tested.raised[:LONGEST_RAISED])}" if tested.raised else ""
    return f"<li>{said}<br>{text_html.inline(tested.why)}{raised}</li>"


def _example(answer: CodeAnswer) -> str:
    """Run the first visible example with the answer, where the tests have run, and return what came of it."""
    visible = answer.question.examples[:1]
    if not visible or not answer.tested or answer.picks is None or any(each.cause in ENDS for each in answer.tested):
        return ""
    try:
        (came,) = examples.run(visible, answer.cells(answer.picks[0]), answer.workshop, seconds=SECONDS)
    except StudentError as error:
        came = Came(error=error)
    return f"<h3>What your code did: {text_html.inline(visible[0].title)}</h3>{_came(visible[0], came)}"


def _came(example: Example, came: Came) -> str:
    parts = [f'<pre class="ac-code"><code>{text_html.code(example.code)}</code></pre>']
    if came.call is None:
        said = str(came.error)[:LONGEST_RAISED]
        return f'{parts[0]}<p class="ac-label">Raised</p><pre class="ac-output ac-error">{html.escape(said)}</pre>'
    if came.call.printed:
        said = html.escape(came.call.printed[:LONGEST_PRINTED])
        parts.append(f'<p class="ac-label">Printed</p><pre class="ac-output">{said}</pre>')
    parts.append(f'<p class="ac-label">Value</p><pre class="ac-output">{html.escape(shown(came.call.value))}</pre>')
    return "".join([*parts, _picture(example, came.call.value)])


def _picture(example: Example, value: object) -> str:
    """Draw a part of the value, "" where that is asked for by nobody, or what came is no matrix."""
    if not example.draw:
        return ""
    from attention_course.pictures.heatmap import heatmap

    try:
        picture = heatmap(example.drawn_part(value), title=example.draw, kind=example.draw)
        return f'<div class="ac-picture">{picture.html()}</div>'
    except Exception:  # whatever came: the value stands above as text
        return ""


def facts(answer: CodeAnswer) -> dict[str, object]:
    """Return what pages and the report are made of, beside what every kind has."""
    tests: Sequence[Tested] = answer.tested or ()
    return {
        "ungraded": answer.ungraded,
        "stumbled": [f"{each.name}: {each.stumbled}" for each in tests if each.stumbled],
        "tests": [[each.name, each.passed] for each in tests],
        "defines": list(answer.question.defines),
    }
