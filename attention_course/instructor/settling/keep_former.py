"""KeepFormer: before the gradebook learns a question anew, the one that students hold is noted."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.instructor.nbgrader_internals import course_of
from attention_course.instructor.settling import former
from attention_course.instructor.settling.asked import as_released, asked_in, credit_in


class KeepFormer(NbGraderPreprocessor):
    """Notes each question, and the rule of credit, that this release changes: what notebooks said can then be told.

    Where keys are held back until grading, notebooks said nothing, and nothing is noted but what was asked.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Look at one notebook, which stays as it is."""
        if not self.config.SaveCells.get("enabled", True):  # a release without the gradebook
            return nb, resources
        about = resources["nbgrader"]
        known, sources = _known(about), [cell.source for cell in nb.cells if cell.cell_type == "code"]
        before, now = asked_in(known), asked_in(sources)
        keep = self.config.SealKeys.get("feedback") != "after_grading"
        changed = {one.name: as_released(one.source, keep=keep) for one in former.changed(before, now)}
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        was, rule = credit_in(known), credit_in(sources)
        former.add(
            Path(course_of(self).root), about["assignment"], changed, moment, was if known and was != rule else None
        )
        return nb, resources


def _known(about: dict[str, str]) -> list[str]:
    """Return the sources of the cells that the gradebook knows; none where it does not know the lesson yet."""
    try:
        with Gradebook(about["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(about["notebook"], about["assignment"])
            return [cell.source for cell in notebook.source_cells if cell.cell_type == "code"]
    except MissingEntry:
        return []
