"""Play attacks against a grader, one after another, and say of each what harm it did.

    python play.py MODE[,MODE]:KIND[,KIND…]…

A mode is "libraries", "none" or "unlocked"; in the last those attacks alone are played of which it is known that they
succeed. Prints a line of JSON for each attack. A process of its own, so that it can be any user's.
"""

import atexit
import hashlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, suppress
from pathlib import Path
from typing import Any

import torch
from attacks import TOOLS, Attack
from attacks_forging import FORGING
from attacks_on_the_grader import GARBLING, TAKING
from attacks_spying import SPYING
from warm import warm_process

from attention_course.errors import StudentError
from attention_course.instructor.sandbox.sandbox import Sandbox
from attention_course.instructor.sandbox.system_calls import COMPUTING, FINDING, WITH_CONDITIONS, numbers, this_machine
from attention_course.student_code.remote import Remote

ATTACKS = SPYING + FORGING + GARBLING + TAKING
HONEST = """
import math
def attention(q, k, v):
    return (q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])).softmax(-1) @ v
"""
reference = torch.nn.functional.scaled_dot_product_attention
MB = 1 << 20
LONGEST_END = 30.0  # seconds until a child that was killed must be gone
MOST_GROWTH = 700 * MB  # of the grader: a reply of 64 MB, its copies, and what torch makes of it


def hidden_test(student: Any) -> None:
    """Test attention as a course would: random inputs of several sizes, compared here."""
    for length in (3, 5):
        q, k, v = (torch.randn(2, length, 8) for _ in range(3))
        torch.testing.assert_close(student.attention(q, k, v), reference(q, k, v))


@contextmanager
def decoys() -> Iterator[dict[str, Any]]:
    """Make what is attacked: a course with notebooks and a gradebook, and a process that only waits."""
    course = Path(tempfile.mkdtemp(prefix="attacked-"))
    for name in ("source/hw.ipynb", "submitted/anna/hw.ipynb", "autograded/ben/hw.ipynb", "decoy"):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text("the key, or an answer")
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("create table points(points)")
        database.execute("insert into points values (1)")
    with subprocess.Popen(["sleep", "3600"]) as victim:
        try:
            yield {"COURSE": str(course), "GRADER": os.getpid(), "VICTIM": victim.pid}
        finally:
            victim.kill()
            shutil.rmtree(course)


def digest(folder: str) -> str:
    """Return what tells whether anything in a folder was changed."""
    state = [
        (str(path), path.lstat().st_mode, path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(Path(folder).rglob("*"))
    ]
    return hashlib.sha256(repr(state).encode()).hexdigest()


class Play:
    """Plays attacks in a sandbox, and looks for harm after each."""

    def __init__(self, files: str, about: dict[str, Any]) -> None:
        self.files, self.about = files, about
        self.warm = warm_process("none", "quick", files) if files == "unlocked" else warm_process(files, "quick")
        self.played = 0
        self.sandbox = Sandbox(self.warm.path)
        allowed = COMPUTING | WITH_CONDITIONS | (FINDING if files == "libraries" else {})
        known = {**about, "SOCKET": self.warm.path, "ALLOWED": sorted(numbers(allowed, this_machine()).values())}
        self.tools = "".join(f"{name} = {value!r}\n" for name, value in known.items()) + TOOLS

    def harm(self, attack: Attack) -> list[str]:
        """Play one attack, and return what harm was found."""
        before, memory = digest(self.about["COURSE"]), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        harm = []
        with suppress(StudentError, AssertionError, TypeError):  # what a grader takes for wrong
            harm += getattr(self, attack.kind)(attack)
        if digest(self.about["COURSE"]) != before:
            harm.append("the course was changed")
        if (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) * 1024 > MOST_GROWTH:
            harm.append("the grader's memory grew")
        return harm + self._aftermath()

    def spying(self, attack: Attack) -> list[str]:
        """Return what an attack got hold of."""
        with self._open(self.tools + attack.source) as student:
            got = student.attack()
        if isinstance(got, Remote):  # which is what bytes become, and an open file
            return [f"got {got!r}"]
        if got == "leak" and attack.leaks_where_libraries_are_read and self.files == "libraries":
            return []
        return [f"got {str(got)[:60]!r}"] if got else []

    def forging(self, attack: Attack) -> list[str]:
        """Return whether an attack passed the hidden test."""
        with self._open(attack.source) as student:
            hidden_test(student)
        return ["a wrong answer passed"]

    garbling = forging

    def taking(self, attack: Attack) -> list[str]:
        """Let an attack take what it can; that it comes back at all is what is asked."""
        if attack.source.startswith("def attack"):
            with self._open(self.tools + attack.source) as student:
                student.call("attack")
        else:
            self._open(attack.source).outline()
        return []

    def _open(self, source: str) -> Any:
        return self.sandbox.open(source, seed=1, seconds=0.2, cpu=3, memory=200 * MB)

    def _aftermath(self) -> list[str]:
        """Is everything in its place, and, after every third attack, is the next student's right answer right?"""
        harm, end = [], time.monotonic() + LONGEST_END
        while children_of(self.warm._process.pid):
            if time.monotonic() > end:
                harm.append("a process is left")
                break
            time.sleep(0.002)
        if self.warm._process.poll() is not None:
            return [*harm, "the warm process has ended"]
        self.played += 1
        if self.played % 3 == 0:
            with self.sandbox.open(HONEST, seconds=20) as student:
                hidden_test(student)
        return harm


def children_of(pid: int) -> list[str]:
    """Return the children of a process, those that have ended among them."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def naively(attack: Attack) -> bool:
    """Does an attack pass a naive test, which runs in one process with it, and is judged by the exit code?"""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = _naive_test(attack)
        finally:
            with redirect_stderr(None):
                atexit._run_exitfuncs()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _naive_test(attack: Attack) -> int:
    try:
        names: dict[str, Any] = {"torch": torch, "reference": reference}
        exec(attack.source, names)
        names |= {name: torch.randn(2, 3, 8) for name in "qkv"}
        names["expected"] = reference(names["q"], names["k"], names["v"])
        exec(attack.naive, names)
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        return 1
    return 0


def unlocked(play: Play) -> Callable[[Attack], list[str]]:
    """Return what plays an attack without a lock, or against a naive test."""

    def harm(attack: Attack) -> list[str]:
        if attack.naive:
            return ["a wrong answer passed"] if naively(attack) else []
        try:
            return play.spying(attack)
        except StudentError as error:
            print(attack.name, error, file=sys.stderr)
            return []

    return harm


def main(*plays: str) -> None:
    """Play the attacks of some kinds in some modes; of several plays, one after another."""
    torch.set_num_threads(1)
    with decoys() as about:
        for modes, kinds in (play.split(":") for play in plays):
            for mode in modes.split(","):
                _play(mode, kinds.split(","), about)


def _play(mode: str, kinds: Sequence[str], about: dict[str, Any]) -> None:
    play = Play(mode, about)
    harm = unlocked(play) if mode == "unlocked" else play.harm
    for attack in ATTACKS:
        if attack.kind in kinds and (mode != "unlocked" or attack.control):
            print(json.dumps([mode, attack.group, attack.name, harm(attack)]), flush=True)
    play.warm.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
