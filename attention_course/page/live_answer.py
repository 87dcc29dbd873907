"""LiveAnswer: an answer as its page shows it, however many times it is shown."""

from collections.abc import Callable, Mapping
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.page import preload, verdicts


class LiveAnswer:
    """An answer with what takes long to show of it (output, pictures, worked solution), which is made once.

    Whoever shows it watches it, and is told whether the record has changed, or only what is shown of it.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self._watchers: list[Callable[[bool], None]] = []
        self._revealed: Mapping[str, Any] = {}
        self._start_over()
        answer.watch(self._start_over)

    def watch(self, watcher: Callable[[bool], None]) -> None:
        """Have a function called, under the answer's lock, each time there is something new to show."""
        self._watchers.append(watcher)

    def _start_over(self) -> None:
        self._result = self._solution = ""
        self._revealed = {}
        self._complete = self.answer.picks is None
        if self.answer.question.committed and not self.answer.question.performs:
            self._reveal()  # at once: it takes no time, and what the student has before the eyes stays there
        self._tell(True)

    def _reveal(self) -> None:
        """Find out what the page may know by now, and what is explained."""
        answer = self.answer
        if answer.question.committed and answer.picks is not None:
            self._revealed = answer.question.revealed(answer.picks, answer.runner)
            self._complete = True
        self._solution = verdicts.LIVE.solution(answer) if answer.done else ""

    def _tell(self, record_changed: bool) -> None:
        for watcher in self._watchers:
            watcher(record_changed)

    def attempt(self, content: dict[str, Any]) -> str:
        """Record and judge the attempt that a page sends; return a text that it is to put into its notebook, or "".

        Raises PicksError, with nothing recorded, where it is no attempt.
        """
        self.answer.check(content.get("picks"))  # type: ignore[arg-type]  # anything but a list is refused
        return ""

    def show_solution(self) -> None:
        """Do nothing: the worked solution is shown once the question is finished."""

    def told(self, state: Any) -> dict[str, Any]:
        """Return what a function of the student's makes of a state; only explorers ask one."""
        return {"sentence": "There is nothing to be asked here."}

    def finish(self) -> None:
        """Add what takes longer than the verdict: the program's output, the pictures, the worked solution."""
        preload.wait()
        with self.answer.lock:
            if self._complete:
                return
            try:
                self._result = verdicts.LIVE.last_result(self.answer)
                self._reveal()
            finally:  # whatever went wrong, no page need wait any longer
                self._complete = True
                self._tell(False)

    @property
    def picks(self) -> list[str]:
        """What was checked last, nothing in each part of the answer before that."""
        return list(self.answer.picks or [""] * self.answer.question.parts)

    @property
    def sure(self) -> str:
        """How sure the student was of what was checked last, "" where that is not asked."""
        return self.answer.record.attempts[-1].sure if self.answer.record.attempts else ""

    def state(self) -> dict[str, Any]:
        """Return all that follows from the record, as JSON values."""
        answer = self.answer
        return {
            "attempts": answer.record.tried,
            "left": answer.left,
            "outcome": answer.outcome.value,
            "done": answer.done,
            "problem": answer.problem,
            "verdict_html": verdicts.verdict_html(answer),
            "result_html": self._result,
            "solution_html": self._solution,
            "running": not self._complete,
            "checked_picks": list(answer.picks or ()),
            "wrong_parts": verdicts.wrong_parts(answer),
            "order": list(answer.question.order),
            **({"worth": answer.worth} if answer.worth else {}),
            **({"revealed": dict(self._revealed)} if self._revealed else {}),
        }
