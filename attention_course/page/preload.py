"""Imports what takes long in the background, so that neither the first widget nor the first Check waits for it."""

import contextlib
import threading

GRACE = 2.0  # seconds that the first question has the kernel to itself, at most

_thread: threading.Thread | None = None
_may_begin = threading.Event()


def start() -> None:
    """Import torch and warm up matplotlib, once per process, as soon as the first question is shown."""
    global _thread
    if _thread is None:
        thread = threading.Thread(target=_in_background, name="attention-course-preload", daemon=True)
        with contextlib.suppress(RuntimeError):  # Pyodide has no threads: there the first Check takes longer
            thread.start()
            _thread = thread


def begin() -> None:
    """The first question is shown: the imports may take the kernel's time by now."""
    _may_begin.set()


def wait() -> None:
    """Return when the background imports are over (at once where none were begun)."""
    begin()
    if _thread is not None:
        _thread.join()


def _in_background() -> None:
    _may_begin.wait(GRACE)
    _import()


def _import() -> None:
    # A library that is missing or broken is reported by the program that needs it, not here.
    try:
        import torch.nn  # noqa: F401

        from attention_course.pictures.heatmap import heatmap

        heatmap([[1.0]]).svg()
    except Exception:
        return
