"""Outline: what an answer's text is made of. For the rare test of how, not what: dead code has an outline, too."""

import ast
import warnings
from collections.abc import Sequence
from typing import Any

MOST_CODE = 80  # characters of what is called
MOST_DOTS = 16  # in a name that is looked at


def outline(cells: Sequence[str]) -> dict[str, Any]:
    """Return what a text calls, imports and defines, and how many loops it has, comprehensions among them.

    `uses` are the dotted names that occur, in full: what `M` is after `from torch.nn import MultiheadAttention as M`. A
    name that arises only when the code runs, as by `getattr` or by an assignment, is not followed.

    Raises SyntaxError where it is no Python. A hostile text can crash the process that parses it.
    """
    found: dict[str, Any] = {"calls": [], "imports": [], "defines": [], "loops": 0, "uses": []}
    trees = []
    for number, source in enumerate(cells, 1):
        with warnings.catch_warnings(action="ignore"):  # of a backslash in a text, say
            trees.append(ast.parse(source, f"<answer {number}>"))
    nodes = [node for tree in trees for node in ast.walk(tree)]
    for node in nodes:
        _add(found, node)
    found["uses"] = _uses(nodes)
    return found


def _uses(nodes: Sequence[ast.AST]) -> list[str]:
    """Return the dotted names that are read, each once, beginning with what was imported."""
    called: dict[str, str] = {}  # what a name stands for that an import gave
    stars: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Import):  # `import torch.nn` gives the name torch, which is what it says
            called |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module:
            called |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            stars += [node.module for alias in node.names if alias.name == "*"]
    names: dict[str, None] = {}
    for node in nodes:
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            first, *rest = _path(node)
            if rest or first in called:
                names[".".join([called.get(first, first), *rest])] = None
            elif first:
                names |= {f"{module}.{first}": None for module in stars}
    return [name[:MOST_CODE] for name in names]


def _path(node: ast.expr) -> list[str]:
    """Return the parts of a dotted name, [""] for what does not begin with a name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < MOST_DOTS:
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else [""]


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
