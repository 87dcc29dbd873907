"""What came of a student's code as HTML: of each example and each check, for the widget and for static pages."""

import html
from collections.abc import Sequence

from attention_course.answers.code_answer import CodeAnswer
from attention_course.errors import StudentError
from attention_course.exercises import text_html
from attention_course.exercises.comparing import kind_of, shown
from attention_course.exercises.question import Outcome
from attention_course.exercises.runner import Runner
from attention_course.exercises.suite import Tested
from attention_course.exercises.tried import Seen, Tried, Trouble
from attention_course.page.verdicts import WITHOUT_TORCH, Medium, headline_html

NOUNS = {"examples": "example", "checks": "check"}
SIGNS = {True: "✓", False: "✗", None: "●"}
IN_WORDS = {True: "passes", False: "does not pass", None: "ran"}
LONGEST_RAISED = 300  # characters of what a student's code raised in a test
NOT_SLOW = 0.0005  # seconds; less is said as that
IN_A_LIBRARY = (
    "A loop of yours was stopped. What a library does within one call cannot be stopped from here: where nothing "
    "comes, interrupt the kernel (Kernel ▸ Interrupt Kernel)."
)


def result(tried: Tried, medium: Medium, runner: Runner) -> str:
    """Return all that came of a Check."""
    notes = "".join(f'<p class="ac-label">{html.escape(note)}</p>' for note in (tried.remark, *tried.borrowed) if note)
    trouble = _trouble(tried.trouble) if tried.trouble else ""
    examples = "".join(example(seen, medium, runner) for seen in tried.seen)
    return f'<div class="ac-result">{notes}{trouble}{examples}{tests("Further checks", tried.checks)}</div>'


def verdict(answer: CodeAnswer) -> str:
    """Return the verdict on the last Check, and how many of its examples and checks passed."""
    if answer.picks is None:
        return ""
    said = f'<ul class="ac-why"><li>{html.escape(passed(answer))}</li></ul>'
    return f'<div class="ac-verdict">{headline_html(answer)}{said}</div>'


def passed(answer: CodeAnswer) -> str:
    """Say how the last Check went, and what will decide."""
    results = answer.record.attempts[-1].result if answer.record.attempts else {}
    parts = [f"{sum(each)} of {_count(len(each), what)}" for what, each in results.items() if what in NOUNS]
    if answer.outcome is Outcome.RECORDED:
        return "Nothing is judged here: see below what came."
    if not parts:
        return "It could not be run: see below." if answer.tried else "It could not be run at the last Check."
    said = f"{' and '.join(parts)} passed"
    if answer.outcome is not Outcome.RIGHT:
        said = f"{said}." if answer.tried else f"{said} at the last Check. Check again to see more."
        return said if answer.question.counts else f"{said} Until all do, the course's code is used."
    unrun = len(answer.checks) if _unrun(answer) else 0
    more = f" {unrun} more {'check' if unrun == 1 else 'checks'} can be run." if unrun else ""
    then = "Hidden tests decide when it is graded." if answer.question.counts else "You go on with it."
    return f"{said}.{more} {then}"


def _unrun(answer: CodeAnswer) -> bool:
    return len(answer.checks) > 0 and "checks" not in answer.record.attempts[-1].result


def _count(number: int, what: str) -> str:
    return f"{number} {NOUNS[what] if number == 1 else what}"


def example(seen: Seen, medium: Medium, runner: Runner) -> str:
    """Return an example: closed where it passed and has no picture."""
    is_open = " open" if not seen.passed or seen.example.draw else ""
    error = _error(seen.came.error) if seen.came.error else ""
    time = _time(seen.came.call.seconds) if seen.came.call else ""
    return (
        f'<details class="ac-example" data-passed="{str(seen.passed).lower()}"{is_open}>'
        f'<summary><span class="ac-sign">{SIGNS[seen.passed]}</span> {text_html.inline(seen.example.title)} '
        f'<span class="ac-label">{IN_WORDS[seen.passed]}{time}</span></summary>'
        f'<pre class="ac-code"><code>{text_html.code(seen.example.code)}</code></pre>'
        f"{error}{_values(seen)}{picture(seen, medium, runner)}{_printed(seen)}</details>"
    )


def tests(heading: str, results: Sequence[Tested]) -> str:
    """Return a list of tests by their names, with the reason where one failed; "" where there are none."""
    if not results:
        return ""
    rows = "".join(_test(test) for test in results)
    passed = sum(test.passed for test in results)
    return (
        f'<p class="ac-label">{html.escape(heading)}: {passed} of {len(results)} passed</p>'
        f'<ul class="ac-tests">{rows}</ul>'
    )


def _test(test: Tested) -> str:
    why = "" if test.passed else text_html.inline(test.why)
    raised = f"<br>{_sentence(test.raised[:LONGEST_RAISED])}" if test.raised and not test.passed else ""
    return (
        f'<li data-passed="{str(test.passed).lower()}"><span class="ac-sign">{SIGNS[test.passed]}</span> '
        f"{text_html.inline(test.name)}{_points(test)}{': ' if why else ''}{why}{raised}</li>"
    )


def _points(test: Tested) -> str:
    """Say what a test gave, "" for one that gives no points."""
    most = f"{round(test.points, 2):g}"
    return f" ({most if test.passed else f'0 of {most}'})" if test.points else ""


def _values(seen: Seen) -> str:
    """Say what came and, where it is another, what was expected, the shapes first."""
    if seen.came.call is None:
        return ""
    value = seen.came.call.value
    if seen.passed or seen.passed is None:
        return f'<p class="ac-label">{html.escape(_headed(kind_of(value)))}</p>{_value(value)}'
    right = seen.right.call.value if seen.right and seen.right.call else None
    return (
        f'<p class="ac-differs">{html.escape(_headed(seen.differs))}</p>'
        f'<p class="ac-label">Yours: {html.escape(kind_of(value))}</p>{_value(value)}'
        f'<p class="ac-label">Expected: {html.escape(kind_of(right))}</p>{_value(right)}'
    )


def _headed(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _value(value: object) -> str:
    return f'<pre class="ac-output">{html.escape(shown(value))}</pre>'


def _printed(seen: Seen) -> str:
    printed = seen.came.call.printed if seen.came.call else seen.came.error.printed if seen.came.error else ""
    return f'<p class="ac-label">Printed</p><pre class="ac-output">{html.escape(printed)}</pre>' if printed else ""


def picture(seen: Seen, medium: Medium, runner: Runner) -> str:
    """Return the student's matrix beside the right one and their difference, "" where nothing is drawn."""
    panels = seen.panels() if seen.example.draw else {}
    if "yours" not in panels:
        return ""
    kinds = {title: "scores" if title == "difference" else seen.example.draw for title in panels}
    try:
        drawn = runner.heatmap(panels, kinds, medium.picture_html)
    except Exception as error:  # a picture that fails costs nobody the verdict
        return f'<p class="ac-label">The picture cannot be drawn: {html.escape(str(error))}</p>'
    return f'<div class="ac-picture">{drawn}</div>'


def _trouble(trouble: Trouble) -> str:
    place = _place(trouble.line, trouble.code)
    printed = (
        f'<p class="ac-label">Printed</p><pre class="ac-output">{html.escape(trouble.printed)}</pre>'
        if trouble.printed
        else ""
    )
    note = f'<p class="ac-label">{WITHOUT_TORCH}</p>' if "No module named 'torch'" in trouble.sentence else ""
    return f'<p class="ac-differs">{_sentence(trouble.sentence)}</p>{place}{printed}{note}'


def _error(error: StudentError) -> str:
    """Return what a call raised, with its line in the student's own cell."""
    if error.cause == "too slow":
        return f'<p class="ac-differs">{_sentence(error.message)} {IN_A_LIBRARY}</p>'
    what = (
        f"{error.kind}: {error.message}" if error.cause == "raised" and error.message else error.message or error.kind
    )
    return f'<p class="ac-differs">{_sentence(what)}</p>{_place(error.line, error.code)}'


def _place(line: int | None, code: str) -> str:
    if line is None:
        return ""
    where = html.escape(f"line {line} of your cell: {code}")
    return f'<pre class="ac-output ac-error">{where}</pre>'


def _sentence(text: str) -> str:
    said = html.escape(text[:1].upper() + text[1:])
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _time(seconds: float) -> str:
    if seconds < NOT_SLOW:
        return " · less than a millisecond"
    return f" · {1000 * seconds:.0f} ms" if seconds < 1 else f" · {seconds:.1f} s"
