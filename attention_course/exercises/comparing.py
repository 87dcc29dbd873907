"""Comparing: in what a student's value differs from the right one, said in one sentence, the shape first."""

import math
import sys
from collections.abc import Callable, Sequence
from typing import Any

from attention_course.student_code.remote import Remote

MOST_TEXT = 400  # characters of a value that is shown
CLOSE = {"float16": (1e-3, 1e-3), "bfloat16": (1.6e-2, 1e-3), "float64": (1e-7, 1e-9)}  # relative, absolute
CLOSE_ELSE = (1e-5, 1e-5)


def difference(value: Any, right: Any, within: float = 0) -> str:
    """Say in what a value differs from the right one, "" where in nothing that counts.

    NaN is like NaN alone. A list and a tuple with the same parts do not differ, nor do numbers that lie within
    `within` of the right ones.
    """
    for is_one, compared in _COMPARED:
        if is_one(right):
            return compared(value, right, within) if is_one(value) else _other_kind(value, right)
    return "" if type(value) is type(right) and value == right else _other_kind(value, right)


def kind_of(value: Any) -> str:
    """Say what a value is: its shape first, where it has one."""
    if _is_tensor(value):
        return f"a tensor of shape {_shape(value)}, {_dtype(value)}"
    if _is_array(value):
        return f"a numpy array of shape {_shape(value)}, {_dtype(value)}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, Remote):
        return "an object that is no value" if not value._kind else f"an object of type {value._kind}"
    return "None" if value is None else f"the {type(value).__name__} {shown(value)}"


def shown(value: Any) -> str:
    """Return a value as text, cut off where it is long."""
    text = _text_of_tensor(value.detach()) if _is_tensor(value) else repr(value)
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]} …"


def _text_of_tensor(value: Any) -> str:
    """Return a tensor as text, without powers of ten where four decimals say enough: weights can be read so."""
    import torch

    largest = value.abs().max().item() if value.is_floating_point() and value.numel() else 0
    torch.set_printoptions(sci_mode=False if 0.01 <= largest < 1e5 else None)
    try:
        return repr(value)
    finally:
        torch.set_printoptions(sci_mode=None)


def _other_kind(value: Any, right: Any) -> str:
    same = kind_of(value) == kind_of(right)
    return f"{kind_of(value)}, expected another" if same else f"{kind_of(value)}, expected {kind_of(right)}"


def _of_tensors(value: Any, right: Any, within: float) -> str:
    import torch

    if value.shape != right.shape:
        return f"shape {_shape(value)}, expected {_shape(right)}"
    if value.dtype != right.dtype:
        return f"{_dtype(value)}, expected {_dtype(right)}"
    relative, absolute = CLOSE.get(_dtype(right), CLOSE_ELSE)
    value, right = value.detach(), right.detach()
    differs = ~torch.isclose(value, right, rtol=relative, atol=max(absolute, within), equal_nan=True)
    count = int(differs.sum())
    if not count:
        return ""
    of = f"{count} of {right.numel()} numbers differ" if right.numel() > 1 else "the number differs"
    nans = int((torch.isnan(value) & ~torch.isnan(right)).sum()) if right.dtype.is_floating_point else 0
    if nans:
        return f"{of}: {nans} of yours {'is' if nans == 1 else 'are'} NaN"
    place = tuple(differs.nonzero()[0].tolist())
    at = f"at {list(place)} " if place else ""
    return f"{of}, the first {at}is {value[place].item():.6g}, expected {right[place].item():.6g}"


def _of_arrays(value: Any, right: Any, within: float) -> str:
    import torch

    return _of_tensors(torch.from_numpy(value), torch.from_numpy(right), within)


def _of_sequences(value: Any, right: Any, within: float) -> str:
    if len(value) != len(right):
        return f"{len(value)} part{'' if len(value) == 1 else 's'}, expected {len(right)}"
    parts = enumerate(zip(value, right, strict=True))
    return _first([(f"part [{place}]: ", *pair) for place, pair in parts], within)


def _of_dicts(value: Any, right: Any, within: float) -> str:
    if value.keys() != right.keys():
        return f"the keys {shown([*value])}, expected {shown([*right])}"
    return _first([(f"part [{key!r}]: ", value[key], right[key]) for key in right], within)


def _first(parts: Sequence[tuple[str, Any, Any]], within: float) -> str:
    return next((where + said for where, value, right in parts if (said := difference(value, right, within))), "")


def _of_numbers(value: Any, right: Any, within: float) -> str:
    alike = math.isclose(value, right, rel_tol=1e-5, abs_tol=max(1e-6, within)) or (
        math.isnan(value) and math.isnan(right)
    )
    return "" if alike else f"{value:.6g}, expected {right:.6g}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_tensor(value: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def _is_array(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray)


def _shape(value: Any) -> str:
    return str(tuple(value.shape))


def _dtype(value: Any) -> str:
    return str(value.dtype).removeprefix("torch.")


_COMPARED: list[tuple[Callable[[Any], bool], Callable[[Any, Any, float], str]]] = [
    (_is_tensor, _of_tensors),
    (_is_array, _of_arrays),
    (lambda value: isinstance(value, list | tuple), _of_sequences),
    (lambda value: isinstance(value, dict), _of_dicts),
    (_is_number, _of_numbers),
]
