"""The widget of one question: the page sends picks, the kernel answers with a verdict."""

import threading
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from attention_course.answers import record
from attention_course.answers.answer import Answer
from attention_course.errors import CourseError, PicksError, RecordError
from attention_course.exercises import text_html
from attention_course.exercises.question import Question
from attention_course.page import assets, preload, receipt, verdicts


class QuestionWidget(anywidget.AnyWidget):
    """Shows a question and judges what the page sends.

    `view` is what is asked and never changes, `picks` is the selection not yet checked, `state` is all that follows
    from the record. None of them ever holds a key. `changed` is called after each attempt with the new receipt,
    `located` with the notebook's path as the page knows it.
    """

    _esm = assets.question_script()
    _css = assets.question_style()
    view = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    picks = traitlets.List().tag(sync=True)

    def __init__(
        self,
        lesson: str,
        answer: Answer,
        changed: Callable[[dict[str, Any]], None] = lambda bundle: None,
        located: Callable[[str], None] = lambda path: None,
    ) -> None:
        self._lesson, self._answer, self._changed, self._located = lesson, answer, changed, located
        self._lock = threading.RLock()  # messages arrive in a thread beside the one that runs cells
        super().__init__(view=_view(lesson, answer.question), state={}, picks=self._restored_picks())
        self._start_over()
        self.on_msg(self._on_message)

    def _restored_picks(self) -> list[str]:
        return list(self._answer.picks or [""] * self._answer.question.parts)

    def _start_over(self) -> None:
        """Show the record's state, with what takes long (output, pictures, solution) still to come."""
        self._result = self._solution = ""
        self._complete = self._answer.picks is None
        self.picks = self._restored_picks()
        self._refresh()

    def _refresh(self) -> None:
        answer = self._answer
        self.state = {
            "attempts": len(answer.record.attempts),
            "left": answer.left,
            "outcome": answer.outcome.value,
            "done": answer.done,
            "problem": answer.problem,
            "verdict_html": verdicts.verdict_html(answer),
            "result_html": self._result,
            "solution_html": self._solution,
            "running": not self._complete,
            "checked_picks": list(answer.picks or ()),
            "record": answer.record.to_json(),
            "receipt": receipt.bundle(self._lesson, answer),
            **({"worth": answer.worth} if answer.worth else {}),
        }

    def _on_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        kind = content.get("kind") if isinstance(content, dict) else None
        with self._lock:
            try:
                if kind == "hello":
                    self._hello(content)
                elif kind == "check":
                    self._check(content)
            except PicksError as error:
                self._reply("refused", content, sentence=str(error))
            except Exception as error:  # a handler's exception would vanish in the kernel's log
                reason = str(error) if isinstance(error, CourseError) else f"{type(error).__name__}: {error}"
                self._reply("failed", content, sentence=f"Something went wrong here: {reason} Run this cell again.")

    def _reply(self, kind: str, content: dict[str, Any], **more: Any) -> None:
        self.send({"kind": kind, "id": content.get("id"), **more})

    def _hello(self, content: dict[str, Any]) -> None:
        """A page shows the widget: take over what its document knows better, and show what earlier attempts did."""
        if isinstance(content.get("path"), str):
            self._located(content["path"])
        try:
            carried = content.get("record")
            taken = carried is not None and self._answer.merge(record.parse(self._answer.question.name, carried))
        except RecordError as error:
            taken = False
            if not self._answer.record.attempts:
                self._answer.problem = str(error)
        if taken:
            self._start_over()
            self._changed(receipt.bundle(self._lesson, self._answer))
        self._finish()
        # Said also when it is no news: ipykernel 7.4 hands a page's messages to the thread from which it last answered
        # that page, and before any answer to the thread that runs the cells, where a Check waits for a running cell.
        self.send_state("state")

    def _check(self, content: dict[str, Any]) -> None:
        answer = self._answer
        if content.get("attempt") != len(answer.record.attempts):
            self.send_state("state")  # setting it to what it is already would send nothing
            raise PicksError("This question was answered elsewhere in the meantime; look again, then check.")
        answer.check(content.get("picks"))  # type: ignore[arg-type]  # anything else than a list is refused
        self._start_over()
        self._reply("checked", content)
        self._changed(receipt.bundle(self._lesson, answer))
        self._finish()
        self._reply("finished", content)

    def _finish(self) -> None:
        """Add what takes longer than the verdict: the program's output, the pictures, the worked solution."""
        answer = self._answer
        try:
            if not self._complete:
                preload.wait()
                self._result = verdicts.LIVE.last_result(answer)
                self._solution = verdicts.LIVE.solution(answer) if answer.done else ""
        finally:  # whatever went wrong, the page need not wait any longer
            self._complete = True
            self._refresh()


def _view(lesson: str, question: Question) -> dict[str, Any]:
    """Return what is asked, as the page has to know it."""
    return {
        "lesson": lesson,
        "name": question.name,
        "title": question.title,
        "kind": question.kind,
        "difficulty": question.difficulty,
        "allowed": question.attempts,
        "judged": question.judged,
        "prompt_html": text_html.paragraphs(question.prompt),
        "code_html": question.code_html(),
        "hint_html": text_html.paragraphs(question.hint),
        "mistakes_html": [text_html.inline(mistake) for mistake in question.mistakes],
        **question.view(),
    }
