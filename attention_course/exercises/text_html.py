"""The light markup of prompts and explanations, and program code, as safe HTML."""

import functools
import html
import re

from attention_course.exercises import roles

_SPAN = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|\*\*(?P<strong>.+?)\*\*"
    r"|(?<![\w*])\*(?P<em>[^\s*](?:[^*]*[^\s*])?)\*(?![\w*])"  # a product has spaces, or letters, at its stars
)
_SUBSCRIPT = re.compile(r"\b([A-Za-z])_([A-Za-z0-9])\b")  # d_k, but no name such as seq_len


def inline(text: str) -> str:
    """Return one paragraph as HTML: `code`, **strong**, *stressed* and d_k with its subscript, all else escaped."""
    parts, end = [], 0
    for match in _SPAN.finditer(text):
        parts.append(_words(text[end : match.start()]))
        tag = str(match.lastgroup)
        parts.append(snippet(match[tag]) if tag == "code" else f"<{tag}>{inline(match[tag])}</{tag}>")
        end = match.end()
    return "".join([*parts, _words(text[end:])])


def with_subscripts(text: str) -> str:
    """Return a text that is no code, in which each d_k is written d<sub>k</sub>, as HTML and Markdown have it."""
    return _SUBSCRIPT.sub(r"\1<sub>\2</sub>", text)


def _words(text: str) -> str:
    return with_subscripts(html.escape(text))


def paragraphs(text: str) -> str:
    """Return a text as HTML, paragraphs parted by blank lines."""
    return "".join(f"<p>{inline(' '.join(part.split()))}</p>" for part in re.split(r"\n\s*\n", text.strip()) if part)


def snippet(text: str) -> str:
    """Return a piece of code within a text as HTML, with the names of roles in it marked."""
    return f"<code>{roles.marked_text(text)}</code>"


@functools.lru_cache(maxsize=256)
def code(source: str) -> str:
    """Return Python source as HTML spans with Pygments' short class names and the roles marked, to stand in a <pre>."""
    from pygments import highlight  # takes long to import
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    # The lexer's own stripping would eat a first line's indentation.
    highlighted = highlight(source, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True)).rstrip("\n")
    return roles.marked_tokens(source, highlighted)
