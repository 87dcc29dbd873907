"""Attacks: what a student's code may try. Each is a program, with what shows that it succeeded.

spying   `attack()` returns something that is not empty, or "leak"
forging  a wrong answer passes the hidden test of attention
garbling the process sends what is no reply
taking   it takes more time, memory or patience than it may have; `attack()` is called and whatever comes of it is fine
"""

import textwrap
from dataclasses import dataclass
from typing import Literal

Kind = Literal["spying", "forging", "garbling", "taking"]

# Before each of the first and last kind. COURSE, GRADER, VICTIM and SOCKET are put in front of it.
TOOLS = """
import ctypes, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long

def call(number, *arguments):
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result or "done"

def those_that_work(*attempts):
    worked = []
    for number, attempt in enumerate(attempts):
        try:
            attempt()
            worked.append(number)
        except (OSError, ValueError):
            pass
    return worked
"""
# Before each of the second and third kind that speaks the protocol itself.
FRAMES = """
import json, os, struct, sys

def nonce():
    frame = sys._getframe()
    while frame:
        if "request" in frame.f_locals:
            return frame.f_locals["request"]["id"]
        frame = frame.f_back

def send(text, data=b"", text_length=None, data_length=None):
    text = text if isinstance(text, bytes) else json.dumps(text).encode()
    lengths = [len(text) if text_length is None else text_length, len(data) if data_length is None else data_length]
    rest = memoryview(struct.pack(">IQ", *lengths) + text + data)
    while rest:
        rest = rest[os.write(3, rest):]

def reply(value, data=b"", **more):
    send({"id": nonce(), "printed": "", "value": value, **more}, data)
"""


@dataclass(frozen=True)
class Attack:
    """An attack. `control` says whether it is known to succeed where there is no lock, or where a test is naive.

    `naive` is the line of a naive test, in the process of the student's code, that it would pass.
    """

    group: str
    name: str
    kind: Kind
    source: str
    control: bool = True
    naive: str = ""
    leaks_where_libraries_are_read: bool = False


def spy(group: str, name: str, body: str, **about: bool) -> Attack:
    """Return an attack whose function has this body."""
    return Attack(group, name, "spying", _function(body), **about)


def take(name: str, body: str) -> Attack:
    """Return an attack on time or memory whose function has this body."""
    return Attack("costs", name, "taking", _function(body), control=False)


def _function(body: str) -> str:
    return "def attack():\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ") + "\n"
