"""Everything the course raises on purpose; each message is one sentence for a person."""

from collections.abc import Sequence
from typing import Literal

Cause = Literal["raised", "refused", "unsendable", "too slow", "ended", "garbled"]


class CourseError(Exception):
    """The base of all errors of this course."""


class QuestionError(CourseError, ValueError):
    """A question was written wrongly; the message names the question and what to mend."""


class RecordError(CourseError, ValueError):
    """A record of attempts cannot be read; the message names the question it belongs to."""


class PicksError(CourseError, ValueError):
    """An attempt was refused, for example because it leaves a blank empty; nothing was recorded."""


class NotAnswered(CourseError):
    """A question that has no (valid) answer was asked to run or was found while validating."""

    def _render_traceback_(self) -> list[str]:
        """Tell IPython to show the sentence alone: where in our code it arose helps no student."""
        return [str(self)]


class PartlyRight(CourseError):
    """Some parts are right, which gives a share of the points; hidden tests, made for the right answer, end here."""


class NotTrusted(CourseError):
    """An answer that holds code of a student's was to be run where that is not allowed."""


class SealError(CourseError, ValueError):
    """The sealed part of a question is damaged."""


class NotebookError(CourseError):
    """A notebook cannot be read; the message says which one and why."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]  # all that a notebook shows of it


class NotRestored(CourseError):
    """Earlier answers could not be restored, and to go on would lose them."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class NoNotebook(NotebookError):
    """Of what a student handed in no notebook of the lesson can be read.

    `unread` and `others` are the names of files that cannot be read, and of notebooks that are not of the lesson;
    `instead` is what there is where there is no notebook at all.
    """

    def __init__(self, message: str, unread: list[str], others: list[str], instead: list[str]) -> None:
        super().__init__(message)
        self.unread, self.others, self.instead = unread, others, instead


class PageError(CourseError):
    """The page's scripts or styles cannot be joined; the message names the file and the line."""


class CourseFailure(CourseError):
    """The course, or the machine, is not as it must be: what is done for many stops, and nobody's score changes."""


class NoCourse(CourseError):
    """The working directory is no course's folder."""


class TermError(CourseError):
    """A term, or a student, cannot be put away; the message says what to do."""


class CollectError(CourseError):
    """Downloads or a roster cannot be used; the message says what to do."""


class GradebookError(CourseError):
    """The gradebook cannot be used; the message says why and what to do."""


class ExportError(CourseError):
    """Grades cannot be exported; the message says what to do."""


class TotalError(CourseError):
    """The course total cannot be computed as it is configured; the message says what to mend."""


class ReportError(CourseError):
    """The class report cannot be made; the message says what to do."""


class MarksError(CourseError):
    """Scores or comments cannot be given, taken over or taken back; the message says why, and nothing was written."""


class RosterError(CollectError):
    """A roster cannot be used; the message says what to do."""


class ExtensionError(CourseError):
    """What is granted to single students is not understood; the message names the line."""


class ForgetError(CourseError):
    """A student cannot be taken out of the course; the message says why."""


class LessonError(CourseError, ValueError):
    """A lesson was set up wrongly; the message says what to mend."""


class StudentError(CourseError):
    """Student-written code gave no value; the message is a sentence for the student.

    `kind` and `message` are the exception's class and text, `bases` Python's own classes that it is a kind of, `line`
    and `code` the line of the answer where it arose (None and "" where that is not known), `printed` is what the code
    printed before. All of it is text: an exception of a student's is never raised here, whatever its name. `cause`
    says how it came about:

    raised      the code raised an exception, or is no Python
    refused     it needs what the sandbox forbids: it cannot be graded there, and is not wrong for that
    unsendable  what it returned cannot be looked at, for example because it is too large
    too slow    it took too long
    ended       it ended its process, or crashed it
    garbled     its process sent what no working code sends
    """

    def __init__(
        self,
        kind: str,
        message: str,
        *,
        line: int | None = None,
        code: str = "",
        printed: str = "",
        cause: Cause = "raised",
        bases: Sequence[str] = (),
    ) -> None:
        self.kind, self.message, self.line, self.code = kind, message, line, code
        self.bases = bases
        self.printed, self.cause = printed, cause
        what = message
        if cause == "raised":
            what = f"{kind}: {message}" if message else kind
        super().__init__(what if line is None else f"{what} (line {line}: {code})")

    def _render_traceback_(self) -> list[str]:
        return [str(self)]  # the lines of a test are not for the student


class Unsendable(CourseError, TypeError):
    """A value cannot travel to or from student-written code; the message says what it is."""


class Garbled(CourseError, ValueError):
    """What came from the process of student-written code is no value; the message says why."""


class NoSandbox(CourseFailure):
    """Student-written code cannot be locked in here, so none is run; the message says why and what to do."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]
