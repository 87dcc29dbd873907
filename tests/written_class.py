"""A class that hands in code, honest and hostile, for the tests: who hands in what, and what it earns."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import classroom
import written_lesson
from written_lesson import LESSON, key_of

from attention_course.answers import record

Edit = Callable[[dict[str, Any]], Any]

RIGHT, RIGHT_MIX = key_of("shares"), key_of("mix")
NO_ZEROS = "def shares(scores, keep):\n    return torch.softmax(scores.masked_fill(~keep, float('-inf')), dim=-1)"
NOT_MASKED = "def shares(scores, keep):\n    return torch.softmax(scores, dim=-1)"


def writes(shares: str | None = None, mix: str | None = None) -> Edit:
    """Return what a student does who writes this into the two cells."""

    def edit(notebook: dict[str, Any]) -> None:
        for name, text in (("shares-code", shares), ("mix-code", mix)):
            if text is not None:
                classroom.cell(notebook, name)["source"] = text

    return edit


def _strips(notebook: dict[str, Any]) -> None:
    writes(RIGHT, RIGHT_MIX)(notebook)
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def _deletes(notebook: dict[str, Any]) -> None:
    """Check the right code, then lose the cell."""
    record.write(notebook, LESSON, classroom.records({"shares": [[RIGHT]]}))
    notebook["cells"].remove(classroom.cell(notebook, "shares-code"))


def _renames(notebook: dict[str, Any]) -> None:
    writes(RIGHT)(notebook)
    classroom.cell(notebook, "shares-code")["metadata"] = {"nbgrader": {"grade_id": "mine"}}


def _checks_then_breaks(notebook: dict[str, Any]) -> None:
    writes(NOT_MASKED)(notebook)
    record.write(notebook, LESSON, classroom.records({"shares": [[RIGHT]]}))


def _prints(notebook: dict[str, Any]) -> None:
    writes(RIGHT.replace("    kept", "    print('x' * 10_000_000)\n    kept", 1), RIGHT_MIX)(notebook)


ALWAYS = """
class Always(torch.Tensor):
    def __eq__(self, other): return True
    def __torch_function__(self, *a, **k): return True
def shares(scores, keep):
    torch.testing.assert_close = lambda *a, **k: None
    import builtins
    builtins.AssertionError = type("X", (Exception,), {})
    return torch.zeros(1).as_subclass(Always)
"""
READS = """
import glob, os
def shares(scores, keep):
    for folder in ("/work", "/tmp", "/root", "/home", os.getcwd()):
        for path in glob.glob(folder + "/**/*.ipynb", recursive=True):
            text = open(path).read()
    raise ValueError(text)
"""
OPENS = "def shares(scores, keep):\n    return open('/etc/passwd').read()"
LOOPS = "def shares(scores, keep):\n    while True:\n        pass"
ENDS = "import os\ndef shares(scores, keep):\n    os._exit(0)"
WINDOW = "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()"
UNUSUAL = f"from math import *\nimport functools\nцвет = '注意'\n\n@functools.lru_cache(None)\n{RIGHT}\n\n{WINDOW}"
ASKS = "def shares(scores, keep):\n    return scores * float(input())"
SAYS = "def shares(scores, keep):\n    raise ValueError('<script>alert(1)</script>')"

# What each hands in, and what it earns for the two questions; the second uses the first, or else the key.
CLASS: dict[str, tuple[Edit, tuple[float, float]]] = {
    "honest": (writes(RIGHT, RIGHT_MIX), (3, 1)),
    "other-style": (
        writes(
            "import math\n\nclass shares:\n    def __new__(cls, scores, keep):\n        e = torch.exp(scores) * keep\n"
            "        return e / e.sum(-1, keepdim=True).clamp(min=1e-30)"
        ),
        (3, 0),
    ),
    "partly-right": (writes(NO_ZEROS, RIGHT_MIX), (2, 1)),
    "wrong": (writes(NOT_MASKED), (1, 0)),
    "starter": (writes(), (0, 0)),
    "empty": (writes("", ""), (0, 0)),
    "no-python": (writes("def shares(scores, keep):\n    retrun 1", RIGHT_MIX), (0, 1)),
    "magic": (writes("%%time\n" + RIGHT), (0, 0)),
    "null-byte": (writes("def shares(scores, keep):\n    return '\0'"), (0, 0)),
    "five-megabytes": (writes(RIGHT + "\n# " + "x" * 5_000_000, RIGHT_MIX), (0, 1)),
    "unusual-overwritten": (writes(UNUSUAL, f"{RIGHT_MIX}\n\nMix = 3"), (3, 0)),
    "asks-command": (writes(ASKS, f"!pip install einops\n{RIGHT_MIX}"), (0, 0)),
    "something-else": (writes("def share(scores, keep):\n    return scores"), (0, 0)),
    "returns-nothing": (writes("def shares(scores, keep):\n    pass"), (0, 0)),
    "stripped": (_strips, (3, 1)),
    "deleted": (_deletes, (3, 0)),
    "renamed": (_renames, (3, 0)),
    "checked-then-broken": (_checks_then_breaks, (1, 0)),
    "prints": (_prints, (3, 1)),
    "always-equal": (writes(ALWAYS), (0, 0)),
    "reads": (writes(READS, RIGHT_MIX), (0, 1)),
    "opens": (writes(OPENS, RIGHT_MIX), (0, 1)),
    "loops": (writes(LOOPS, RIGHT_MIX), (0, 1)),
    "ends": (writes(ENDS, RIGHT_MIX), (0, 1)),
    "says": (writes(SAYS), (0, 0)),
}


def hand_in(course: Path, student: str, edit: Edit) -> None:
    """Put a student's notebook into `submitted/`."""
    notebook = classroom.read(course / "release" / written_lesson.FILE)
    edit(notebook)
    folder = course / "submitted" / student / LESSON
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{LESSON}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def expected() -> dict[str, dict[str, float]]:
    """Return the points of each student."""
    return {student: {"shares": shares, "mix": mix} for student, (_, (shares, mix)) in CLASS.items()}
