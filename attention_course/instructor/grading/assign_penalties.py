"""AssignPenalties: nbgrader's late penalties, after the extension that a student has."""

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties

from attention_course.instructor.extensions.file import read_extensions
from attention_course.instructor.extensions.late import tell_gradebook
from attention_course.instructor.nbgrader_internals import course_of


class AssignPenalties(AssignLatePenalties):
    """Tells the gradebook of the student's extension first: nbgrader reckons from there how late a submission is.

    The penalty itself is the business of the plugin that the course names (c.AssignLatePenalties.plugin_class).
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Look at one submission."""
        about = resources["nbgrader"]
        extension = read_extensions(Path(course_of(self).root)).of(about["student"], about["assignment"])
        with Gradebook(about["db_url"]) as gradebook:
            tell_gradebook(gradebook, extension)
        return super().preprocess(nb, resources)
