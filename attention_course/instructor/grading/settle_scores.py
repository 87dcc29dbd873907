"""SettleScores: where a question was changed, or is settled, its score is what the course stands by."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import determine_grade

from attention_course.answers import record
from attention_course.answers.record import Record
from attention_course.exercises.credit import Credit, points
from attention_course.instructor.grading.keep_scores import ungraded
from attention_course.instructor.grading.known_cells import KnownCells, instructors_code, known_cells
from attention_course.instructor.nbgrader_internals import course_of
from attention_course.instructor.settling import former
from attention_course.instructor.settling.asked import Asked, asked_in, credit_in
from attention_course.instructor.settling.former import Former
from attention_course.instructor.settling.settle import settle

CHANGED = "attention_course_changed"  # among nbconvert's resources
HELD, SETTLED = "held", "settled"  # in the notebook's own metadata, by question


@dataclass
class Changed:
    """The questions of a lesson that were changed or are settled; the same for a whole class."""

    known: KnownCells
    former: Former = field(default_factory=Former)

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """The questions as they are graded now, with a former version or a settlement."""
        sources = [cell.source for name, cell in self.known.items() if name in self.names]
        return {name: one for name, one in asked_in(sources).items() if one.question is not None}

    @cached_property
    def names(self) -> set[str]:
        """The names of the cells to be looked at."""
        code = {name: cell.source for name, cell in self.known.items() if cell.cell_type == "code" and cell.locked}
        return {name for name, source in code.items() if "settled=" in source or name in self.former}

    @cached_property
    def aliases(self) -> dict[str, str]:
        """The names that questions had, with those that they have."""
        sources = [cell.source for cell in self.known.values() if "formerly=" in cell.source]
        asked = asked_in(sources).values()
        return {one.question.formerly: one.name for one in asked if one.question and one.question.formerly}

    @cached_property
    def rule(self) -> Credit:
        """The lesson's rule of credit."""
        return credit_in(instructors_code(self.known))

    @cached_property
    def marks(self) -> dict[str, str]:
        """The marks of the questions as they are graded now."""
        return {name: one.mark for name, one in self.asked.items()}

    def then(self, name: str, mark: str) -> Asked | None:
        """Return the former version of a question that a notebook with this mark holds, None where it holds today's."""
        return self.former.held(name, mark, self.marks.get(name, ""))

    def is_for_all(self, name: str) -> bool:
        """Does a question give everybody the same, whatever came of its tests?"""
        question = self.asked[name].question
        return bool(question and question.settled and question.settled.kind in ("full", "nothing"))

    def __deepcopy__(self, memo: Any) -> "Changed":
        """Return itself, as KnownCells does."""
        return self


def changed(step: Any, resources: Any) -> Changed:
    """Return what was changed in the lesson that is being graded; it is looked up once for all steps."""
    about = resources["nbgrader"]
    if CHANGED not in about:
        root = Path(course_of(step).root) if step.parent is not None else None
        about[CHANGED] = of_lesson(known_cells(resources), root, about.get("assignment", ""))
    return about[CHANGED]


def of_lesson(known: KnownCells, root: Path | None, lesson: str) -> Changed:
    """Return what was changed in a lesson: a former name's versions count for the name that the question has now."""
    found = Changed(known, former.read(root, lesson) if root else Former())
    for old, new in found.aliases.items():
        if old in found.former:
            found.former[new] = [*found.former.pop(old), *found.former.get(new, [])]
    return found


class SettleScores(NbGraderPreprocessor):
    """Before SaveAutoGrades: puts what the course stands by in the place of what a changed question's cell ended in.

    Nothing of it is read from what a student's notebook says it was told: what was released is kept by the course.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Settle the scores of one submission."""
        looked_at = changed(self, resources)
        if not looked_at.names:
            return nb, resources
        kept = nb.metadata.get(record.METADATA_KEY, {})
        records, _ = record.read(nb, resources["nbgrader"]["notebook"])
        said: dict[str, Any] = {}
        for cell in nb.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if name in looked_at.asked and (not ungraded(cell) or looked_at.is_for_all(name)):
                self._settle(cell, name, looked_at, records.get(name, Record()), kept.get(HELD, {}), said)
        if said:
            nb.metadata[record.METADATA_KEY][SETTLED] = said
        return nb, resources

    def _settle(
        self, cell: Any, name: str, looked_at: Changed, answered: Record, held: dict[str, str], said: dict[str, Any]
    ) -> None:
        asked, then = looked_at.asked[name], looked_at.then(name, held.get(name, ""))
        most = cell.metadata.nbgrader["points"]
        score, _ = determine_grade(cell, self.log)
        got = (score or 0) / most if most else 0.0
        assert asked.question is not None
        outcome = settle(asked.question, then.question if then else None, answered, looked_at.rule, got)
        if outcome.share != got or not most:
            _put_score(cell, points(outcome.share, most) if most else 0.0)
        if outcome.said or outcome.cause:
            said[name] = {"cause": outcome.cause, "said": list(outcome.said)}


def _put_score(cell: Any, score: float) -> None:
    others = [output for output in cell.outputs if output.output_type not in ("execute_result", "error")]
    result = new_output("execute_result", {"text/plain": repr(score)}, execution_count=cell.execution_count)
    cell.outputs = [*others, result]
