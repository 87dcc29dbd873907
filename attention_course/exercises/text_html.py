"""The light markup of prompts and explanations, and program code, as safe HTML."""

import functools
import html
import re

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from attention_course.exercises.questions import BLANK, Blanks, Picks, Question

_SPAN = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*")


def inline(text: str) -> str:
    """Return one paragraph as HTML: `code` and **strong**, all else escaped."""
    parts, end = [], 0
    for match in _SPAN.finditer(text):
        parts.append(html.escape(text[end : match.start()]))
        code, strong = match.groups()
        parts.append(f"<code>{html.escape(code)}</code>" if code else f"<strong>{html.escape(strong)}</strong>")
        end = match.end()
    return "".join([*parts, html.escape(text[end:])])


def paragraphs(text: str) -> str:
    """Return a text as HTML, paragraphs parted by blank lines."""
    return "".join(f"<p>{inline(' '.join(part.split()))}</p>" for part in re.split(r"\n\s*\n", text.strip()) if part)


@functools.lru_cache(maxsize=256)
def code(source: str) -> str:
    """Return Python source as HTML spans with Pygments' short class names, to stand in a <pre>."""
    # The lexer's own stripping would eat a first line's indentation.
    return highlight(source, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True)).rstrip("\n")


def question_code(question: Question, picks: Picks | None = None) -> str:
    """Return the code of a question as HTML, "" where it has none.

    Each blank is `<span class="blank" data-blank="0">…</span>`, holding its pick where picks are given.
    """
    if not isinstance(question, Blanks):
        return code(getattr(question, "code", None) or "")
    marked = code(BLANK.sub(lambda match: f"BLANK_{match[1]}_", question.program))

    def blank(match: re.Match[str]) -> str:
        index = int(match[1] or match[2]) - 1
        return f'<span class="blank" data-blank="{index}">{html.escape(picks[index]) if picks else ""}</span>'

    # A blank after a dot is an attribute to the lexer, elsewhere a name: both are one span, which the blank replaces.
    # In a comment or a string it is a part of a larger span.
    return re.sub(r'<span class="\w+">BLANK_(\d)_</span>|BLANK_(\d)_', blank, marked)
