"""Randomness: student-written code has random numbers of its own, and disturbs nobody else's."""

import contextlib
import random
import sys
from collections.abc import Iterator
from typing import Any


class Randomness:
    """The states of random, numpy and torch that belong to one student's code.

    Libraries that nobody has imported are left alone.
    """

    def __init__(self) -> None:
        self._own: dict[str, Any] = {}

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        """Put the own states in place, and afterwards those that were there back."""
        others = _states()
        _restore(self._own)
        try:
            yield
        finally:
            self._own = _states()
            _restore(others)

    @staticmethod
    def seed(number: int) -> None:
        """Seed everything, so that draws equal those after `torch.manual_seed(number)`."""
        random.seed(number)
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed(number % 2**32)
        if torch := sys.modules.get("torch"):
            torch.default_generator.manual_seed(number)  # torch.manual_seed would seed graphics cards, too


def _states() -> dict[str, Any]:
    states: dict[str, Any] = {"random": random.getstate()}
    if numpy_random := sys.modules.get("numpy.random"):
        states["numpy"] = numpy_random.get_state()
    if torch := sys.modules.get("torch"):
        states["torch"] = torch.get_rng_state()
    return states


def _restore(states: dict[str, Any]) -> None:
    if "random" in states:
        random.setstate(states["random"])
    if "numpy" in states:
        sys.modules["numpy.random"].set_state(states["numpy"])
    if "torch" in states:
        sys.modules["torch"].set_rng_state(states["torch"])
