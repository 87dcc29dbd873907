"""Link: how a test's questions get to where the student's code runs."""

from typing import Protocol


class Link(Protocol):
    """A connection to one `Host`, which may be hostile."""

    def exchange(self, frame: bytes, seconds: float) -> tuple[bytes, bytes]:
        """Send a frame, and return text and bytes of the one that comes back.

        Raises StudentError where none comes, for example because the code takes longer than `seconds`, and Garbled
        where something else comes.
        """
        ...

    def cpu(self) -> float:
        """Return the seconds of computing time that the code has used so far."""
        ...

    def memory(self) -> int:
        """Return how many bytes the process has held at most, beside those it began with; 0 where that is not known.

        Nothing makes it smaller: code that holds much at first, so as not to be seen to do it later, is seen at once.
        """
        ...

    def close(self) -> None:
        """End what runs there."""
        ...
