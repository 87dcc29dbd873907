"""Shapes as people type them: `(B, T, D)`, `2, 5, 8`, `[B, H*d]`, `(T,)`."""

import ast
import re
from collections.abc import Mapping

Shape = tuple[int, ...]
SIGNS = str.maketrans({"×": "*", "·": "*", "⋅": "*", "−": "-", "[": "(", "]": ")"})
MOST = 10**9  # of one axis


def shape(text: str, sizes: Mapping[str, int]) -> Shape:
    """Return the shape that a text is, in numbers; raise ValueError with a sentence where it is none.

    An axis is a number, a symbol that `sizes` has, or made of them by * + - and /. A single one is a shape with one
    axis, and `()` is that of a single number.
    """
    if "×" in text and "," not in text:
        raise ValueError(f"Put commas between the axes: write a shape {example(sizes)}.")
    plain = re.sub(r"^\s*(torch\.)?Size\s*(?=\()", "", text.translate(SIGNS)).strip()
    try:
        tree = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ValueError(f"{text.strip()!r} is no shape: write it {example(sizes)}.") from None
    axes = tree.elts if isinstance(tree, ast.Tuple) else [tree]
    return tuple(_size(axis, text, sizes) for axis in axes)


def example(sizes: Mapping[str, int]) -> str:
    """Say how a shape is written: "as (B, T) or in numbers, as (2, 5)"."""
    names = list(sizes)[:3]
    numbers = f"in numbers, as ({', '.join(str(sizes[name]) for name in names) or '2, 5'})"
    return f"as ({', '.join(names)}) or {numbers}" if len(names) > 1 else numbers


def written(axes: Shape, sizes: Mapping[str, int]) -> str:
    """Return a shape in symbols, as far as its sizes are those of symbols: "(B, T, 24)"."""
    names = {size: name for name, size in reversed([*sizes.items()])}
    said = [names.get(axis, str(axis)) for axis in axes]
    return f"({said[0]},)" if len(said) == 1 else f"({', '.join(said)})"


def _size(node: ast.expr, text: str, sizes: Mapping[str, int]) -> int:
    size = _computed(node, text, sizes)
    if not 0 <= size <= MOST:
        raise ValueError(f"{ast.unparse(node)[:20]} is the size of no axis.")
    return size


def _computed(node: ast.expr, text: str, sizes: Mapping[str, int]) -> int:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.Name):
        if node.id in sizes:
            return sizes[node.id]
        product = " A product is written with *." if len(node.id) > 1 else ""
        known = f"write {', '.join(sizes)} or a number" if sizes else "write a number"
        raise ValueError(f"{node.id!r} is no size here: {known}.{product}")
    if isinstance(node, ast.BinOp):
        left, right = _computed(node.left, text, sizes), _computed(node.right, text, sizes)
        if isinstance(node.op, ast.Mult):
            return left * right
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Sub):
            return left - right
        if isinstance(node.op, ast.Div | ast.FloorDiv):
            if not right or left % right:
                raise ValueError(f"{ast.unparse(node)} is no whole number.")
            return left // right
    raise ValueError(f"{text.strip()!r} is no shape: write it {example(sizes)}.")
