"""Whose row of the roster is it: by id, or else by e-mail address."""

from collections import Counter
from collections.abc import Sequence

from attention_course.instructor.lms.export.scores import GradedStudent
from attention_course.instructor.lms.roster.read_roster import Row


def match_rows(
    graded: Sequence[GradedStudent], rows: Sequence[Row], problems: list[str]
) -> list[tuple[GradedStudent, Row]]:
    """Return each student with the one row that is theirs; the problems get a sentence for everybody else."""
    found = [(student, _by_id(student, rows) or _by_email(student, rows)) for student in graded]
    claims = Counter(row.line for _, own in found for row in own)
    pairs = []
    for student, own in found:
        if not own and student.scores:
            problems.append(f"{student.id}: is not on the roster, neither by id nor by e-mail, and is left out.")
        elif len(own) > 1:
            lines = ", ".join(str(row.line) for row in own)
            problems.append(f"{student.id}: may be each of the lines {lines} of the roster, and is left out.")
        elif own and claims[own[0].line] > 1:
            problems.append(f"{student.id}: line {own[0].line} of the roster may be another's, so both are left out.")
        elif own:
            pairs.append((student, own[0]))
    strangers = [row for row in rows if row.line not in claims]
    problems += [f"{row.id}: is on the roster (line {row.line}), but not in the gradebook." for row in strangers]
    return pairs


def _by_id(student: GradedStudent, rows: Sequence[Row]) -> list[Row]:
    own = {student.id.casefold(), student.canvas.casefold()} - {""}
    return [row for row in rows if own & row.ids]


def _by_email(student: GradedStudent, rows: Sequence[Row]) -> list[Row]:
    own = {student.email.casefold(), student.id.casefold()} - {""}
    return [row for row in rows if row.cells["email"].casefold() in own]
