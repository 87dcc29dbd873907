"""The cells of a lesson's source notebook, run as a student or a grader runs them, for the tests of its contents."""

import json
import re
from collections import Counter
from typing import Any, NamedTuple

from classroom import ROOT

from attention_course.exercises import program
from attention_course.exercises.question import Question
from attention_course.instructor import regions
from attention_course.pictures.picture import Picture

WORDS_A_MINUTE, WORDS_OF_A_CELL = 200, 40  # a concept cell and its picture take as long as so many words
MINUTES = {
    "choice": 1,
    "shapes": 1.5,
    "numeric": 2,
    "blanks": 2,
    "order": 3,
    "predict": 1,
    "explore": 2,
    "explain": 2,
    "card": 0.75,
}
IN_WORDS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)


class Concepts(NamedTuple):
    """What the concept cells defined and printed, and the picture of each."""

    names: dict[str, Any]
    printed: str
    pictures: dict[str, Picture]


def name_of(cell: dict[str, Any]) -> str:
    """Return the name that nbgrader knows a cell by, else its id, which JupyterLab makes up."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id") or cell["id"]


class LessonCells:
    """A lesson's cells by name: `sources` has all; `texts`, `code`, `exercises` and `concepts` the names of some."""

    def __init__(self, lesson: str) -> None:
        path = ROOT / f"source/{lesson}/{lesson}.ipynb"
        self.notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        cells = self.notebook["cells"]
        self.sources: dict[str, str] = {name_of(cell): "".join(cell["source"]) for cell in cells}
        self.code = [name_of(cell) for cell in cells if cell["cell_type"] == "code"]
        self.texts = [name_of(cell) for cell in cells if cell["cell_type"] == "markdown"]
        self.exercises = [name_of(cell) for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]
        answers = [f"{name}-code" for name in self.exercises]  # the cells that a student writes
        self.concepts = [name for name in self.code if name not in (*self.exercises, *answers, "setup", "summary")]
        self._begun: list[Concepts] = []  # after the setup cell, and after each of the first concept cells

    def run_concepts(self, cell: str = "", old: str = "", new: str = "") -> Concepts:
        """Run all concept cells, one of them edited: those above it are run once for all edits."""
        edited = self.concepts.index(cell) if cell else 0
        names, printed, pictures = self._above(edited)
        for name in self.concepts[edited:]:
            source = self.sources[name]
            if name == cell:
                assert source.count(old) == 1
                source = source.replace(old, new)
            names, said, picture = self._run(name, source, names)
            printed, pictures = printed + said, pictures | {name: picture}
        return Concepts(names, printed, pictures)

    def _above(self, count: int) -> Concepts:
        """Run the first concept cells, and return copies of what they made."""
        if not self._begun:
            self._begun.append(Concepts(program.run(self.sources["setup"]).names, "", {}))
        while len(self._begun) <= count:
            name, (names, printed, pictures) = self.concepts[len(self._begun) - 1], self._begun[-1]
            names, said, picture = self._run(name, self.sources[name], names)
            self._begun.append(Concepts(names, printed + said, pictures | {name: picture}))
        return self._begun[count]

    def _run(self, name: str, source: str, names: dict[str, Any]) -> tuple[dict[str, Any], str, Any]:
        run = program.run(source, given=names)
        assert run.error is None, f"{name}: {run.error}"
        return names | run.names, run.printed, run.value

    def questions(self) -> dict[str, Question]:
        """Return the questions that the exercises ask, by their names."""
        names: dict[str, Any] = program.run(self.sources["setup"]).names
        for name in self.exercises:
            run = program.run(regions.cut(self.sources[name], regions.HIDDEN_TESTS), given=names)
            assert run.error is None, f"{name}: {run.error}"
            names |= run.names
        return {name: answer.question for name, answer in names["lesson"].answers.items()}

    # ---- titles and points

    def check_titles(self, questions: dict[str, Question]) -> None:
        """Assert that each kind counts from 1, and that an exercise and the heading above it begin with its title."""
        counts: Counter[str] = Counter()
        above = dict(zip([*self.sources][1:], self.sources.values(), strict=False))
        for name, question in questions.items():
            counts[question.label] += 1
            assert question.title == f"{question.label} {counts[question.label]}"
            heading = above[name]
            assert heading.startswith(f"### {question.title} · ")
            assert self.sources[name].startswith(f"#@title {heading[4:]} {{ display-mode")

    def check_points(self, questions: dict[str, Question]) -> None:
        """Assert that the lesson's title states the sum of its points, in words."""
        said = re.search(r"· (\w+) points?\*$", self.sources["title"], re.MULTILINE)
        assert said
        assert IN_WORDS.split().index(said[1]) == sum(question.points for question in questions.values())

    # ---- time

    def sections(self) -> dict[str, list[str]]:
        """Return the names of the cells under each heading of the second level."""
        found: dict[str, list[str]] = {}
        for name, source in self.sources.items():
            if name in self.texts and source.startswith("## "):
                found[heading := source.splitlines()[0]] = []
            if found:
                found[heading].append(name)
        return found

    def minutes(self, names: list[str], questions: dict[str, Question]) -> float:
        """Return how long cells take: reading their words, and thinking about their exercises."""
        words, thinking = 0, 0.0
        for name in names:
            if name in questions:
                asked = questions[name]
                words += len(" ".join([asked.prompt, asked.hint, *asked.listed()]).split())
                thinking += MINUTES[asked.kind]
            else:
                words += WORDS_OF_A_CELL if name in self.code else len(self.sources[name].split())
        return words / WORDS_A_MINUTE + thinking

    def stated_minutes(self, questions: dict[str, Question]) -> list[int]:
        """Return the minutes that the headings state, and assert that each is what its cells take, give or take one."""
        stated = []
        for heading, names in self.sections().items():
            if said := re.search(r" · (\d+) minutes?$", heading):
                stated.append(int(said[1]))
                assert abs(stated[-1] - self.minutes(names, questions)) < 1, heading
        return stated
