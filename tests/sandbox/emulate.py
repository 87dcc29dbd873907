"""Start a warm process on a system that lacks something, or lies: an outer filter answers in the kernel's place.

    python emulate.py CASE [FILES]

Prints which files the lock leaves readable, or why there is none. A filter cannot be taken off, hence this process.
"""

import ctypes
import errno
import sys

from warm import Bare

from attention_course.errors import NoSandbox
from attention_course.instructor.sandbox.seccomp import (
    ALLOW,
    IF_EQUAL,
    LOAD,
    NUMBER,
    REFUSE,
    RETURN,
    SET_SECCOMP,
    Condition,
    Filter,
)
from attention_course.instructor.sandbox.system_calls import this_machine

PRCTL, CAPSET = {0: (157, 126), 1: (167, 91)}[this_machine().column]
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
SUCCESS = 0  # the answer of a kernel that does nothing and says it did
CASES = {
    "complete": {},
    "no seccomp": {"seccomp": errno.EINVAL},
    "seccomp does nothing": {"seccomp": SUCCESS},
    "no Landlock": {CREATE_RULESET: errno.ENOSYS, ADD_RULE: errno.ENOSYS, RESTRICT_SELF: errno.ENOSYS},
    "Landlock switched off": {CREATE_RULESET: errno.EOPNOTSUPP},
    "Landlock refuses rules": {ADD_RULE: errno.EINVAL},
    "Landlock does nothing": {RESTRICT_SELF: SUCCESS},
    "Landlock cannot be entered": {RESTRICT_SELF: errno.EPERM},
    "capabilities stay": {CAPSET: errno.EPERM},
}


def outer_filter(answers: dict[int | str, int]) -> Filter:
    """Return a filter that answers some calls, and lets all others through."""
    program = Filter()
    program.add(LOAD, NUMBER)
    for call, answer in answers.items():
        if call == "seccomp":
            program.add(IF_EQUAL, PRCTL, 0, 4)
            program.add(LOAD, Condition(0).offset)
            program.add(IF_EQUAL, SET_SECCOMP, 0, 1)
            program.add(RETURN, REFUSE | answer)
            program.otherwise(ALLOW)
        else:
            program.decide(int(call), REFUSE | answer)
    program.otherwise(ALLOW)
    return program


def main(case: str, files: str | None = None) -> None:
    """Put this process under the filter of a case, and start a warm process."""
    ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)  # no new privileges, as a filter requires of all but root
    assert outer_filter(CASES[case]).install() == 0
    try:
        with Bare(files) as bare, bare.open("def one():\n    return 1", seconds=60) as student:
            print(bare.process.files, student.one())
    except NoSandbox as error:
        print(error)


if __name__ == "__main__":
    main(*sys.argv[1:])
