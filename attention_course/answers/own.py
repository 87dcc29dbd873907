"""Own: the student's own function, as an explorer asks it again and again while something is moved."""

from typing import Any

from attention_course.answers.code_answer import CodeAnswer
from attention_course.errors import NoSandbox, NotAnswered, StudentError
from attention_course.exercises.explorers import AskingExplorer, Explorer
from attention_course.student_code.student import Student

SECONDS = 2.0  # for each call: a hand that moves something waits for it
STOPPED = "You stopped it."


class Own:
    """The code of one answer, opened once for each text of it.

    What took too long stays closed until the text is another one: each further state would take as long again.
    """

    def __init__(self, code: CodeAnswer) -> None:
        self.code = code
        self._cells: list[str] = []
        self._student: Student | StudentError | None = None

    def computed(self, name: str, explorer: Explorer, state: Any) -> dict[str, Any]:
        """Return the `numbers` that the function makes of a state, or a `sentence` that says why there are none."""
        assert isinstance(explorer, AskingExplorer)
        try:
            explorer.check(state)
            arguments = explorer.arguments(state)
            came = self._opened().call(name, *arguments).value
        except StudentError as error:
            return {"sentence": _said(name, error)}
        except (NotAnswered, NoSandbox, ValueError, TypeError) as error:
            return {"sentence": f"Your {name} was not asked: {error}"}
        except KeyboardInterrupt:
            return {"sentence": STOPPED}
        try:
            return {"numbers": explorer.numbers(came)}
        except ValueError as wanted:
            return {"sentence": f"Your {name} gave another thing than {wanted}."}

    def _opened(self) -> Student:
        cells = self.code.cells(self.code.picks[0]) if self.code.picks else []
        if cells != self._cells:
            self._cells, self._student = cells, None
        if self._student is None:
            try:
                self._student = self.code.workshop.open(cells, seconds=SECONDS)
            except StudentError as error:
                self._student = error
        if isinstance(self._student, StudentError):
            raise self._student
        return self._student


def _said(name: str, error: StudentError) -> str:
    """Say in a sentence what the student's code did in place of giving a value."""
    if error.cause == "too slow":
        return f"Your {name} was stopped, since it took longer than {SECONDS:g} seconds."
    what = " ".join(str(error).split())
    return f"Your {name} {'raised' if error.cause == 'raised' else 'gave no value:'} {what.rstrip('.')}."
