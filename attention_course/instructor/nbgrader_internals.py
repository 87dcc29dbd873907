"""All that reaches into the private parts of nbgrader 0.9, and of what it stands on, and why.

pyproject.toml says which versions of nbgrader may be installed; with another one, this is the file to look through.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import nbgrader.api
from nbconvert.exporters import NotebookExporter
from nbconvert.writers import FilesWriter
from nbformat.notebooknode import from_dict
from nbformat.v4.rwbase import split_lines, strip_transient
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.dbutil import _temp_alembic_ini
from nbgrader.preprocessors import Execute
from traitlets.utils.importstring import import_item


def newest_form_of_a_gradebook() -> str:
    """Return the name of the newest form of nbgrader's database, which a new gradebook is marked with.

    nbgrader starts another program to ask for it, and that imports all of nbgrader once more, which takes seconds.
    """
    from alembic.config import Config  # which takes long to import, and is seldom asked
    from alembic.script import ScriptDirectory

    with _temp_alembic_ini("sqlite://") as settings:
        return str(ScriptDirectory.from_config(Config(settings)).get_current_head())


nbgrader.api.get_alembic_version = newest_form_of_a_gradebook


def course_of(step: Any) -> Any:
    """Return the course that a step works in: the step's parent is an exporter, and the exporter's is a converter.

    nbgrader tells its steps neither the course nor a folder. https://github.com/jupyter/nbgrader/issues/1918
    """
    return step.parent.parent.coursedir


@contextmanager
def lent(gradebook: Gradebook) -> Iterator[None]:
    """Meanwhile, give this gradebook to whoever opens one, and leave it open when they close theirs.

    Each step of nbgrader's opens the gradebook by itself. https://github.com/jupyter/nbgrader/issues/560
    """

    def borrow(borrower: Gradebook, *_args: Any, **_kwargs: Any) -> None:
        borrower.__dict__.update(gradebook.__dict__)

    def give_back(_borrower: Gradebook) -> None:
        """Close nothing: it is still needed."""

    opened, closed = Gradebook.__init__, Gradebook.close
    Gradebook.__init__, Gradebook.close = borrow, give_back
    try:
        yield
    finally:
        Gradebook.__init__, Gradebook.close = opened, closed


class QuickExporter(NotebookExporter):
    """nbconvert's exporter for a notebook that nobody else holds, so it need not be copied before a step changes it.

    nbconvert copies it twice, and the steps' resources with it; nbformat copies it once more to write it in lines. That
    and the indent, which Python writes slowly, take longer than all the steps. What is written holds the same values.
    """

    def from_notebook_node(self, nb: Any, resources: Any = None, **_kw: Any) -> tuple[str, Any]:
        """Take all steps, see that a notebook is left, and return it as JSON, with the resources."""
        resources = self._init_resources(resources)
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        nbformat.validate(nb, relax_add_props=True)
        return json.dumps(split_lines(strip_transient(nb)), sort_keys=True, ensure_ascii=False), resources


class SplitAutograde(Autograde):
    """nbgrader's Autograde in two halves, between which somebody else executes the notebook.

    nbgrader can only do all of a submission at once, one after another. https://github.com/jupyter/nbgrader/issues/174
    and https://github.com/jupyter/nbgrader/pull/970, which would have split it.
    """

    autograde_preprocessors: Any

    def start(self) -> None:
        """Get ready to read and write notebooks."""
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = QuickExporter(parent=self, config=self.config)  # what is read here is mended already
        steps = [import_item(step) if isinstance(step, str) else step for step in self.autograde_preprocessors]
        self.execute_steps = [step for step in steps if isinstance(step, type) and issubclass(step, Execute)]
        self.autograde_preprocessors = [step for step in steps if step not in self.execute_steps]

    def source(self, student: str) -> Path:
        """Return the folder that one student's submission is read from."""
        return Path(self._format_source(self.coursedir.assignment_id, student))

    def folder(self, student: str) -> Path:
        """Return the folder in which one student's graded submission lies."""
        return Path(self._format_dest(self.coursedir.assignment_id, student))

    def sanitized(self, student: str) -> str:
        """Return one submission's notebook as JSON, ready to be executed; the gradebook knows of it from here on."""
        assignment = self.coursedir.assignment_id
        path = self._notebook(student)
        self.notebooks = [path]
        self.run_pre_convert_hook()
        self.init_assignment(assignment, student)
        self._init_preprocessors()
        notebook, _ = self.exporter.from_filename(path, resources=self.init_single_notebook_resources(path))
        return notebook

    def score(self, student: str, notebook: Any) -> None:
        """Score an executed notebook, given as plain values, and write it to `autograded/`."""
        self._sanitizing = False  # nbgrader's word for the second half, in which it reads what the first has written
        try:
            self._init_preprocessors()
            resources = self.init_single_notebook_resources(self._notebook(student))
            output, resources = self.exporter.from_notebook_node(from_dict(notebook), resources)
            self.write_single_notebook(output, resources)
        finally:
            self._sanitizing = True
        self.set_permissions(self.coursedir.assignment_id, student)
        self.run_post_convert_hook()

    def _notebook(self, student: str) -> str:
        return os.path.join(self.source(student), f"{self.coursedir.assignment_id}.ipynb")


class CarefulRelease(GenerateAssignment):
    """nbgrader's GenerateAssignment in two halves: a notebook is made, and the gradebook learns of it later, or never.

    nbgrader does both at once. It also logs a traceback of what a step has refused, and raises that there is one above;
    here the refusal is remembered.
    """

    preprocessors: Any
    refusal: Exception | None = None
    learning: tuple[type, ...] = ()  # the steps by which the gradebook learns

    def start(self) -> None:
        """Make the release by all steps but those; what these would be given is kept for `learn`."""
        self.has_gradebook, self.no_database = not self.no_database, True
        self._given: list[tuple[Any, Any]] = []
        steps = [import_item(step) if isinstance(step, str) else step for step in self.preprocessors]
        self._later = [step for step in steps if isinstance(step, type) and issubclass(step, self.learning)]
        last = self._later[-1] if self._later else None
        kept = [step for step in steps if step is last or step not in self._later]
        self.preprocessors = [self._keep if step is last else step for step in kept]
        super().start()

    def _keep(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        self._given.append((deepcopy(nb), resources))
        return nb, resources

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Convert one notebook; remember what goes wrong."""
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            self.refusal = error
            raise

    def learn(self, gradebook: Gradebook) -> None:
        """Have the gradebook, which is lent meanwhile, learn what was made."""
        lesson = self.coursedir.assignment_id
        gradebook.update_or_create_assignment(lesson)
        self._clean_old_notebooks(lesson, ".")
        for nb, resources in self._given:
            for step in self._later:
                step(parent=self.exporter)(nb, resources)
