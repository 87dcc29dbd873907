"""Encode: a value becomes JSON, and the raw bytes of its tensors.

    value = null | bool | number | text | [value…] | {"tuple": [value…]} | {"dict": [[key, value]…]}
          | {"tensor": [dtype, shape, order, requires_grad]} | {"array": [dtype, shape]} | {"dtype": name}
          | {"remote": [path, type]}

A tensor's bytes stand in the order of the text. `order` is null, or says how the axes lie in memory where they do not
lie in order: a transposed tensor arrives transposed, so that code which needs a contiguous one fails as it should.
"""

import sys
from collections.abc import Callable
from typing import Any

from attention_course.errors import Unsendable
from attention_course.student_code.limits import ITEM_BYTES, MOST_AXES, MOST_BYTES, MOST_DEPTH, MOST_PARTS, fits


def _refuse(value: Any) -> Any:
    raise Unsendable(f"an object of type {type(value).__name__} cannot be sent")


class Encoder:
    """Encodes the values of one frame, and gathers their bytes in `blobs`.

    `refer` gives the JSON of an object that has no value, or raises Unsendable.
    """

    def __init__(self, refer: Callable[[Any], Any] = _refuse) -> None:
        self.blobs: list[bytes] = []
        self._refer = refer
        self._parts = self._bytes = 0

    def encode(self, value: Any, depth: int = 0) -> Any:
        """Return a value's JSON; raise Unsendable where it has none."""
        self._parts += 1
        if depth > MOST_DEPTH:
            raise Unsendable(f"a value that is nested more than {MOST_DEPTH} deep, or contains itself, cannot be sent")
        if self._parts > MOST_PARTS:
            raise Unsendable(f"a value of more than {MOST_PARTS:,} parts cannot be sent")
        if value is None or isinstance(value, bool | int | float | str):
            return _plain(value)
        if isinstance(value, tuple):  # torch.Size and named tuples, too
            return {"tuple": [self.encode(item, depth + 1) for item in tuple.__iter__(value)]}
        if isinstance(value, list):
            return [self.encode(item, depth + 1) for item in list.__iter__(value)]
        if isinstance(value, dict):
            return {"dict": [self._pair(key, item, depth) for key, item in dict.items(value)]}
        return self._of_a_library(value)

    def _pair(self, key: Any, value: Any, depth: int) -> list[Any]:
        if key is not None and not isinstance(key, bool | int | float | str):
            raise Unsendable(f"a dict with a key of type {type(key).__name__} cannot be sent")
        return [self.encode(key, depth + 1), self.encode(value, depth + 1)]

    def _of_a_library(self, value: Any) -> Any:
        """Encode what is numpy's or torch's; where nobody has imported them, nothing is."""
        torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
        if torch and isinstance(value, torch.Tensor):
            return {"tensor": self._tensor(torch, value)}
        if torch and isinstance(value, torch.dtype):
            return {"dtype": _name(value)}
        for kind, plain in ((numpy.bool_, bool), (numpy.integer, int), (numpy.floating, float)) if numpy else ():
            if isinstance(value, kind):
                return _plain(plain(value))
        if numpy and isinstance(value, numpy.ndarray):
            return {"array": self._array(numpy, value)}
        return self._refer(value)

    def _tensor(self, torch: Any, tensor: Any) -> list[Any]:
        name = _name(tensor.dtype)
        if tensor.layout is not torch.strided or name not in ITEM_BYTES or tensor.dim() > MOST_AXES:
            raise Unsendable(f"a tensor of {tensor.dtype}, {tensor.layout}, with {tensor.dim()} axes cannot be sent")
        self._count(tensor.numel() * ITEM_BYTES[name])
        try:
            plain = tensor.detach().cpu().resolve_conj().resolve_neg()
            order = _order(plain)
            dense = plain.permute(order or list(range(plain.dim()))).contiguous()
            self.blobs.append(dense.flatten().view(torch.uint8).numpy().tobytes() if dense.numel() else b"")
        except (RuntimeError, TypeError, NotImplementedError) as error:  # on the device "meta", inside of vmap …
            raise Unsendable(f"a tensor without values of its own cannot be sent ({type(error).__name__})") from None
        return [name, list(tensor.shape), order, bool(tensor.requires_grad)]

    def _array(self, numpy: Any, array: Any) -> list[Any]:
        name = str(array.dtype)
        if name not in ITEM_BYTES or array.ndim > MOST_AXES:
            raise Unsendable(f"an array of {name} with {array.ndim} axes cannot be sent")
        self._count(array.size * ITEM_BYTES[name])
        self.blobs.append(numpy.ndarray.tobytes(array))
        return [name, list(array.shape)]

    def _count(self, size: int) -> None:
        self._bytes += size
        if self._bytes > MOST_BYTES:
            raise Unsendable(f"more than {MOST_BYTES >> 20} MB of tensors cannot be sent")


def _plain(value: Any) -> Any:
    """Return a scalar of a subclass as one of Python's own."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if not fits(int(value)):
            raise Unsendable("an integer of more than 64 bits cannot be sent")
        return int(value)
    if isinstance(value, float):
        return float(value)
    text = str.__str__(value)
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Unsendable("a text with half a character in it cannot be sent")
    return text


def _name(dtype: Any) -> str:
    return str(dtype).removeprefix("torch.")


def _order(tensor: Any) -> list[int] | None:
    """Return the axes as they lie in memory; None where they lie in order, or not densely."""
    if tensor.is_contiguous():
        return None
    order = sorted(range(tensor.dim()), key=lambda axis: -tensor.stride(axis))
    return order if tensor.permute(order).is_contiguous() else None
