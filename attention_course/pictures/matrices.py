"""What `heatmap` was given, checked and put into one form: a list of panels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from attention_course.pictures import labels
from attention_course.pictures.matrix_kinds import KINDS
from attention_course.pictures.picture import readable

TOLERANCE = 1e-3  # how far from 1 a row's sum may be; rounding in float32 stays far below
MOST_CELLS_ASIDE = 640  # more rows or columns than pixels could not be seen
MOST_HEADS = 64
SHAPES = "(n_queries, n_keys) or (heads, n_queries, n_keys)"


@dataclass(frozen=True, eq=False)
class Panel:
    """One matrix to draw: values (n_queries, n_keys), their kind, and the names of rows and columns."""

    values: np.ndarray
    kind: str = "weights"
    title: str = ""
    queries: tuple[str, ...] | None = None
    keys: tuple[str, ...] | None = None

    @property
    def axis_titles(self) -> tuple[str, str]:
        """What the named rows and the named columns are, "" where there is nothing to say."""
        told = KINDS[self.kind].columns_are_keys
        return "queries" if told and self.queries else "", "keys" if told and self.keys else ""

    @property
    def odd_sums(self) -> dict[int, float]:
        """The sums of the rows of weights that do not sum to 1, by row."""
        if self.kind != "weights":
            return {}
        with np.errstate(invalid="ignore"):  # ∞ − ∞ is NaN, and that is what we show
            sums = self.values.sum(axis=1)
        return {row: float(total) for row, total in enumerate(sums) if not abs(total - 1) <= TOLERANCE}

    @property
    def broken(self) -> np.ndarray:
        """Which cells are NaN or infinite? (n_queries, n_keys)"""
        return ~np.isfinite(self.values)

    @property
    def outside(self) -> np.ndarray:
        """Which cells are numbers that no weight can be: below 0 or above 1? (n_queries, n_keys)"""
        if self.kind != "weights":
            return np.zeros(self.values.shape, dtype=bool)
        return ~self.broken & ((self.values < -1e-6) | (self.values > 1 + 1e-6))


def read_panels(weights: Any, queries: Any, keys: Any, titles: Any, kind: Any) -> list[Panel]:
    """Return what `heatmap` was given as panels.

    Raises TypeError or ValueError with one sentence that says what was given and what is wanted.
    """
    if isinstance(weights, Mapping):
        return _named_panels(weights, queries, keys, titles, kind)
    queries, keys = labels.checked(queries, "queries"), labels.checked(keys, "keys")
    check_kind(kind)
    array = as_array(weights)
    if array.ndim not in (2, 3):
        hint = " Put brackets around a single row: [row]." if array.ndim == 1 else ""
        hint = " Pick one batch: weights[0]." if array.ndim == 4 else hint
        raise ValueError(f"heatmap needs weights of shape {SHAPES}, but got shape {array.shape}.{hint}")
    _check_size(array, "weights")
    labels.check_count(queries, array.shape[-2], "queries")
    labels.check_count(keys, array.shape[-1], "keys")
    if array.ndim == 2:
        if titles is not None:
            raise ValueError("titles names the heads, but there is one matrix only: use title.")
        return [Panel(array, kind, queries=queries, keys=keys)]
    names = labels.checked(titles, "titles") or tuple(f"head {head}" for head in range(len(array)))
    if len(names) != len(array):
        raise ValueError(f"There are {len(array)} heads, but {len(names)} titles: give one for each.")
    return [Panel(head, kind, name, queries, keys) for head, name in zip(array, names, strict=True)]


def _named_panels(matrices: Mapping[Any, Any], queries: Any, keys: Any, titles: Any, kind: Any) -> list[Panel]:
    if not matrices:
        raise ValueError("heatmap got an empty dict: give at least one {title: matrix}.")
    if titles is not None:
        raise ValueError("The dict's keys are the panels' titles: leave out titles.")
    if len(matrices) > MOST_HEADS:
        raise ValueError(f"heatmap draws at most {MOST_HEADS} panels, but got {len(matrices)}.")
    arrays = {name: as_array(values) for name, values in matrices.items()}
    for name, array in arrays.items():
        if array.ndim != 2:
            raise ValueError(f'Panel "{name}" needs shape (n_rows, n_columns), but got shape {array.shape}.')
        _check_size(array, f'panel "{name}"')
    kinds = _kinds(kind, list(matrices))
    rows = labels.by_panel(queries, "queries", {name: array.shape[0] for name, array in arrays.items()})
    columns = labels.by_panel(keys, "keys", {name: array.shape[1] for name, array in arrays.items()})
    return [
        Panel(array, one_kind, readable(name), rows.get(name), columns.get(name))
        for (name, array), one_kind in zip(arrays.items(), kinds, strict=True)
    ]


def _kinds(kind: Any, names: list[Any]) -> list[str]:
    """Return one kind for each panel, from one for all, a list, or a dict by panel title."""
    if isinstance(kind, Mapping):
        unknown = [name for name in kind if name not in names]
        if unknown:
            raise ValueError(f"kind names a panel {unknown[0]!r}, but the panels are {names}.")
        kinds = [kind.get(name, "weights") for name in names]
    else:
        kinds = [kind] * len(names) if isinstance(kind, str) else list(kind)
    if len(kinds) != len(names):
        raise ValueError(f"There are {len(names)} panels, but {len(kinds)} kinds: give one for each.")
    for one in kinds:
        check_kind(one)
    return kinds


def check_kind(kind: Any) -> None:
    """Raise ValueError for a kind that there is not."""
    if kind not in list(KINDS):  # a list is no kind, and no key of a dict either
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, but got {kind!r}.")


def as_array(values: Any) -> np.ndarray:
    """Return torch, numpy or nested lists as an array of float64; TypeError or ValueError if they are none."""
    try:
        array = (
            np.ma.asanyarray(_plain(values)) if isinstance(values, np.ma.MaskedArray) else np.asarray(_plain(values))
        )
    except ValueError as error:
        raise ValueError(f"heatmap needs rows of one length, shape {SHAPES}, but they differ.") from error
    if array.dtype.kind not in "biuf":
        raise TypeError(f"heatmap needs numbers, but got {type(values).__name__} of {array.dtype.name}.")
    array = array.astype(float)
    return array.filled(np.nan) if isinstance(array, np.ma.MaskedArray) else array


def _plain(values: Any) -> Any:
    """Turn tensors, also within lists, into numpy arrays; leave all else."""
    if isinstance(values, (list, tuple)):
        return [_plain(value) for value in values]
    if not hasattr(values, "detach"):
        return values
    if values.is_complex():
        raise TypeError("heatmap needs real numbers, but got a complex tensor.")
    return values.detach().cpu().double().numpy()  # numpy has no bfloat16


def _check_size(array: np.ndarray, what: str) -> None:
    if array.size == 0:
        raise ValueError(f"heatmap needs at least one row and one column, but {what} has shape {array.shape}.")
    if max(array.shape[-2:]) > MOST_CELLS_ASIDE:
        raise ValueError(
            f"heatmap draws at most {MOST_CELLS_ASIDE} rows and columns, but {what} has shape {array.shape}: "
            "draw a part of it, such as weights[:100, :100]."
        )
    if array.ndim == 3 and len(array) > MOST_HEADS:
        raise ValueError(f"heatmap draws at most {MOST_HEADS} heads, but got {len(array)}: draw some of them.")
