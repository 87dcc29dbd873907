"""EmbedPackage: the released notebook carries the course, so that it works alone, wherever it is opened."""

import base64
import bz2
import hashlib
import json
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import NbGraderPreprocessor

import attention_course
from attention_course.course import facts
from attention_course.errors import NotebookError
from attention_course.instructor.release.bare_files import bare
from attention_course.instructor.release.hold_back import held_back
from attention_course.instructor.release.named_items import named_items

PACKAGE = Path(attention_course.__file__).parent
NOT_PACKED = {"instructor"}
PACKED = {".py", ".js", ".css"}
ITEMS = "attention_course/bank/items.json"  # the bank's, whose keys are sealed
DATA = {ITEMS, f"attention_course/course/{facts.FILE}"}  # beside them what the start page knows of the lessons
# Packed where a lesson imports it: other lessons ask for what stands there.
ON_DEMAND = {"bank", "course", "recall", "training"}
STANDS_ON = {"course": {"bank"}, "recall": {"bank"}}  # what has to be packed along with it
EVERYTHING = " ".join(f"attention_course.{folder}" for folder in sorted(ON_DEMAND))  # code that needs all of it
PUBLIC = {*attention_course.__all__, "ask", "summary", "take_over"}  # what a student may call `help` for
FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}

# The packed code is one line, behind the readable ones: a static view shows a cell whole. No line begins with a sign
# that some notebook takes for a command.
SETUP_CELL = """\
#@title Set up the lesson: run this first {{ display-mode: "form" }}
# This notebook brings the code of its exercises along: attention_course {version}, {count} files in {size} kB.
# Where the same or a newer version is installed, that one is used. SHA-256 of what is packed: {sha256}
import base64, bz2, hashlib, json

class Damaged(Exception):
    def _render_traceback_(self):
        return [str(self)]

def unpacked(packed):
    if hashlib.sha256(packed.encode()).hexdigest() != "{sha256}":
        raise Damaged("The code packed into this cell is damaged; none of it ran. Take a fresh copy of the notebook.")
    return json.loads(bz2.decompress(base64.b85decode(packed)))

files = unpacked("{packed}")
bootstrap = {{}}
exec(files["attention_course/bootstrap.py"], bootstrap)
bootstrap["set_up"](files)

"""
INSTALL_CELL = """\
#@title Install what is missing: only where the cell above asks for it { display-mode: "form" }
if missing := bootstrap["to_install"]():
    for names in missing:
        %pip install --quiet {names}
    print(bootstrap["installed"]())
"""


class EmbedPackage(NbGraderPreprocessor):
    """Packs the course into the setup cell, folds that away, and puts a cell behind it that can install libraries."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Embed the course in one notebook; raise NotebookError where it has no setup cell."""
        names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells]
        if names.count("setup") != 1:
            raise NotebookError(
                "The course travels in the cell with the ID 'setup', and the notebook has none (or two): give this ID, "
                "in the Create Assignment panel, to the cell that imports attention_course."
            )
        place = names.index("setup")
        setup = nb.cells[place]
        code = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")
        files = package_files(code)
        is_judged = self.config.SealKeys.get("feedback") != "after_grading"
        if ITEMS in files and not is_judged:
            files[ITEMS] = held_back(files[ITEMS])
        elif ITEMS not in files and is_judged:
            files |= again_files(code)
        setup.source = setup_cell(bare(files, PUBLIC)) + setup.source
        setup.metadata.update(FOLDED)
        nb.cells.insert(place + 1, new_code_cell(INSTALL_CELL.rstrip(), id="install", metadata={"cellView": "form"}))
        return nb, resources


def package_files(code: str = "") -> dict[str, str]:
    """Return the text of each file of the package that a student's kernel needs for a lesson's code, by its path."""
    asked = {folder for folder in ON_DEMAND if f"attention_course.{folder}" in code}
    left_out = NOT_PACKED | ON_DEMAND - asked.union(*(STANDS_ON.get(folder, set()) for folder in asked))
    files = {}
    for path in sorted(PACKAGE.rglob("*")):
        within = path.relative_to(PACKAGE)
        name = f"attention_course/{within.as_posix()}"
        if (path.suffix in PACKED or name in DATA) and within.parts[0] not in left_out:
            files[name] = path.read_text(encoding="utf-8")
    return files


def again_files(code: str) -> dict[str, str]:
    """Return the file with the items that a lesson's questions are asked again from, none where it needs none."""
    items = named_items((PACKAGE.parent / ITEMS).read_text(encoding="utf-8"), code)
    return {ITEMS: items} if items else {}


def setup_cell(files: dict[str, str]) -> str:
    """Return the lines that bring these files along: the same bytes for the same files."""
    data = bz2.compress(json.dumps(files, ensure_ascii=False).encode())  # a tenth smaller than zlib, as small as lzma
    packed = base64.b85encode(data).decode("ascii")  # without quotes, backslashes and slashes
    return SETUP_CELL.format(
        version=attention_course.__version__,
        count=len(files),
        size=len(packed) // 1000,
        sha256=hashlib.sha256(packed.encode()).hexdigest(),
        packed=packed,
    )


def unpacked(source: str) -> dict[str, str]:
    """Return the files that a setup cell brings along."""
    packed = source.split('files = unpacked("')[1].split('"')[0]
    return json.loads(bz2.decompress(base64.b85decode(packed)))
