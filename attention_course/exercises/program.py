"""Runs a filled program: what it defined, printed and raised."""

import ast
import contextlib
import io
import random
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

FILENAME = "<your program>"
_one_at_a_time = threading.RLock()  # random state and standard streams belong to the whole process


@dataclass(frozen=True)
class ProgramError:
    """What a program raised: the error's class, its message, and the program's line (number from 1 and text)."""

    kind: str
    message: str
    line: int | None
    code: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.message}" if self.message else self.kind


@dataclass(frozen=True)
class Run:
    """The outcome of one run; `run["name"]` is what the program defined under that name."""

    names: dict[str, Any] = field(repr=False)
    printed: str
    error: ProgramError | None
    value: Any = None  # of the last line, where that is an expression

    def __getitem__(self, name: str) -> Any:
        return self.names[name]


def run(source: str, *, seed: int = 0, given: Mapping[str, Any] | None = None) -> Run:
    """Run a program in a namespace of its own, with torch, numpy and random seeded.

    `given` are names the program finds defined. Whatever it prints, also to stderr, is caught; whatever it raises is
    returned, not raised. The process's random states and streams are left as they were.
    """
    names: dict[str, Any] = {"__name__": "__main__", **(given or {})}
    error, value = None, None
    with _one_at_a_time, _seeded(seed, source), _caught_output() as printed:
        try:
            value = _execute(source, names)
        except (Exception, SystemExit) as raised:
            error = _describe(raised, source)
    return Run({name: names[name] for name in names if name != "__builtins__"}, printed.getvalue(), error, value)


def parses(source: str) -> str:
    """Return why a text is no Python, "" where it is."""
    problem = parses_at(source)
    return f"{problem[0]} in line {problem[1]}" if problem else ""


def parses_at(source: str) -> tuple[str, int] | None:
    """Return why a text is no Python and in which line, counted from 1; None where it is."""
    try:
        ast.parse(source)
    except SyntaxError as error:
        return error.msg, error.lineno or 1
    return None


def _execute(source: str, names: dict[str, Any]) -> Any:
    tree = ast.parse(source, FILENAME)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, FILENAME, "exec"), names)
        return None
    exec(compile(ast.Module(tree.body[:-1], []), FILENAME, "exec"), names)
    return eval(compile(ast.Expression(last.value), FILENAME, "eval"), names)


def _describe(raised: BaseException, source: str) -> ProgramError:
    lines = [frame.lineno for frame in traceback.extract_tb(raised.__traceback__) if frame.filename == FILENAME]
    # A SyntaxError of the program itself has no frame in it, and says by itself where it is.
    line = raised.lineno if isinstance(raised, SyntaxError) and not lines else lines[-1] if lines else None
    message = raised.msg if isinstance(raised, SyntaxError) else str(raised)
    code = source.splitlines()[line - 1].strip() if line and line <= len(source.splitlines()) else ""
    return ProgramError(type(raised).__name__, message or "", line, code)


@contextlib.contextmanager
def _seeded(seed: int, source: str) -> Iterator[None]:
    """Seed the random generators and put their states back; a library that nobody uses stays unimported."""
    with contextlib.ExitStack() as stack:
        stack.callback(random.setstate, random.getstate())
        random.seed(seed)
        # A library that cannot be imported, for whatever reason, is for the program to stumble over, in sight.
        with contextlib.suppress(Exception):
            if "numpy" in sys.modules or "numpy" in source:
                import numpy

                stack.callback(numpy.random.set_state, numpy.random.get_state())
                numpy.random.seed(seed)
        with contextlib.suppress(Exception):
            if "torch" in sys.modules or "torch" in source:
                import torch

                stack.enter_context(torch.random.fork_rng(devices=[]))
                torch.default_generator.manual_seed(seed)  # torch.manual_seed would reseed graphics cards, too
        yield


class _OneThread:
    """A stream that keeps what one thread writes and is, to all the others, the stream it stands for.

    An attempt is judged in a thread of its own while a cell of the notebook may be printing.
    """

    def __init__(self, kept: io.StringIO, stream: TextIO) -> None:
        self._kept, self._stream, self._thread = kept, stream, threading.get_ident()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kept if threading.get_ident() == self._thread else self._stream, name)


@contextlib.contextmanager
def _caught_output() -> Iterator[io.StringIO]:
    kept = io.StringIO()
    with (
        contextlib.redirect_stdout(_OneThread(kept, sys.stdout)),
        contextlib.redirect_stderr(_OneThread(kept, sys.stderr)),
    ):
        yield kept
