"""Waiting for what another process does, within a limit."""

import time
from collections.abc import Callable
from typing import Any

PATIENCE = 60.0  # seconds: a limit for what never comes, not for what is slow


def until(found: Callable[[], Any], what: str, pause: Callable[[float], object] = time.sleep) -> Any:
    """Return what `found` finds as soon as it finds something; raise TimeoutError where it never does."""
    deadline = time.monotonic() + PATIENCE
    while not (thing := found()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {PATIENCE:.0f} s: {what}")
        pause(0.05)
    return thing
