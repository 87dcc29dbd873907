"""Looking: what can be said of a text of code before it runs. It is parsed here, so only at home."""

import ast
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attention_course.student_code.trouble import COMMAND

FILENAME = "<your cell>"
BLOCKS = (ast.stmt, ast.ExceptHandler)
INPUT = (
    "Your code asks with input() for something to be typed, and nobody is there who types: take that out of the cell."
)


@dataclass(frozen=True)
class Look:
    """Why a text is not run, in a sentence ("" where it may be), its line (None: of all)."""

    trouble: str = ""
    line: int | None = None
    code: str = ""


def look(text: str, defines: Sequence[str]) -> Look:
    """Say what keeps a text from being an answer that defines these names."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of a backslash in a text, say
            tree = ast.parse(text, FILENAME)
            compile(tree, FILENAME, "exec", dont_inherit=True)  # refuses more: a return outside of a function, say
    except SyntaxError as error:
        return _not_python(text, error)
    except (ValueError, RecursionError, MemoryError) as error:
        return Look(f"Your cell cannot be read as Python: {error}.")
    bound = dict(_bound(tree.body))
    for name in defines:
        if name not in bound:
            return Look(_not_defined(name, bound))
        if (line := _overwritten(bound[name])) is not None:
            what = f"Line {line} gives the name {name} to something that cannot be called, so nothing is left to check."
            return Look(what, line, _line(text, line))
    if (line := _asks_for_input(tree, bound)) is not None:
        return Look(INPUT, line, _line(text, line))
    return Look()


def _not_python(text: str, error: SyntaxError) -> Look:
    line = error.lineno or 1
    code = _line(text, line)
    if COMMAND.match(code):
        return Look(f"Line {line} is a command for the notebook, not Python: take it out of the answer.", line, code)
    return Look(f"Your cell is no Python yet: {error.msg}, in line {line}.", line, code)


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def _not_defined(name: str, bound: dict[str, ast.AST]) -> str:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    others = [other for other, node in bound.items() if isinstance(node, functions)]
    instead = f"It defines {', '.join(others[:5])}." if others else "It defines no function."
    return f"Your cell does not define {name}, which is what is asked for. {instead}"


def _bound(body: Sequence[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Yield each name that is given outermost, in order, also within an `if`, `try` or `with` that stands there."""
    for node in body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node
                continue
            case ast.Assign() | ast.AugAssign() | ast.AnnAssign() | ast.For():
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = [part for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
                yield from ((name.id, node) for name in names)
            case ast.Import() | ast.ImportFrom():
                yield from (((alias.asname or alias.name).split(".")[0], node) for alias in node.names)
        for part in ("body", "handlers", "orelse", "finalbody"):
            yield from _bound([inner for inner in getattr(node, part, []) if isinstance(inner, BLOCKS)])


def _overwritten(node: ast.AST) -> int | None:
    """Return the line in which a name is given to what is surely no function, None where it may be one."""
    plain = (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.BinOp, ast.Compare, ast.JoinedStr, ast.ListComp)
    is_plain = isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, plain)
    return node.lineno if is_plain or isinstance(node, ast.For) else None  # type: ignore[attr-defined]


def _asks_for_input(tree: ast.Module, bound: dict[str, ast.AST]) -> int | None:
    given = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    given |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    if "input" in given | bound.keys():
        return None
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return next((call.lineno for call in calls if call.func.id == "input"), None)  # type: ignore[attr-defined]
