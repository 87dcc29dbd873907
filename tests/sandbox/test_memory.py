"""What a student's process holds in memory: nothing of the grader's, and nothing that it shares with anybody."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

# Looks through a process's own memory for the secret, whose digest alone it knows; returns how often it is there.
SCAN = """
import hashlib

def scan(digest):
    begins, length, hits = ("S3CR" + "ET-").encode(), 16, 0
    with open("/proc/self/maps") as maps:
        lines = [line.split() for line in maps]
    with open("/proc/self/mem", "rb", 0) as memory:
        for addresses, rights, *_, in lines:
            start, end = (int(address, 16) for address in addresses.split("-"))
            if not rights.startswith("rw"):
                continue
            memory.seek(start)
            try:
                part = memory.read(end - start)
            except OSError:
                continue
            at = part.find(begins)
            while at >= 0:
                after = part[at + len(begins) : at + len(begins) + length]
                hits += hashlib.sha256(after).hexdigest() == digest
                at = part.find(begins, at + 1)
    return hits
"""
# A grader that holds a secret in its environment, its arguments, its variables and a hidden test.
GRADER = """
import hashlib, sys
from warm import warm_process
from attention_course.instructor.sandbox.sandbox import Sandbox

secret = sys.argv[1]
digest = hashlib.sha256(secret.removeprefix("S3CR" + "ET-").encode()).hexdigest()
keys = [f"{secret}{n}" for n in range(20)]
hidden_test = f"assert answer == {secret!r}"
warm = warm_process("none", "quick", "unlocked")
names = {}
exec(open(sys.argv[2]).read(), names)
with Sandbox(warm.path).open([open(sys.argv[2]).read()], seconds=60, memory=8 << 30) as student:
    print(names["scan"](digest), student.scan(digest))
warm.close()
"""


def test_a_secret_of_the_graders_is_in_its_own_memory_and_not_in_a_students(tmp_path):
    """The student's process is forked from the warm one, so what is in that one's memory is in its own."""
    secret = f"S3CRET-{os.urandom(8).hex()}"
    scan = tmp_path / "scan.py"
    scan.write_text(SCAN)
    here = Path(__file__).parent
    environment = {**os.environ, "SECRET": secret, "PYTHONPATH": f"{here}:{here.parent.parent}"}
    command = [sys.executable, "-c", GRADER, secret, str(scan)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=True)
    grader, student = map(int, done.stdout.split())
    assert (grader > 20, student) == (True, 0)


def test_a_childs_memory_is_its_own(sandbox):
    """What the warm process shared with its children, one student could use to reach the next."""
    with sandbox.open("def parent():\n    import os\n    return os.getppid()", seconds=60) as student:
        maps = Path(f"/proc/{student.parent()}/maps").read_text().splitlines()
        assert [line for line in maps if line.split()[1].endswith("s") and "w" in line.split()[1]] == []


def test_an_answer_leaves_nothing_to_the_next(sandbox):
    leave = "import torch, builtins, os\ntorch.left = builtins.left = 1\nos.environ['left'] = '1'"
    with sandbox.open(leave, seconds=20):
        pass
    lines = "hasattr(torch, 'left'), hasattr(builtins, 'left'), len(os.environ)"
    find = f"import torch, builtins, os\ndef find():\n    return {lines}"
    with sandbox.open(find, seconds=20) as student:
        assert student.find() == (False, False, 0)


@pytest.mark.parametrize("name", ["sys.argv", "sys.path", "os.environ", "__file__ if '__file__' in globals() else ''"])
def test_nothing_says_where_the_course_is(sandbox, name):
    course = str(Path(__file__).parent.parent.parent)
    with sandbox.open(f"import os, sys\ndef found():\n    return str({name})", seconds=20) as student:
        assert f"'{course}'" not in student.found()


def test_the_digest_is_of_what_is_searched_for():
    names = {}
    exec(SCAN, names)
    kept = b"S3CRET-" + os.urandom(8).hex().encode()
    assert names["scan"](hashlib.sha256(kept[7:]).hexdigest()) > 0
