"""Heap: what was freed goes back to the system, where the C library would keep it."""

from contextlib import suppress


def trim() -> None:
    """Give freed memory back. Threads have heaps of their own, which notebooks of a megabyte leave full of holes.

    It takes a few milliseconds, and does nothing where the C library is not glibc.
    """
    import ctypes

    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
