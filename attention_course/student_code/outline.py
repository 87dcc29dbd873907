"""Outline: what an answer's text is made of. For the rare test of how, not what: dead code has an outline, too."""

import ast
import warnings
from collections.abc import Sequence
from typing import Any

MOST_CODE = 80  # characters of what is called


def outline(cells: Sequence[str]) -> dict[str, Any]:
    """Return what a text calls, imports and defines, and how many loops it has, comprehensions among them.

    Raises SyntaxError where it is no Python. A hostile text can crash the process that parses it.
    """
    found: dict[str, Any] = {"calls": [], "imports": [], "defines": [], "loops": 0}
    for number, source in enumerate(cells, 1):
        with warnings.catch_warnings(action="ignore"):  # of a backslash in a text, say
            tree = ast.parse(source, f"<answer {number}>")
        for node in ast.walk(tree):
            _add(found, node)
    return found


def _add(found: dict[str, Any], node: ast.AST) -> None:
    match node:
        case ast.Call():
            found["calls"].append(ast.unparse(node.func)[:MOST_CODE])
        case ast.For() | ast.While() | ast.AsyncFor() | ast.comprehension():
            found["loops"] += 1
        case ast.Import():
            found["imports"] += [alias.name for alias in node.names]
        case ast.ImportFrom():
            found["imports"] += [f"{node.module or '.'}.{alias.name}" for alias in node.names]
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            found["defines"].append(node.name)
