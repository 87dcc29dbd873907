"""Writes down what each lesson says of itself, for the start page.

    python -m attention_course.instructor.source.facts

Read are the title's line (*Practice · about ten minutes · ten points*), the headings with their minutes, and the points
of the graded cells. Nothing is run.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from attention_course.course import facts
from attention_course.errors import NotebookError
from attention_course.exercises.read_question import question_in
from attention_course.instructor.source.cells import load_source
from attention_course.page.path import PATH

LINE = re.compile(r"^\*(?P<title>[^·*\n]+) · (?P<time>[^·*\n]+) · [^*\n]+\*$", re.MULTILINE)
HEADING = re.compile(r"^## (?P<title>[^·\n]+?)(?: · (?:(?P<minutes>\d+) minutes?|[^\n]*))?$", re.MULTILINE)
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TIMES = {"twice": 2, "three times": 3, "four times": 4, "five times": 5, "5 ×": 5}
ROOT = Path(facts.__file__).parents[2]


def of_lesson(notebook: dict[str, Any], lesson: str) -> dict[str, Any]:
    """Return what a source notebook says of its lesson; raise NotebookError where its title's line says no time."""
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    line = LINE.search(sources[0])
    if line is None:
        raise NotebookError(
            f"{lesson}.ipynb: below its title a line like *Title · 20 minutes · ten points* is missing."
        )
    sections: list[dict[str, Any]] = [{"title": "", "minutes": 0, "questions": {}}]  # before the first heading
    for cell, source in zip(notebook["cells"], sources, strict=True):
        nbgrader = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "markdown":
            for heading in HEADING.finditer(source):
                minutes = int(heading["minutes"] or 0)
                sections.append({"title": heading["title"], "minutes": minutes, "questions": {}})
        elif nbgrader.get("grade"):
            found = question_in(source) if "settled=" in source else None
            points = found[0].gives_at_most if found else nbgrader["points"]
            sections[-1]["questions"][nbgrader["grade_id"]] = points
    kept = [section for section in sections if section["minutes"] or section["questions"]]
    return {"title": line["title"], "time": line["time"], "minutes": minutes_of(line["time"]), "sections": kept}


def minutes_of(time: str) -> int:
    """Return the minutes that a lesson's own words say: "twice 45 minutes" are 90."""
    times = next((times for word, times in TIMES.items() if word in time), 1)
    number = re.search(rf"\b(\d+|{'|'.join(WORDS)}|an) (minutes?|hours?)\b", time)
    if number is None:
        raise NotebookError(
            f"A lesson's time is said like “about 20 minutes”, “twice 45 minutes” or “an hour”: {time!r}."
        )
    count = 1 if number[1] == "an" else int(number[1]) if number[1].isdigit() else WORDS.index(number[1])
    return times * count * (60 if number[2].startswith("hour") else 1)


def of_all(source: Path) -> dict[str, Any]:
    """Return what each lesson on the path says of itself, as far as it is there."""
    files = {lesson: source / lesson / f"{lesson}.ipynb" for lesson in PATH}
    return {lesson: of_lesson(load_source(file), lesson) for lesson, file in files.items() if file.is_file()}


def main() -> int:
    """Write the facts where they have changed, and return 1 where they cannot be had."""
    file = ROOT / "attention_course/course" / facts.FILE
    try:
        text = json.dumps(of_all(ROOT / "source"), indent=1, ensure_ascii=False) + "\n"
    except NotebookError as error:
        print(error)
        return 1
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
        print(f"{file.name} is written anew.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
