"""An answered question as HTML without a widget: for nbgrader's feedback page and its formgrader."""

import html

from attention_course import markup, receipt, rendering
from attention_course.answer import Answer
from attention_course.questions import Blanks, Choice, Question

# Plain colours with enough contrast on white; the page is also printed.
STYLE = """<style>
.attention-answer { border-left: 3px solid #90a4ae; padding-left: 1em; margin: 1em 0; max-width: 50em; color: #212121; }
.attention-answer pre { background: #f5f5f5; padding: .6em .8em; overflow-x: auto; white-space: pre-wrap; }
.attention-answer .blank { background: #fff3c4; border-bottom: 2px solid #8d6e00; padding: 0 .3em; font-weight: bold; }
.attention-answer .ac-headline { font-weight: bold; }
.attention-answer .ac-right { color: #1b5e20; }
.attention-answer .ac-wrong, .attention-answer .ac-error { color: #b71c1c; }
.attention-answer img { max-width: 100%; }
</style>"""


def answered(answer: Answer) -> str:
    """Return the question, the student's last filling, the verdict, what the filling did, and the worked solution."""
    question = answer.question
    result = ""
    if isinstance(question, Blanks) and answer.picks:
        result = rendering.static_result(question, answer.picks)
    return (
        f"{STYLE}<div class='attention-answer'>"
        f"<h4>{html.escape(question.title)} · {question.difficulty}</h4>{markup.paragraphs(question.prompt)}"
        f"{_code(answer)}{_options(question, answer)}"
        f"<p><small>{html.escape(receipt.line(answer))}</small></p>"
        f"{rendering.verdict_html(answer) or _not_attempted()}{result}"
        f"{rendering.solution_html(answer, static=True)}</div>"
    )


def _not_attempted() -> str:
    return f'<p class="ac-headline">{rendering.HEADLINES[rendering.Outcome.NOT_ATTEMPTED]}</p>'


def _code(answer: Answer) -> str:
    picks = answer.picks or [f"  [{number + 1}]  " for number in range(answer.question.blank_count)]
    source = markup.question_code(answer.question, picks)
    return f"<pre><code>{source}</code></pre>" if source else ""


def _options(question: Question, answer: Answer) -> str:
    """List the options, and say in words which of them the student picked."""
    picks = set(answer.picks or ())
    rows = []
    for letter, option in zip(question.letters, question.options, strict=True):
        choice = isinstance(question, Choice)
        text = markup.inline(option) if choice else f"<code>{html.escape(option)}</code>"
        picked = " <strong>← your answer</strong>" if choice and letter in picks else ""
        rows.append(f"<li>{text}{picked}</li>")
    return f'<ol type="A">{"".join(rows)}</ol>'
