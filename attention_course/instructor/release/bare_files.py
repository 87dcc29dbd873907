"""Bare files: the package as a release carries it, without what only those need who read the source."""

import ast
import io
import re
import tokenize
from collections.abc import Collection
from functools import cache

BLOCK_COMMENT = re.compile(r"/\*[^*]*(?:\*(?!/)[^*]*)*\*/ ?")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def bare(files: dict[str, str], public: Collection[str]) -> dict[str, str]:
    """Return files without comments and docstrings; what is `public` keeps its docstring, for `help`.

    Every line keeps its number, so that a traceback leads to the source.
    """
    return {name: _bare(name, text, frozenset(public)) for name, text in files.items()}


@cache  # where all lessons are released, each brings nearly the same files
def _bare(name: str, text: str, public: frozenset[str]) -> str:
    if name.endswith(".json"):  # data has no comments
        return text
    return _bare_python(text, public) if name.endswith(".py") else _bare_page(text)


def _bare_page(text: str) -> str:
    """Return a script or a style without its block comments, which are types for the most part."""
    return BLOCK_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def _bare_python(text: str, public: Collection[str]) -> str:
    lines = text.split("\n")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, DOCUMENTED) or not ast.get_docstring(node) or getattr(node, "name", "") in public:
            continue
        docstring = node.body[0]
        first, end = docstring.lineno - 1, docstring.end_lineno or docstring.lineno
        lines[first:end] = [""] * (end - first)
        if len(node.body) == 1 and not isinstance(node, ast.Module):
            lines[first] = f"{' ' * docstring.col_offset}..."
    return "\n".join(lines)
