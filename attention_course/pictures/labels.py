"""The names of a heatmap's rows and columns, as it was given them, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from attention_course.pictures.picture import readable

Labels = tuple[str, ...]


def checked(labels: Any, what: str) -> Labels | None:
    """Return a list of labels as texts that can be drawn, None where there is none; TypeError if it is no list."""
    if labels is None:
        return None
    if isinstance(labels, str) or not isinstance(labels, (Sequence, np.ndarray)):
        raise TypeError(f"{what} must be a list of labels, but got {type(labels).__name__}.")
    return tuple(readable(label) for label in labels)


def check_count(labels: Labels | None, count: int, what: str) -> None:
    """Raise ValueError where there is not one label for each row or column."""
    if labels is not None and len(labels) != count:
        raise ValueError(f"There are {count} {what}, but {len(labels)} labels for them: give one for each.")


def by_panel(labels: Any, what: str, counts: Mapping[Any, int]) -> dict[Any, Labels | None]:
    """Return the labels of each panel, given how many it needs: one list for all that it fits, or a dict by panel.

    Raises ValueError for labels that fit no panel.
    """
    if isinstance(labels, Mapping):
        unknown = [panel for panel in labels if panel not in counts]
        if unknown:
            raise ValueError(f"{what} names a panel {unknown[0]!r}, but the panels are {list(counts)}.")
        named = {panel: checked(some, what) for panel, some in labels.items()}
        for panel, some in named.items():
            check_count(some, counts[panel], f'{what} in panel "{panel}"')
        return named
    shared = checked(labels, what)
    if shared is not None and len(shared) not in counts.values():
        raise ValueError(f"{len(shared)} {what} labels fit none of the panels, which have {list(counts.values())}.")
    return {panel: shared for panel, count in counts.items() if shared and len(shared) == count}
