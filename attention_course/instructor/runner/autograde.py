"""AutogradeInParts: nbgrader's Autograde, with the execution of a notebook left to somebody else."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbgrader.utils import rmtree

from attention_course.instructor.extensions.file import read_extensions
from attention_course.instructor.extensions.late import tell_gradebook
from attention_course.instructor.forkserver.execute_forked import ExecuteForked
from attention_course.instructor.grading.changed import CHANGED, of_course
from attention_course.instructor.grading.drop_files import NBGRADERS_OWN
from attention_course.instructor.grading.known_cells import KEPT, from_gradebook, instructors_code
from attention_course.instructor.nbgrader_internals import SplitAutograde
from attention_course.instructor.runner.execute import Task
from attention_course.instructor.runner.looks_new import MARKER
from attention_course.instructor.runner.one_gradebook import OneGradebook
from attention_course.instructor.runner.prepare import prepare
from attention_course.instructor.runner.submissions import Submission


class AutogradeInParts(SplitAutograde):
    """Goes through the steps of `nbgrader autograde` for one submission at a time, in two parts.

    `before` makes a notebook ready to be executed, `after` scores the executed one; in between, other submissions may
    have their turn. The steps, and what they write where, are nbgrader's and those of the course's configuration.
    """

    def __init__(self, gradebook: OneGradebook, kept_pictures: Sequence[str] = (), **about: Any) -> None:
        super().__init__(**about)
        self.gradebook, self.kept_pictures = gradebook, list(kept_pictures)

    def start(self) -> None:
        """Get ready to read and write notebooks."""
        super().start()
        assignment = self.coursedir.assignment_id
        about = {"db_url": self.coursedir.db_url, "assignment": assignment, "notebook": assignment}
        with self.gradebook.transaction():
            self.known_cells = from_gradebook(about)
        self.changed = of_course(self.known_cells, self.coursedir)

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        """Return nbgrader's resources; the instructor's cells are among them, the same for the whole class."""
        resources = super().init_single_notebook_resources(notebook_filename)
        resources["nbgrader"] |= {KEPT: self.known_cells, CHANGED: self.changed}
        return resources

    def before(self, submission: Submission) -> Task:
        """Clean one submission and return what is to be executed; an earlier grading is put aside.

        Raises NotebookError where there is no notebook to be read.
        """
        student, assignment = submission.student, self.coursedir.assignment_id
        with self.gradebook.transaction() as gradebook:
            self.put_aside(student)
            prepare(submission, self.source(student), assignment, self.log)
            if submission.granted:  # nbgrader says of a submission that it is late before any of its steps runs
                gradebook.update_or_create_student(student)
                extension = read_extensions(Path(self.coursedir.root)).of(student, assignment)
                gradebook.update_or_create_submission(assignment, student)
                tell_gradebook(gradebook, extension)
            notebook = self.sanitized(student)
        step = self.execute_steps[0]
        return Task(assignment, notebook, step, self._settings(step), self._files(student))

    def after(self, student: str, notebook: str) -> None:
        """Score an executed notebook and write it to `autograded/`; its scores are kept together or not at all."""
        with self.gradebook.transaction():
            self.score(student, json.loads(notebook))

    def score_zero(self, student: str) -> None:
        """Give no points for what could not be graded, as nbgrader does for a notebook that is missing."""
        assignment = self.coursedir.assignment_id
        when = self.coursedir.get_existing_timestamp(str(self.source(student)))
        with self.gradebook.transaction() as gradebook:
            gradebook.update_or_create_student(student)
            about = {"timestamp": when} if when else {}
            submission = gradebook.update_or_create_submission(assignment, student, **about)
            for grade in (grade for notebook in submission.notebooks for grade in notebook.grades):
                grade.auto_score, grade.needs_manual_grade = 0, False

    def give_up(self, student: str) -> None:
        """Give no points, and keep nothing of an earlier grading."""
        self.forget_earlier(student)
        self._remove(self.folder(student))
        self.score_zero(student)

    def put_aside(self, student: str) -> None:
        """Put an earlier grading aside; one that is without its marker is half written, by a run that was killed."""
        folder, aside = self.folder(student), self._aside(student)
        if aside.exists() and not (folder / MARKER).exists():
            self._remove(folder)
        elif folder.exists():
            self._remove(aside)
            folder.rename(aside)

    def put_back(self, student: str) -> None:
        """Put an earlier grading back where it was."""
        folder, aside = self.folder(student), self._aside(student)
        self._remove(folder)
        if aside.exists():
            aside.rename(folder)

    def forget_earlier(self, student: str) -> None:
        """Remove an earlier grading, now that there is a later one."""
        self._remove(self._aside(student))

    def _aside(self, student: str) -> Path:
        """Return where an earlier grading lies meanwhile: beside the new one, on the same disk, hidden."""
        folder = self.folder(student)
        return folder.with_name(f".{folder.name}.earlier")

    def _remove(self, folder: Path) -> None:
        if folder.exists():
            rmtree(str(folder))

    def _settings(self, step: type) -> dict[str, dict[str, Any]]:
        """Return the part of the configuration that executing needs; the rest is nobody's business on a worker."""
        names = {kind.__name__ for kind in step.__mro__} | {"KernelManager", "AsyncKernelManager", "KernelSpecManager"}
        settings = {name: dict(self.config[name]) for name in sorted(names) if name in self.config}
        if issubclass(step, ExecuteForked):
            settings.setdefault(step.__name__, {}).update(
                instructors_cells=instructors_code(self.known_cells), kept_pictures=self.kept_pictures
            )
        return settings

    def _files(self, student: str) -> dict[str, bytes]:
        """Return the instructor's files that nbgrader has put beside the notebook."""
        folder = self.folder(student)
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in NBGRADERS_OWN]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
