"""ClearTraces: nothing that trying or editing the source notebook left behind reaches a release."""

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.errors import NotebookError

# The students' kernel, whatever the instructor's was called.
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = {"cellView", "deletable", "editable", "jupyter", "nbgrader", "slideshow", "tags"}


class ClearTraces(NbGraderPreprocessor):
    """Drops an instructor's own answers, widget state, timings and names; refuses a stray copy of a notebook.

    Outputs and execution counts are cleared by nbgrader's own ClearOutput.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Clear one notebook; raise NotebookError when it is not the assignment's own."""
        notebook, assignment = resources["nbgrader"]["notebook"], resources["nbgrader"]["assignment"]
        if notebook != assignment:
            raise NotebookError(
                f"{notebook}.ipynb in the source of {assignment!r} would be released too: a lesson is the one notebook "
                f"{assignment}.ipynb, so move or delete the other."
            )
        nb.metadata.clear()
        nb.metadata.update({key: dict(value) for key, value in NOTEBOOK_METADATA.items()})
        for cell in nb.cells:
            for key in set(cell.metadata) - CELL_METADATA:
                del cell.metadata[key]
        return nb, resources
