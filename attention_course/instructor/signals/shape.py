"""The shape of code: what is left of it when names of its own, comments, docstrings and annotations are taken away."""

import ast
from collections.abc import Iterator

Statements = frozenset[str]


def shape(source: str) -> str:
    """Return the shape of code; attributes, constants and the order of things are kept. "" for what is no Python."""
    try:
        tree = ast.parse(source)
        return ast.dump(_Plain().visit(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def statements(source: str) -> Iterator[tuple[str, int]]:
    """Yield the shape of each simple statement and of each head of a compound one, and how many nodes it has."""
    try:
        nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in nodes:
        if _is_docstring(node):
            continue
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            if isinstance(getattr(node, part, None), list):
                setattr(node, part, [])
        size = sum(1 for _ in ast.walk(node))
        yield ast.dump(_Plain().visit(node)), size


def beyond(source: str, known: Statements) -> int:
    """Return how many nodes of code stand in statements whose shape is not among those that are known."""
    return sum(size for told, size in statements(source) if told not in known)


class _Plain(ast.NodeTransformer):
    """Numbers the names in the order in which they come, and leaves out what is for people."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def _number(self, name: str) -> str:
        return self.names.setdefault(name, str(len(self.names)))

    def visit(self, node: ast.AST) -> ast.AST:
        """Look at one node, and at all in it."""
        if not isinstance(node, ast.keyword | ast.alias):  # what is called and imported is nobody's own name
            for name in ("id", "arg", "name"):
                if isinstance(getattr(node, name, None), str):
                    setattr(node, name, self._number(getattr(node, name)))
        for name in ("annotation", "returns"):
            if hasattr(node, name):
                setattr(node, name, None)
        body = getattr(node, "body", None)
        if isinstance(body, list):
            body[:] = [one for one in body if not _is_docstring(one)]
        return self.generic_visit(node)


def _is_docstring(node: ast.AST) -> bool:
    """Is this a text that stands by itself?"""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
