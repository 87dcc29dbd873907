"""AutogradeInParts: nbgrader's Autograde, with the execution of a notebook left to somebody else."""

import json
import os
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.writers import FilesWriter
from nbformat.notebooknode import from_dict
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from nbgrader.utils import rmtree
from traitlets.utils.importstring import import_item

from attention_course.instructor.forkserver.execute import ExecuteWarm
from attention_course.instructor.forkserver.execute_cells import ExecuteCells
from attention_course.instructor.grading.drop_files import NBGRADERS_OWN
from attention_course.instructor.grading.known_cells import KEPT, from_gradebook
from attention_course.instructor.runner.execute import Task
from attention_course.instructor.runner.gradebook import OneGradebook
from attention_course.instructor.runner.prepare import prepare
from attention_course.instructor.runner.submissions import Submission


class AutogradeInParts(Autograde):
    """Goes through the steps of `nbgrader autograde` for one submission at a time, in two parts.

    `before` makes a notebook ready to be executed, `after` scores the executed one; in between, other submissions may
    have their turn. The steps, and what they write where, are nbgrader's and those of the course's configuration.
    """

    autograde_preprocessors: Any

    def __init__(self, gradebook: OneGradebook, **about: Any) -> None:
        super().__init__(**about)
        self.gradebook = gradebook

    def start(self) -> None:
        """Get ready to read and write notebooks."""
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = NotebookExporter(parent=self, config=self.config)  # what `prepare` writes is mended already
        self.exporter.optimistic_validation = True  # once at the end, not after every step
        steps = [import_item(step) if isinstance(step, str) else step for step in self.autograde_preprocessors]
        self.execute_steps = [step for step in steps if isinstance(step, type) and issubclass(step, Execute)]
        self.autograde_preprocessors = [step for step in steps if step not in self.execute_steps]
        assignment = self.coursedir.assignment_id
        about = {"db_url": self.coursedir.db_url, "assignment": assignment, "notebook": assignment}
        with self.gradebook.transaction():
            self.known_cells = from_gradebook(about)
        locked = [cell for cell in self.known_cells.values() if cell.cell_type == "code" and cell.locked]
        self._rehearsal = [cell.source for cell in locked]

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        """Return nbgrader's resources; the instructor's cells are among them, the same for the whole class."""
        resources = super().init_single_notebook_resources(notebook_filename)
        resources["nbgrader"][KEPT] = self.known_cells
        return resources

    def before(self, submission: Submission) -> Task:
        """Clean one submission and return what is to be executed; `autograded/` holds nothing of an earlier grading.

        Raises NotebookError where there is no notebook to be read.
        """
        with self.gradebook.transaction():
            return self._before(submission)

    def _before(self, submission: Submission) -> Task:
        student, assignment = submission.student, self.coursedir.assignment_id
        self.remove(student)
        prepare(submission, Path(self._format_source(assignment, student)), assignment, self.log)
        path = os.path.join(self._format_source(assignment, student), f"{assignment}.ipynb")
        self.notebooks = [path]
        self.run_pre_convert_hook()
        self.init_assignment(assignment, student)
        self._sanitizing = True
        self._init_preprocessors()
        notebook, _ = self.exporter.from_filename(path, resources=self.init_single_notebook_resources(path))
        step = ExecuteCells if self.execute_steps[0] is ExecuteWarm else self.execute_steps[0]
        return Task(assignment, notebook, step, self._settings(step), self._files(student))

    def after(self, student: str, notebook: str) -> None:
        """Score an executed notebook and write it to `autograded/`; its scores are kept together or not at all."""
        with self.gradebook.transaction():
            self._after(student, notebook)

    def _after(self, student: str, notebook: str) -> None:
        assignment = self.coursedir.assignment_id
        self._sanitizing = False
        try:
            self._init_preprocessors()
            path = os.path.join(self._format_source(assignment, student), f"{assignment}.ipynb")
            resources = self.init_single_notebook_resources(path)
            output, resources = self.exporter.from_notebook_node(from_dict(json.loads(notebook)), resources)
            self.write_single_notebook(output, resources)
        finally:
            self._sanitizing = True
        self.set_permissions(assignment, student)
        self.run_post_convert_hook()

    def score_zero(self, student: str) -> None:
        """Give no points for what could not be graded, as nbgrader does for a notebook that is missing."""
        assignment = self.coursedir.assignment_id
        when = self.coursedir.get_existing_timestamp(self._format_source(assignment, student))
        with self.gradebook.transaction() as gradebook:
            gradebook.update_or_create_student(student)
            about = {"timestamp": when} if when else {}
            submission = gradebook.update_or_create_submission(assignment, student, **about)
            for grade in (grade for notebook in submission.notebooks for grade in notebook.grades):
                grade.auto_score, grade.needs_manual_grade = 0, False

    def remove(self, student: str) -> None:
        """Remove what an earlier grading left in `autograded/`."""
        if self.folder(student).exists():
            rmtree(str(self.folder(student)))

    def folder(self, student: str) -> Path:
        """Return where one student's graded submission lies."""
        return Path(self._format_dest(self.coursedir.assignment_id, student))

    def _settings(self, step: type) -> dict[str, dict[str, Any]]:
        """Return the part of the configuration that executing needs; the rest is nobody's business on a worker."""
        names = {kind.__name__ for kind in step.__mro__} | {"KernelManager", "AsyncKernelManager", "KernelSpecManager"}
        settings = {name: dict(self.config[name]) for name in sorted(names) if name in self.config}
        if hasattr(step, "rehearsal"):
            settings.setdefault(step.__name__, {})["rehearsal"] = self._rehearsal
        return settings

    def _files(self, student: str) -> dict[str, bytes]:
        """Return the instructor's files that nbgrader has put beside the notebook."""
        folder = self.folder(student)
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in NBGRADERS_OWN]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
