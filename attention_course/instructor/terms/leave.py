"""Students who have left the course: taken out of the gradebook, with all that can put them back kept in archive/."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from attention_course.errors import TermError
from attention_course.instructor.formatting import counted
from attention_course.instructor.gradebook import connected, copy_file, file_of, reason, without_password
from attention_course.instructor.runner.alone import alone
from attention_course.instructor.runner.one_gradebook import OneGradebook
from attention_course.instructor.terms.new_term import ARCHIVE
from attention_course.instructor.terms.put_away import put_away
from attention_course.instructor.totals.class_grades import Member
from attention_course.instructor.totals.read_class import read_class


@dataclass(frozen=True)
class Leaving:
    """Who is to leave a course, and where their files go."""

    coursedir: Any
    members: Sequence[Member]
    folder: Path

    @classmethod
    def of(cls, coursedir: Any, students: Sequence[str]) -> "Leaving":
        """Look up those who are to leave; raise GradebookError where the gradebook cannot be read."""
        with connected(coursedir.db_url) as session:
            whole = read_class(session, coursedir)
        leaving = [member for member in whole.members if member.id in set(students)]
        now = datetime.now(UTC)
        return cls(coursedir, leaving, Path(coursedir.root, ARCHIVE, f"left-{now:%Y-%m-%d-%H%M%S}"))

    def plan(self) -> Iterator[str]:
        """Yield in lines who leaves with what, and what becomes of it."""
        yield f"In the gradebook, but not on the roster: {counted(len(self.members), 'student')}."
        for member in self.members:
            points = [work.points for work in member.works.values() if work.points is not None]
            handed_in = len(member.works) - len(member.missing())
            name = f", {member.name}" if member.name != member.id else ""
            given = counted(handed_in, "submission")
            yield f"  {member.id}{name}: {given}, {counted(float(sum(points)), 'point')}"
        place = self.folder.relative_to(self.coursedir.root)
        yield f"They are taken out of the gradebook, and their files go to {place}/."
        if file_of(self.coursedir.db_url):
            yield "A copy of the whole gradebook, as it is now, is kept there: see docs/grades.md for the way back."
        else:
            yield (
                f"Of {without_password(self.coursedir.db_url)} no copy is made: make one first (pg_dump), or there "
                "is no way back."
            )

    def begin(self, app: Any) -> None:
        """Let them leave. What is stopped half-way is done by the same command again.

        Raises TermError where something cannot be moved: then they are all still in the gradebook. Raises
        AlreadyGrading while a class is graded, GradebookError where the gradebook cannot be copied or written.
        """
        with alone(Path(self.coursedir.root)):
            try:
                self.folder.mkdir(parents=True)
                if file := file_of(self.coursedir.db_url):
                    copy_file(file, self.folder / "gradebook.db")
                with closing(OneGradebook(self.coursedir.db_url, self.coursedir.course_id)) as gradebook:
                    self._leave(app, gradebook)
            except OSError as error:
                about = error.filename or self.folder
                raise TermError(f"Stopped at {about}: {error.strerror or error}. Nobody left the gradebook.") from error

    def _leave(self, app: Any, gradebook: OneGradebook) -> None:
        """Take them out, all or none; their files go before that is kept, or the next run would grade them again."""
        with gradebook.transaction() as opened:
            opened.authenticator = app.authenticator  # which, on a hub, takes them out of the course's group
            try:
                for member in self.members:
                    opened.remove_student(member.id)
            except SQLAlchemyError as error:
                raise TermError(f"Nobody left the gradebook: {reason(error)}.") from error
            if still := {member.id for member in self.members} & {student.id for student in opened.students}:
                raise TermError(f"The gradebook keeps {', '.join(sorted(still))}: nobody left it.")
            for member in self.members:
                self._put_files_away(member.id)

    def _put_files_away(self, student: str) -> None:
        course = self.coursedir
        for step in (course.submitted_directory, course.autograded_directory, course.feedback_directory):
            path = Path(course.root, step, student)
            if path.exists():
                put_away(path, self.folder / step / student)
