"""Seccomp: which system calls a process may make from now on, and everything that it may start.

The filter is a program for the kernel's packet filter: https://docs.kernel.org/userspace-api/seccomp_filter.html.
It lists what is allowed, so that a call which is yet to be invented is refused, too.
"""

import ctypes
import errno
import os
import struct
from dataclasses import dataclass, field

from attention_course.instructor.sandbox.system_calls import (
    COMPUTING,
    DEVICES,
    FINDING,
    PROCESSES,
    WITH_CONDITIONS,
    Machine,
    Table,
    numbers,
)

ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000  # REFUSE + errno
LOAD, IF_EQUAL, IF_AT_LEAST, IF_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, AUDIT = 0, 4  # where in `struct seccomp_data`
X32 = 0x40000000  # numbers from here on are of x86-64's second set of calls
SET_SECCOMP, FILTER = 22, 2  # prctl's

NOT_PRIVATE = 0x0F & ~0x02  # of mmap's flags, all kinds of mapping but MAP_PRIVATE
READING = os.O_CLOEXEC | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | getattr(os, "O_LARGEFILE", 0)


@dataclass(frozen=True)
class Condition:
    """Holds where an argument's half, of 32 bits, is `equal` to a number, or has none of the bits `without`."""

    argument: int
    equal: int | None = None
    without: int = 0
    high: bool = False

    @property
    def offset(self) -> int:
        """Where in `struct seccomp_data` the half stands, on a little-endian machine."""
        return 16 + 8 * self.argument + 4 * self.high


CONDITIONS = {
    "mmap": [Condition(3, without=NOT_PRIVATE)],
    "open": [Condition(1, without=~READING & 0xFFFFFFFF)],
    "openat": [Condition(2, without=~READING & 0xFFFFFFFF)],
    # Only this process's own limits (process 0), and only to look at them (no new ones).
    "prlimit64": [Condition(0, equal=0), Condition(2, equal=0), Condition(2, equal=0, high=True)],
}


@dataclass
class Filter:
    """A filter program, written one instruction after another."""

    code: list[bytes] = field(default_factory=list)

    def add(self, operation: int, value: int, if_true: int = 0, if_false: int = 0) -> None:
        """Add an instruction; a jump says how many to leave out."""
        self.code.append(struct.pack("HBBI", operation, if_true, if_false, value))

    def only(self, machine: Machine) -> None:
        """Kill a process that calls as another kind of machine does; then the number of the call is at hand."""
        for offset, operation, value in ((AUDIT, IF_EQUAL, machine.audit), (NUMBER, IF_AT_LEAST, X32)):
            self.add(LOAD, offset)
            self.add(operation, value, *((1, 0) if operation == IF_EQUAL else (0, 1)))
            self.add(RETURN, KILL)

    def decide(self, number: int, verdict: int, conditions: list[Condition] | None = None) -> None:
        """Give a verdict on a system call; where a condition does not hold, refuse it."""
        conditions = conditions or []
        self.add(IF_EQUAL, number, 0, 2 * len(conditions) + 1 + bool(conditions))
        for index, condition in enumerate(conditions):
            refusal = 2 * (len(conditions) - index) - 1
            self.add(LOAD, condition.offset)
            if condition.equal is None:
                self.add(IF_ANY_BIT, condition.without, refusal, 0)
            else:
                self.add(IF_EQUAL, condition.equal, 0, refusal)
        self.add(RETURN, verdict)
        if conditions:
            self.add(RETURN, REFUSE | errno.EPERM)

    def otherwise(self, verdict: int) -> None:
        """Give a verdict on all other calls."""
        self.add(RETURN, verdict)

    def install(self) -> int:
        """Put this process under the filter, for good; return 0 where that succeeded."""
        program = b"".join(self.code)
        instructions = ctypes.create_string_buffer(program, len(program))
        about = struct.pack("HxxxxxxP", len(self.code), ctypes.addressof(instructions))
        libc = ctypes.CDLL(None, use_errno=True)
        return libc.prctl(SET_SECCOMP, FILTER, ctypes.create_string_buffer(about, len(about)), 0, 0)


def allow_list(machine: Machine, files: bool) -> Filter:
    """Return the filter for code that only computes; with `files` it may open files to read them."""
    program = Filter()
    program.only(machine)
    allowed: Table = COMPUTING | (FINDING if files else {})
    for number in numbers(allowed, machine).values():
        program.decide(number, ALLOW)
    for name, number in numbers(WITH_CONDITIONS, machine).items():
        if files or name not in ("open", "openat"):
            program.decide(number, ALLOW, CONDITIONS[name])
    for number in numbers(PROCESSES, machine).values():
        program.decide(number, REFUSE | errno.EAGAIN)
    for number in numbers(DEVICES, machine).values():
        program.decide(number, REFUSE | errno.ENOTTY)
    program.otherwise(REFUSE | errno.EPERM)
    return program
