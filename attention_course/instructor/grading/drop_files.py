"""DropFiles: of a student's files only the notebook goes into grading."""

import shutil
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.instructor.grading.remark import remark
from attention_course.instructor.nbgrader_internals import course_of

TIME = "timestamp.txt"
LATE = "late.txt"  # put there by lms/collect where only that is known
LATE_BUT_WHEN = "Canvas says that it was handed in late, but not when, so it does not count as late."
SECRET = "submission_secret.txt"  # from nbgrader's exchange: it names the student's feedback when that is released
NBGRADERS_OWN = {TIME, SECRET}
NO_WORK = NBGRADERS_OWN | {LATE}  # in a student's folder, and not the student's


class DropFiles(NbGraderPreprocessor):
    """Removes other files a student handed in from `autograded/`, where nbgrader has just copied them.

    A `torch.py` beside the notebook would be imported in the place of torch, and a symbolic link would bring a copy of
    the file it points to into the student's feedback. Files that the source folder holds are the instructor's and stay.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Clear the folder in which one submission is about to be graded; `submitted/` is left as it is."""
        about, course = resources["nbgrader"], course_of(self)
        folder = Path(course.format_path(course.autograded_directory, about["student"], about["assignment"]))
        source = Path(course.format_path(course.source_directory, ".", about["assignment"]))
        for path in sorted(folder.rglob("*"), reverse=True):  # a folder comes after what is in it
            known = path.name in NBGRADERS_OWN and path.parent == folder
            if known or path.suffix == ".ipynb" or (source / path.relative_to(folder)).exists():
                continue
            if path.name == LATE and path.parent == folder:
                path.unlink()
                remark(self.log, resources, LATE_BUT_WHEN)
            elif path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
                remark(self.log, resources, f"The file {path.name!r} was handed in too, and is left out of grading.")
        return nb, resources
