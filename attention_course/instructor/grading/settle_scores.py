"""SettleScores: where a question was changed, or is settled, its score is what the course stands by."""

from typing import Any

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import determine_grade

from attention_course.answers import record
from attention_course.answers.record import Record
from attention_course.exercises.credit import Credit, points
from attention_course.exercises.question import Outcome, Question
from attention_course.instructor.grading.changed import Versions, changed
from attention_course.instructor.grading.keep_scores import facts, ungraded
from attention_course.instructor.settling import bank_items
from attention_course.instructor.settling.settle import settle

HELD, SETTLED = "held", "settled"  # in the notebook's own metadata, by question
PROMISED = "promised"  # there, too: the rule of credit that the notebook handed in says


class SettleScores(NbGraderPreprocessor):
    """Before SaveAutoGrades: puts what the course stands by in the place of what a changed question's cell ended in.

    Nothing of it is read from what a student's notebook says it was told: what was released is kept by the course.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Settle the scores of one submission."""
        looked_at = changed(self, resources)
        if not looked_at.names and not looked_at.items:
            return nb, resources
        kept = nb.metadata.get(record.METADATA_KEY, {})
        records, _ = record.read(nb, resources["nbgrader"]["notebook"])
        if looked_at.items:
            records |= dict(bank_items.by_item(records).values())
        said: dict[str, Any] = {}
        for cell in nb.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            answered = records.get(name, Record())
            versions = looked_at.versions(name, answered, kept.get(HELD, {}))
            if versions and (not ungraded(cell) or _is_for_all(versions[0])):
                promised = looked_at.promised(kept.get(PROMISED))
                self._settle(cell, name, versions, answered, (looked_at.rule, promised), said)
        if said:
            nb.metadata[record.METADATA_KEY][SETTLED] = said
        return nb, resources

    def _settle(
        self,
        cell: Any,
        name: str,
        versions: Versions,
        answered: Record,
        rules: tuple[Credit, Credit | None],
        said: dict[str, Any],
    ) -> None:
        most = cell.metadata.nbgrader["points"]
        score, _ = determine_grade(cell, self.log)
        got = (score or 0) / most if most else 0.0
        rule, promised = rules
        outcome = settle(*versions, answered, rule, got, promised, came_out_right=_came_out_right(cell))
        if outcome.share != got or not most:
            _put_score(cell, points(outcome.share, most) if most else 0.0)
        if outcome.said or outcome.cause:
            said[name] = {"cause": outcome.cause, "said": list(outcome.said)}


def _is_for_all(question: Question) -> bool:
    """Does a question give everybody the same, whatever came of its tests?"""
    return bool(question.settled and question.settled.kind in ("full", "nothing"))


def _came_out_right(cell: Any) -> bool:
    """Did the question in a cell that was run say that its answer is right? No code of a student's runs there."""
    return any(fact.get("outcome") == Outcome.RIGHT for fact in facts(cell))


def _put_score(cell: Any, score: float) -> None:
    others = [output for output in cell.outputs if output.output_type not in ("execute_result", "error")]
    result = new_output("execute_result", {"text/plain": repr(score)}, execution_count=cell.execution_count)
    cell.outputs = [*others, result]
