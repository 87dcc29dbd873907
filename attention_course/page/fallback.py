"""What is seen of a question where no widget can be shown: its own text, and what to install where."""

import html
from typing import Any

from attention_course.exercises import text_html
from attention_course.exercises.question import Question

WHAT_TO_DO = (
    "This is the exercise as text. To answer it, open this notebook in Jupyter or Google Colab and run all cells. Is "
    "this Jupyter? Then it has no library for widgets: install anywidget and ipywidgets where Jupyter itself is "
    "installed (pip install anywidget ipywidgets), reload this page and run all cells."
)


def beside(bundle: Any, question: Question) -> Any:
    """Return a widget's MIME bundle with a question as text and HTML in it, which only those show that show no widget.

    The bundle comes as ipywidgets makes it: with or without metadata, None where the widget is closed.
    """
    if bundle is None:
        return None
    data, *metadata = bundle if isinstance(bundle, tuple) else (bundle,)
    data = {**data, "text/plain": as_text(question), "text/html": as_html(question)}
    return (data, *metadata) if metadata else data


def as_text(question: Question) -> str:
    """Return a question as plain text."""
    options = "\n".join(f"- {text}" for text in question.listed())
    parts = [question.title, question.prompt, question.program_text(), options, WHAT_TO_DO]
    return "\n\n".join(filter(None, parts))


def as_html(question: Question) -> str:
    """Return a question as HTML that needs no style."""
    code = question.code_html()
    return (
        f"<p><strong>{html.escape(question.title)}</strong></p>{text_html.paragraphs(question.prompt)}"
        f"{f'<pre><code>{code}</code></pre>' if code else ''}{question.options_html()}<p><em>{WHAT_TO_DO}</em></p>"
    )
