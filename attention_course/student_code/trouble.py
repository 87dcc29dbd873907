"""Trouble: what student-written code raised, as texts that may travel, and as the StudentError that a test meets."""

import collections
import linecache
import re
from types import TracebackType
from typing import Any

from attention_course.errors import StudentError
from attention_course.student_code.limits import LONGEST_LINE, LONGEST_NAME, MOST_MESSAGE, MOST_PRINTED

CELL = "<answer {}>"  # the file name of an answer's cell
MOST_LINES = 5
MOST_BASES = 8
NOT_PRINTABLE = re.compile("[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]")
# A line that only a notebook understands: %magic, !command, names = !command, help? and ?help.
COMMAND = re.compile(r"\s*([%!?]|[\w., ]+=\s*[%!]|.*\?\s*$)")


def describe(error: BaseException, spaces: list[dict[str, Any]]) -> dict[str, Any]:
    """Return class, message and lines of an exception; the lines are those of functions of these namespaces."""
    message = str(error.msg) if isinstance(error, SyntaxError) else _text(error)
    lines = _lines(error.__traceback__, spaces)
    if isinstance(error, SyntaxError) and not lines and _cell(error.filename or ""):
        lines.append([_cell(error.filename or ""), error.lineno or 1, (error.text or "").strip()[:LONGEST_LINE]])
        if COMMAND.match(error.text or ""):
            message = "this line is a command for the notebook, not Python, so take it out of the answer"
    if isinstance(error, EOFError) and message.startswith("EOF when reading"):
        message = "nobody is there who types, so take input() out of the answer"
    kind = type(error).__name__[:LONGEST_NAME]
    return {"kind": kind, "message": message[:MOST_MESSAGE], "lines": lines, "bases": _bases(type(error))}


def _bases(kind: type) -> list[str]:
    """Return the names of Python's own exceptions that a class is made of."""
    return [each.__name__ for each in kind.__mro__[1:] if each.__module__ == "builtins"][:MOST_BASES]


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:  # a class of the student's may have a faulty __str__
        return ""


def _lines(trace: TracebackType | None, spaces: list[dict[str, Any]]) -> list[list[Any]]:
    lines: collections.deque[list[Any]] = collections.deque(maxlen=MOST_LINES)
    while trace:
        code = trace.tb_frame.f_code
        if any(trace.tb_frame.f_globals is names for names in spaces):
            text = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            lines.append([_cell(code.co_filename), trace.tb_lineno, text[:LONGEST_LINE]])
        trace = trace.tb_next
    return list(lines)


def _cell(filename: str) -> int:
    """Return the number of the answer's cell that a file name stands for; 0 for none."""
    found = re.fullmatch(CELL.format(r"(\d{1,4})"), filename)
    return int(found[1]) if found else 0


def remember(number: int, source: str) -> str:
    """Have the lines of an answer's cell found by its file name, which is returned."""
    name = CELL.format(number)
    linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
    return name


def clean(text: Any, most: int) -> str:
    """Return a text that came as one that may be shown: no control characters, not too long; "" where it is none."""
    return NOT_PRINTABLE.sub("", text[:most]) if type(text) is str else ""


def student_error(reply: dict[str, Any]) -> StudentError:
    """Return the error that a reply tells of, made of harmless texts, whatever it says."""
    raised = reply["raised"] if type(reply["raised"]) is dict else {}
    kind = clean(raised.get("kind"), LONGEST_NAME)
    line, code = _line(raised.get("lines"))
    cause = raised.get("cause")
    return StudentError(
        kind if kind.isidentifier() else "Error",
        clean(raised.get("message"), MOST_MESSAGE),
        line=line,
        code=code,
        printed=printed(reply),
        cause=cause if cause in ("refused", "unsendable") else "raised",
        bases=_names(raised.get("bases")),
    )


def _names(found: Any) -> tuple[str, ...]:
    return tuple(clean(name, LONGEST_NAME) for name in found[:MOST_BASES]) if type(found) is list else ()


def _line(found: Any) -> tuple[int | None, str]:
    """Return number and text of the innermost line in the student's own cell, the last one: others were given."""
    lines = found[:MOST_LINES] if type(found) is list else []
    lines = [line for line in lines if type(line) is list and [*map(type, line)] == [int, int, str]]
    if not lines:
        return None, ""
    _, number, code = max(reversed(lines), key=lambda line: line[0])
    return number, clean(code, LONGEST_LINE)


def printed(reply: dict[str, Any]) -> str:
    """Return what a reply says was printed."""
    return clean(reply.get("printed"), MOST_PRINTED + 100)  # the number of characters left out stands behind them
