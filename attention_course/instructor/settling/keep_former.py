"""KeepFormer: before the gradebook learns a question anew, the one that students hold is noted."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.instructor.nbgrader_internals import course_of
from attention_course.instructor.settling import former
from attention_course.instructor.settling.asked import Asked, as_released, asked_in, credit_in


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
        changed = {}
        for name, asked in before.items():
            later = now.get(name) or next((each for each in now.values() if _was(each, name)), None)
            if later is None or later.mark != asked.mark:
                changed[name] = as_released(asked.source, keep=keep)
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        was, rule = credit_in(known), credit_in(sources)
        former.add(
            Path(course_of(self).root), about["assignment"], changed, moment, was if known and was != rule else None
        )
        return nb, resources


def _was(asked: Asked, name: str) -> bool:
    return asked.question is not None and asked.question.formerly == name


def _known(about: dict[str, str]) -> list[str]:
    """Return the sources of the cells that the gradebook knows; none where it does not know the lesson yet."""
    try:
        with Gradebook(about["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(about["notebook"], about["assignment"])
            return [cell.source for cell in notebook.source_cells if cell.cell_type == "code"]
    except MissingEntry:
        return []
