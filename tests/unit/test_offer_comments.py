"""Each question of a graded submission has one place for a comment, and what stands there stays."""

from pathlib import Path
from typing import Any

import classroom
import fake_class
import nbformat
from classroom import LESSON
from nbgrader.api import Gradebook

from attention_course.instructor.grading.offer_comments import OfferComments


def offer(course: Path) -> dict[str, str | None]:
    """Run the step for ada's submission, and return her comments."""
    about = {"assignment": LESSON, "notebook": LESSON, "student": "ada"}
    resources: dict[str, Any] = {"nbgrader": {**about, "db_url": f"sqlite:///{course / 'gradebook.db'}"}}
    OfferComments().preprocess(nbformat.v4.new_notebook(), resources)
    with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
        comments = gradebook.find_submission_notebook(LESSON, LESSON, "ada").comments
        assert len(comments) == len(classroom.RIGHT)
        return {comment.name: comment.comment for comment in comments}


def test_places_for_comments_are_added_once_and_what_is_written_there_stays(course: Path) -> None:
    fake_class.enrol(course, {"ada": ("Ada", "Lovelace")})
    fake_class.grade(course, "ada", classroom.ALL_RIGHT)  # without comments, as nbgrader leaves it
    nothing = dict.fromkeys(classroom.RIGHT)
    assert offer(course) == nothing
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        comments = gradebook.find_submission_notebook(LESSON, LESSON, "ada").comments
        next(comment for comment in comments if comment.name == "purpose").manual_comment = "Well put."
        gradebook.db.commit()
    assert offer(course) == nothing | {"purpose": "Well put."}
