"""Imports what takes long in the background, so that neither the first widget nor the first Check waits for it."""

import contextlib
import threading

_thread: threading.Thread | None = None


def start() -> None:
    """Begin to import torch and to warm up matplotlib, once per process."""
    global _thread
    if _thread is None:
        thread = threading.Thread(target=_import, name="attention-course-preload", daemon=True)
        with contextlib.suppress(RuntimeError):  # Pyodide has no threads: there the first Check takes longer
            thread.start()
            _thread = thread


def wait() -> None:
    """Return when the background imports are over (at once where none were begun)."""
    if _thread is not None:
        _thread.join()


def _import() -> None:
    # A library that is missing or broken is reported by the program that needs it, not here.
    try:
        import torch.nn  # noqa: F401

        from attention_course.pictures.heatmap import heatmap

        heatmap([[1.0]]).svg()
    except Exception:
        return
