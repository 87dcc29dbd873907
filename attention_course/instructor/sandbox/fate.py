"""Fate: why a child is no more, in words for the student whose code it ran."""

import signal
from typing import Any

from attention_course.errors import StudentError
from attention_course.instructor.sandbox.limits import Limits


def fate(report: dict[str, Any], limits: Limits) -> StudentError:
    """Return the error that tells of a child's end, from what the warm process reports of it."""
    code = report.get("exit")
    # A child cannot send itself a signal: the first is the limit's, and so is the second where that much was computed.
    if code == -signal.SIGXCPU or (code == -signal.SIGKILL and report["cpu"] >= limits.cpu):
        sentence = f"all calls together took more than {limits.cpu} seconds of computing time"
        return StudentError("TooSlow", sentence, cause="too slow")
    if code is None:
        sentence = "the code closed its connection to the test"
    elif code >= 0:
        sentence = f"the code ended its process (exit code {code})"
    elif code == -signal.SIGKILL:
        sentence = "the code's process was killed, most likely because the machine ran out of memory"
    else:
        sentence = f"the code crashed its process ({signal.Signals(-code).name})"
    return StudentError("Ended", sentence, cause="ended")
