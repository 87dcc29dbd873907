"""Student: what a test holds of a student's code, which runs elsewhere. Values go there and come back."""

import contextlib
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Any

from attention_course.errors import Garbled, StudentError, Unsendable
from attention_course.student_code.call import Call
from attention_course.student_code.decode import decode
from attention_course.student_code.encode import Encoder
from attention_course.student_code.frames import pack, parse
from attention_course.student_code.limits import MOST_SOURCE, SECONDS
from attention_course.student_code.link import Link
from attention_course.student_code.remote import Remote
from attention_course.student_code.trouble import printed, student_error


class Student:
    """A student's code: `student.attention(q, k, v)` calls what it defined and returns the value, a copy.

    Whatever keeps a value from coming raises StudentError. An own method hides a student's function of the same name;
    `student.call("value", ...)` calls that. What has no value, such as a module, is a Remote.
    """

    def __init__(
        self,
        answer: str | Sequence[str],
        connect: Callable[[], Link],
        *,
        seed: int | None = 0,
        seconds: float = SECONDS,
    ) -> None:
        self._cells = [answer] if isinstance(answer, str) else list(answer)
        self._connect, self._seconds = connect, seconds
        self._ended: StudentError | None = None
        if sum(map(len, self._cells)) > MOST_SOURCE:
            too_long = f"the answer is longer than {MOST_SOURCE:,} characters, so it is not run"
            raise StudentError("Unsendable", too_long, cause="unsendable")
        self._link = connect()
        try:
            reply, _ = self._ask({"do": "load", "cells": self._cells, "seed": seed})
        except BaseException:
            self.close()
            raise
        self.printed = printed(reply)

    def __getattr__(self, name: str) -> Remote:
        if name.startswith("_"):
            raise AttributeError(name)
        return Remote(self, [name])

    def __enter__(self) -> "Student":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that runs the code; a later call raises StudentError."""
        self._ended = self._ended or StudentError("Ended", "the answer was closed", cause="ended")
        self._link.close()

    def call(
        self,
        function: str | Remote,
        /,
        *positional: Any,
        upstream: Any = None,
        look_back: bool = False,
        seed: int | None = None,
        seconds: float | None = None,
        **named: Any,
    ) -> Call:
        """Call a function and return all about the call.

        `upstream` is the gradient that flows into the result, or one for each of several results. `look_back` asks
        for the arguments afterwards. `seed` makes draws those that `torch.manual_seed(seed)` gives here. A parameter
        of the function that has one of these names is given by position.
        """
        return self._call(function, positional, named, upstream, seconds, look_back=look_back, seed=seed)

    def new(self, name: str, /, *positional: Any, **named: Any) -> Remote:
        """Make an object of a student's class; it stays there."""
        return self._call(name, positional, named, stays=True).value

    def value(self, remote: Remote) -> Any:
        """Fetch what a path leads to: `student.value(model.wq.weight.grad)`."""
        reply, data = self._ask({"do": "get", "path": remote._path})
        return self._decoded([reply.get("value")], data)[0]

    @contextlib.contextmanager
    def raises(self, kind: str, match: str = "") -> Iterator[None]:
        """Expect the code to raise this exception, or a kind of it, with a message in which the pattern is found."""
        try:
            yield
        except StudentError as error:
            is_one = error.cause == "raised" and kind in (error.kind, *error.bases)
            if not is_one or not re.search(match, error.message):
                raise
        else:
            raise AssertionError(f"no {kind} was raised")

    def outline(self, *, own: bool = False) -> dict[str, Any]:
        """Return what the answer calls, imports and defines, and how many loops it has; `own`: its last cell alone.

        It is parsed where the student's code has not run: there it might lie, and to parse it might end this process.
        """
        with Student([], self._connect, seconds=self._seconds) as clean:
            reply, data = clean._ask({"do": "outline", "cells": self._cells[-1:] if own else self._cells})
            return clean._decoded([reply.get("value")], data)[0]

    def _call(
        self,
        function: str | Remote,
        positional: Sequence[Any],
        named: dict[str, Any],
        upstream: Any = None,
        seconds: float | None = None,
        **about: Any,
    ) -> Call:
        encoder = Encoder(self._refer)
        arguments = encoder.encode((list(positional), named, upstream))
        path = [function] if isinstance(function, str) else function._path
        cpu, begun = self._link.cpu(), perf_counter()
        reply, data = self._ask({"do": "call", "path": path, "arguments": arguments, **about}, encoder.blobs, seconds)
        passed, cpu = perf_counter() - begun, self._link.cpu() - cpu
        parts = [reply.get("value"), reply.get("arguments", [[], {"dict": []}]), reply.get("gradients", [])]
        value, back, gradients = self._decoded(parts, data)
        return Call(value, printed(reply), *_pair(back), gradients, passed, cpu, self._link.memory())

    def _ask(
        self, request: dict[str, Any], blobs: Sequence[bytes] = (), seconds: float | None = None
    ) -> tuple[dict[str, Any], bytes]:
        if self._ended:
            raise self._ended
        request["id"] = secrets.token_hex(8)  # a reply that was written before the question is none
        frame = pack(request, blobs)
        try:
            text, data = self._link.exchange(frame, seconds or self._seconds)
            reply = parse(text)
            if reply.get("id") != request["id"]:
                raise Garbled("a reply to no question")
        except StudentError as error:
            raise self._end(error) from None
        except Garbled as error:
            raise self._end(_garbled(error)) from None
        if "raised" in reply:
            raise student_error(reply)
        return reply, data

    def _decoded(self, values: list[Any], data: bytes) -> list[Any]:
        try:
            return decode(values, data, lambda path, kind: Remote(self, path, kind))
        except Garbled as error:
            raise self._end(_garbled(error)) from None

    def _refer(self, thing: Any) -> dict[str, Any]:
        if isinstance(thing, Remote) and thing._student is self:
            return {"remote": [thing._path, ""]}
        raise Unsendable(f"an object of type {type(thing).__name__} cannot be sent to a student's function")

    def _end(self, error: StudentError) -> StudentError:
        """Have the process ended; from now on every call raises this."""
        self._ended = error
        self.close()
        return error


def _garbled(error: Garbled) -> StudentError:
    return StudentError("Garbled", f"the answer's process sent {error}, so it was ended", cause="garbled")


def _pair(back: Any) -> tuple[Any, Any]:
    return (back[0], back[1]) if isinstance(back, list) and len(back) == 2 else ([], {})
