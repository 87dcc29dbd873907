"""The course of the working directory, as nbgrader's configuration says."""

from pathlib import Path

from nbgrader.apps import NbGrader

from attention_course.errors import NoCourse


def this_course() -> NbGrader:
    """Return nbgrader, set up for the course; raise NoCourse where there is none, before anything is made.

    Of what nbgrader logs, errors alone are shown: what there is to say is said in sentences.
    """
    app = NbGrader()
    app.initialize(["--log-level=ERROR"])
    root, source = app.coursedir.root, app.coursedir.source_directory
    if not Path(root, source).is_dir():
        raise NoCourse(f"{root} is no course's folder: there is no {source}/ in it.")
    return app
