"""Call: all that a test learns of one call of a student's function."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """All about one call. Times and memory are what the system counted, whatever the code says.

    `arguments` and `named` are the arguments as they were afterwards, where one looked back. `gradients` are those of
    the positional arguments, where an upstream gradient was given; None for what needs none.
    """

    value: Any
    printed: str = ""
    arguments: list[Any] = field(default_factory=list)
    named: dict[str, Any] = field(default_factory=dict)
    gradients: list[Any] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0  # bytes that the process has held at most since it began, beside what it had then
