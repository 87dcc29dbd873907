"""What nbgrader's gradebook holds of a class: who the students are, and their scores."""

from collections.abc import Collection
from dataclasses import dataclass, field

from nbgrader.api import Gradebook


@dataclass(frozen=True)
class GradedStudent:
    """A student of the gradebook with the scores of what was handed in, by assignment."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    canvas: str = ""
    scores: dict[str, float] = field(default_factory=dict)


def read_scores(gradebook: Gradebook, assignments: Collection[str]) -> list[GradedStudent]:
    """Return all students in the order of their ids; scores are what `nbgrader export` gives."""
    scores: dict[str, dict[str, float]] = {}
    for assignment in assignments:
        for submission in gradebook.assignment_submissions(assignment):
            after_penalty = max(0.0, submission.score - submission.late_submission_penalty)
            scores.setdefault(submission.student_id, {})[assignment] = after_penalty
    return [
        GradedStudent(
            s.id, s.first_name or "", s.last_name or "", s.email or "", s.lms_user_id or "", scores.get(s.id, {})
        )
        for s in sorted(gradebook.students, key=lambda s: s.id)
    ]
