"""Host: has a student's names, and does with them what a test asks for.

It stands where the student's code runs, in the locked process or at home in their kernel. There the code may have
rewritten it: nothing here decides anything.
"""

import builtins
import warnings
from collections.abc import Callable
from typing import Any

from attention_course.errors import Unsendable
from attention_course.student_code.decode import decode
from attention_course.student_code.encode import Encoder
from attention_course.student_code.frames import pack
from attention_course.student_code.limits import LONGEST_NAME
from attention_course.student_code.outline import outline
from attention_course.student_code.printed import Printed
from attention_course.student_code.randomness import Randomness
from attention_course.student_code.trouble import describe, remember

Request = dict[str, Any]


class Host:
    """Answers requests, one after another.

    `names` is the namespace of the student's code. Where it `has_run` already, loading runs nothing. `refusal` says
    why the place where this runs, and not the student, is to blame for an exception, or "". What is in `not_caught`,
    such as the student's own click on *Stop*, is raised.
    """

    def __init__(
        self,
        names: dict[str, Any],
        *,
        has_run: bool = False,
        refusal: Callable[[BaseException], str] = lambda error: "",
        not_caught: tuple[type[BaseException], ...] = (),
    ) -> None:
        self.names, self.spaces, self.has_run = names, [names], has_run
        self.refusal, self.not_caught = refusal, not_caught
        self.objects: list[Any] = []
        self.printed, self.randomness = Printed(), Randomness()
        self.answers: dict[str, Callable[[Request, bytes, Encoder], dict[str, Any]]] = {
            "load": self._load,
            "outline": self._outline,
            "get": self._get,
            "call": self._call,
        }

    def answer(self, request: Request, data: bytes) -> bytes:
        """Do what is asked, and return the reply's frame."""
        encoder = Encoder(self._keep)
        with self.printed.catching(), self.randomness.used():
            try:
                reply = self.answers[request["do"]](request, data, encoder)
            except self.not_caught:
                raise
            except BaseException as error:  # SystemExit, too
                reply, encoder = {"raised": self._described(error)}, Encoder()
        reply |= {"id": request["id"], "printed": self.printed.taken()}
        try:
            return pack(reply, encoder.blobs)
        except Unsendable as error:
            return pack({"id": request["id"], "printed": "", "raised": self._described(error)})

    def _described(self, error: BaseException) -> dict[str, Any]:
        described = describe(error, self.spaces)
        if isinstance(error, Unsendable):
            return described | {"cause": "unsendable", "lines": []}
        reason = self.refusal(error)
        return described | ({"cause": "refused", "message": reason} if reason else {})

    def _load(self, request: Request, data: bytes, encoder: Encoder) -> dict[str, Any]:
        """Run the cells of an answer, one after another, in one namespace."""
        self._seed(request)
        if not self.has_run:
            self.names.setdefault("display", print)  # a notebook has it as if it were Python's
            for number, source in enumerate(request["cells"], 1):
                self._uncover()
                with warnings.catch_warnings(action="ignore"):  # of a backslash in a text, say
                    code = compile(source, remember(number, source), "exec", dont_inherit=True)
                exec(code, self.names)
        return {}

    def _uncover(self) -> None:
        """Give the next cell Python's own names back, which `from torch import *` hides: range, sum, max and others.

        Functions of the cells before keep the names that they have.
        """
        hidden = {name for name in vars(builtins).keys() & self.names.keys() if not name.startswith("_")}
        hidden = {
            name for name in hidden if getattr(self.names[name], "__module__", None) != self.names.get("__name__")
        }
        if hidden:
            self.names = {name: value for name, value in self.names.items() if name not in hidden}
            self.spaces.append(self.names)

    def _outline(self, request: Request, data: bytes, encoder: Encoder) -> dict[str, Any]:
        return {"value": encoder.encode(outline(request["cells"]))}

    def _get(self, request: Request, data: bytes, encoder: Encoder) -> dict[str, Any]:
        return {"value": encoder.encode(self._find(request["path"]))}

    def _call(self, request: Request, data: bytes, encoder: Encoder) -> dict[str, Any]:
        """Call what a path leads to; look back at the arguments and their gradients, where that is asked for."""
        self._seed(request)
        positional, named, upstream = decode(request["arguments"], data, lambda path, kind: self._find(path))
        value = self._find(request["path"])(*positional, **named)
        if upstream is not None:
            _run_backward(value, upstream)
        reply = {"value": self._keep(value) if request.get("stays") else encoder.encode(value)}
        if request.get("look_back"):
            reply["arguments"] = encoder.encode([list(positional), named])
        if upstream is not None:
            reply["gradients"] = encoder.encode([_gradient(argument) for argument in positional])
        return reply

    def _seed(self, request: Request) -> None:
        if request.get("seed") is not None:
            self.randomness.seed(request["seed"])

    def _find(self, path: list[Any]) -> Any:
        """Follow a path: a name or an object's number, then attributes and, in lists of one, keys."""
        first, *rest = path
        if isinstance(first, str) and first not in self.names:
            raise NameError(f"name {first!r} is not defined")
        found = self.names[first] if isinstance(first, str) else self.objects[first]
        for step in rest:
            found = found[step[0]] if isinstance(step, list) else getattr(found, step)
        return found

    def _keep(self, thing: Any) -> dict[str, Any]:
        """Keep an object that has no value, and return how it is referred to."""
        self.objects.append(thing)
        return {"remote": [[len(self.objects) - 1], type(thing).__name__[:LONGEST_NAME]]}


def _run_backward(value: Any, upstream: Any) -> None:
    """Have gradients flow into the result, or into each of several; None flows nowhere."""
    import torch

    outputs, gradients = (each if isinstance(each, tuple | list) else (each,) for each in (value, upstream))
    pairs = [pair for pair in zip(outputs, gradients, strict=True) if pair[1] is not None]
    torch.autograd.backward([output for output, _ in pairs], [gradient for _, gradient in pairs])


def _gradient(argument: Any) -> Any:
    return argument.grad if getattr(argument, "requires_grad", False) else None
