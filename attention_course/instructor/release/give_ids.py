"""GiveIds: the options of a question get identities at its first release, and `source/` keeps them."""

import json
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.errors import NotebookError
from attention_course.instructor.course_files import write_notebook
from attention_course.instructor.nbgrader_internals import course_of
from attention_course.instructor.release.option_ids import with_ids


class GiveIds(NbGraderPreprocessor):
    """Writes `options=["key", …]` as `options={"key": "key", …}`, in the release and in the source notebook.

    An answer is kept by the id in front: the text behind it may be mended, and options may change places, without a
    change of what students have answered.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Give ids in one notebook, and write them into its source where there were none."""
        sources = {cell.id: with_ids(cell.source) for cell in nb.cells if cell.cell_type == "code" and "id" in cell}
        changed = [cell for cell in nb.cells if sources.get(cell.get("id"), cell.source) != cell.source]
        for cell in changed:
            cell.source = sources[cell.id]
        if changed:
            about, course = resources["nbgrader"], course_of(self)
            folder = course.format_path(course.source_directory, ".", about["assignment"])
            path = Path(folder) / f"{about['notebook']}.ipynb"
            _write(path, {cell.id: cell.source for cell in changed})
            self.log.warning(
                "Options of %d question(s) were given ids in %s: reload it where it is open, and keep it.",
                len(changed),
                path,
            )
        return nb, resources


def _write(path: Path, sources: dict[str, str]) -> None:
    """Write cells' new sources, by cell id, into a notebook file."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell.get("id") in sources:
                cell["source"] = sources[cell["id"]].splitlines(keepends=True)
        write_notebook(path, notebook)
    except OSError as error:
        raise NotebookError(f"{path} cannot be written, so its options keep no ids: {error.strerror}.") from error
