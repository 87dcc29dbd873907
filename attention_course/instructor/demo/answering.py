"""Plays students: presses of Check go through the widget's own message handler, into real notebooks."""

import copy
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from attention_course.answers import notebook as notebooks
from attention_course.answers import record
from attention_course.answers.answer import Answer
from attention_course.answers.record import Record
from attention_course.exercises.drawing import Shown
from attention_course.exercises.question import Picks, Question
from attention_course.exercises.runner import OwnMachine
from attention_course.instructor.course_files import write_notebook
from attention_course.instructor.demo.students import NOTHING, MadeUpStudent
from attention_course.instructor.source import asked
from attention_course.page import receipt
from attention_course.page.live_answer import LiveAnswer
from attention_course.page.widget import QuestionWidget


class NoPage:
    """What a question stands in where no page shows it."""

    document = None

    def __init__(self, lesson: str) -> None:
        self.lesson = lesson

    def page_says(self, question: str, page: dict[str, Any]) -> None:
        """Take in nothing: there is no page."""

    def receipt_of(self, answer: Answer) -> dict[str, Any]:
        """Return a question's receipt."""
        return receipt.bundle(self.lesson, answer)

    def receipt_of_all(self) -> dict[str, Any]:
        """Return nothing: each question stands alone."""
        return {}


class NobodyLooks(OwnMachine):
    """Draws nothing of what an answer did: to judge it takes a moment, and to draw it a hundred times as long."""

    def perform(self, question: Question, picks: Picks, render: Callable[[Shown], str]) -> str:
        """Return nothing to be shown."""
        return ""


class PlayedWidget(QuestionWidget):
    """The widget of a question with nobody at the page: it keeps what the kernel sends back."""

    def __init__(self, lesson: str, question: Question) -> None:
        self.replies: list[dict[str, Any]] = []
        super().__init__(LiveAnswer(Answer(question, runner=NobodyLooks())), NoPage(lesson))

    def send(self, content: dict[str, Any], buffers: Any = None) -> None:
        """Keep a message to the page."""
        self.replies.append(content)

    def press_check(self, picks: list[str]) -> None:
        """Send what the page sends when Check is pressed; raise RuntimeError where the kernel does not record it."""
        press = {"kind": "check", "id": "press", "picks": picks, "attempt": self.state["attempts"]}
        self._handle_custom_msg(press, [])
        if self.replies[-1]["kind"] != "finished":
            raise RuntimeError(self.replies[-1]["sentence"])


def make_class(course: Path, students: Iterable[MadeUpStudent], lesson: str = "practice") -> None:
    """Let each student answer the released lesson, and put their notebooks into the course's submitted/ folder."""
    released = notebooks.load(course / "release" / lesson / f"{lesson}.ipynb")
    questions = asked(released)
    for student in students:
        notebook = copy.deepcopy(released)
        answer_all(notebook, lesson, questions, student)
        write_notebook(course / "submitted" / student.id / lesson / f"{lesson}.ipynb", notebook)


def answer_all(notebook: dict[str, Any], lesson: str, questions: dict[str, Question], student: MadeUpStudent) -> None:
    """Answer a notebook's questions as the student's plan says, and write down what the page would have written."""
    records: dict[str, Record] = {}
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    words = student.words_for(len(questions))
    for count, ((cell_id, question), word) in enumerate(zip(questions.items(), words, strict=True), start=1):
        widget = PlayedWidget(lesson, question)
        for picks in attempts(question, word, student):
            widget.press_check(picks)
        if widget.state["attempts"]:
            records[question.name] = record.parse(question.name, widget.state["record"])
        cells[cell_id]["execution_count"] = count
        cells[cell_id]["outputs"] = [_output(_view(widget)), _output(widget.state["receipt"])]
        widget.close()
    if student.hands_in != "receipts":
        record.write(notebook, lesson, records)
    if student.hands_in == "metadata":
        for cell_id in questions:
            cells[cell_id].update(outputs=[], execution_count=None)


def attempts(question: Question, word: str, student: MadeUpStudent) -> Iterator[list[str]]:
    """Yield the picks for each letter of a word of the plan; wrong ones differ from each other and between students."""
    if word == NOTHING:
        return
    if not question.judged:
        raise RuntimeError(f"The release holds no key of {question.name!r}, so nobody here knows a right answer.")
    if question.committed:  # once, whatever the plan says
        yield list(next(iter(question.samples())))
        return
    wrong = [list(picks) for picks in question.samples() if not question.is_right(picks)]
    random.Random(f"{student.id} {question.name}").shuffle(wrong)
    for letter in word:
        yield list(question.key) if letter == "R" else wrong.pop()


def _view(widget: QuestionWidget) -> dict[str, Any]:
    """Return what a notebook saves of a widget: a reference to a model that is gone with its kernel."""
    view = {"model_id": widget.model_id, "version_major": 2, "version_minor": 1}
    return {"application/vnd.jupyter.widget-view+json": view, "text/plain": "QuestionWidget()"}


def _output(bundle: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "data": bundle, "metadata": {}}
