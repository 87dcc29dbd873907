"""Decode: JSON and raw bytes become a value; `encode` describes both. Nothing that comes can run code.

What comes may be hostile. So every length is looked at before it is used, and no more is made than has come.
"""

import math
from collections.abc import Callable
from typing import Any

from attention_course.errors import Garbled
from attention_course.student_code.limits import (
    ITEM_BYTES,
    LONGEST_NAME,
    MOST_AXES,
    MOST_BYTES,
    MOST_DEPTH,
    MOST_PARTS,
    fits,
)

Refer = Callable[[list[Any], str], Any]


def _refuse(path: list[Any], kind: str) -> Any:
    raise Garbled("an object where only a value can be")


def decode(value: Any, data: bytes, refer: Refer = _refuse) -> Any:
    """Return the value that JSON and bytes describe; raise Garbled where they describe none.

    `refer` makes what stands for an object that stayed in the other process, of its path and the name of its type.
    """
    decoder = _Decoder(memoryview(data), refer)
    try:
        result = decoder.value(value, 0)
    except Garbled:
        raise
    except (RuntimeError, ValueError, TypeError, OverflowError) as error:  # torch's or numpy's own
        raise Garbled(f"no value ({type(error).__name__})") from None
    if decoder.at != len(data):
        raise Garbled("bytes that belong to nothing")
    return result


class _Decoder:
    def __init__(self, data: memoryview, refer: Refer) -> None:
        self.data, self.refer = data, refer
        self.at = self.parts = 0

    def value(self, value: Any, depth: int) -> Any:
        self.parts += 1
        if depth > MOST_DEPTH or self.parts > MOST_PARTS:
            raise Garbled("a value that is nested too deeply, or has too many parts")
        if type(value) is list:
            return [self.value(item, depth + 1) for item in value]
        if type(value) is not dict:
            return _scalar(value)
        if len(value) != 1:
            raise Garbled("no value")
        ((kind, content),) = value.items()
        if kind not in MAKERS:
            raise Garbled("a value of no known kind")
        return MAKERS[kind](self, content, depth)

    def _tuple(self, content: Any, depth: int) -> tuple[Any, ...]:
        return tuple(self.value(item, depth + 1) for item in _list(content))

    def _dict(self, content: Any, depth: int) -> dict[Any, Any]:
        pairs = [_list(pair, 2) for pair in _list(content)]
        # Scalars alone: tuples and long integers can be made to collide, and a dict of many such keys takes minutes.
        return {_scalar(key): self.value(item, depth + 1) for key, item in pairs}

    def _tensor(self, content: Any, depth: int) -> Any:
        name, shape, order, grad = _list(content, 4)
        if type(grad) is not bool:
            raise Garbled("no tensor")
        tensor = self._dense(name, shape, order)
        return tensor.requires_grad_() if grad and (tensor.is_floating_point() or tensor.is_complex()) else tensor

    def _array(self, content: Any, depth: int) -> Any:
        name, shape = _list(content, 2)
        if name == "bfloat16":
            raise Garbled("no array")
        return self._dense(name, shape, None).numpy()

    def _dense(self, name: Any, shape: Any, order: Any) -> Any:
        import torch

        if type(name) is not str or name not in ITEM_BYTES or len(_list(shape)) > MOST_AXES:
            raise Garbled("no tensor")
        if not all(type(length) is int and 0 <= length <= MOST_BYTES for length in shape):
            raise Garbled("no tensor's shape")
        axes = list(range(len(shape))) if order is None else _list(order, len(shape))
        if not all(type(axis) is int for axis in axes) or sorted(axes) != list(range(len(shape))):
            raise Garbled("no order of a tensor's axes")
        size = math.prod(shape) * ITEM_BYTES[name]
        if size > len(self.data) - self.at:
            raise Garbled("a tensor that is longer than its bytes")
        part = bytearray(self.data[self.at : self.at + size])
        self.at += size
        lying = [shape[axis] for axis in axes]
        if not size:
            dense = torch.empty(lying, dtype=getattr(torch, name))
        elif name == "bool":  # a byte of 2 would be equal to neither True nor False
            dense = torch.frombuffer(part, dtype=torch.uint8).ne(0).reshape(lying)
        else:
            dense = torch.frombuffer(part, dtype=getattr(torch, name)).reshape(lying)
        return dense.permute([axes.index(axis) for axis in range(len(axes))])

    def _remote(self, content: Any, depth: int) -> Any:
        path, kind = _list(content, 2)
        if type(kind) is not str or len(kind) > LONGEST_NAME:
            raise Garbled("no object")
        return self.refer(_list(path), kind if kind.isidentifier() else "object")

    def _dtype(self, content: Any, depth: int) -> Any:
        import torch

        if type(content) is not str or content not in ITEM_BYTES:
            raise Garbled("no type of numbers")
        return getattr(torch, content)


# Not in the decoder itself: it would then live until the garbage collector finds it, and with it a student's process.
MAKERS: dict[str, Callable[[_Decoder, Any, int], Any]] = {
    "tuple": _Decoder._tuple,
    "dict": _Decoder._dict,
    "tensor": _Decoder._tensor,
    "array": _Decoder._array,
    "dtype": _Decoder._dtype,
    "remote": _Decoder._remote,
}


def _list(content: Any, length: int | None = None) -> list[Any]:
    if type(content) is not list or length not in (None, len(content)):
        raise Garbled("no value")
    return content


def _scalar(value: Any) -> Any:
    if value is not None and type(value) not in (bool, int, float, str):
        raise Garbled("no value")
    if type(value) is int and not fits(value):
        raise Garbled("an integer of more than 64 bits")
    if type(value) is str and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:  # half a character, and no file could hold a text with it
            raise Garbled("a broken text") from None
    return value
