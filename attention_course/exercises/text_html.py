"""The light markup of prompts and explanations, and program code, as safe HTML."""

import functools
import html
import re

from attention_course.exercises import roles

_SPAN = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*")


def inline(text: str) -> str:
    """Return one paragraph as HTML: `code`, in which roles are marked, and **strong**, all else escaped."""
    parts, end = [], 0
    for match in _SPAN.finditer(text):
        parts.append(html.escape(text[end : match.start()]))
        code, strong = match.groups()
        parts.append(f"<code>{roles.in_text(code)}</code>" if code else f"<strong>{html.escape(strong)}</strong>")
        end = match.end()
    return "".join([*parts, html.escape(text[end:])])


def paragraphs(text: str) -> str:
    """Return a text as HTML, paragraphs parted by blank lines."""
    return "".join(f"<p>{inline(' '.join(part.split()))}</p>" for part in re.split(r"\n\s*\n", text.strip()) if part)


@functools.lru_cache(maxsize=256)
def code(source: str) -> str:
    """Return Python source as HTML spans with Pygments' short class names, to stand in a <pre>."""
    from pygments import highlight  # takes long to import
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    # The lexer's own stripping would eat a first line's indentation.
    marked = highlight(source, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True)).rstrip("\n")
    return roles.in_tokens(source, marked)
