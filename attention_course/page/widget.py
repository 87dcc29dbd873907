"""The widget of one question: the page sends picks, the kernel answers with a verdict."""

from random import Random
from typing import Any, Protocol

import anywidget
import traitlets
from ipywidgets import widget_serialization

from attention_course.answers import clock, record
from attention_course.answers.answer import Answer
from attention_course.answers.drawn import SURE
from attention_course.errors import CourseError, PicksError, RecordError
from attention_course.exercises import text_html
from attention_course.exercises.question import Question
from attention_course.page import again, assets, fallback, shared_assets
from attention_course.page.live_answer import LiveAnswer
from attention_course.page.shared_assets import SharedAssets

AGAIN = "Run all cells, the first one first."


class Surroundings(Protocol):
    """What a question stands in: a lesson in a notebook."""

    lesson: str

    @property
    def document(self) -> str | None:
        """The id of the notebook that the answers belong to, None before its first save."""

    def page_says(self, question: str, page: dict[str, Any]) -> None:
        """Take in what a page that shows a question says of itself.

        That is the `path` of its notebook, whether it reaches that `notebook`, and the id of the `document`.
        """

    def receipt_of(self, answer: Answer) -> dict[str, Any]:
        """Return a question's receipt."""

    def receipt_of_all(self) -> dict[str, Any]:
        """Return the receipt of the whole lesson."""


class QuestionWidget(anywidget.AnyWidget):
    """Shows a question and judges what the page sends.

    `view` is what is asked, which changes only where that is drawn from a bank, `picks` is the selection not yet
    checked and `sure` how sure the student is of it, `state` is all that follows from the record, `document` the id of
    the notebook that the record belongs to, `shared` what all questions are shown with. None of them ever holds a key.
    A finished question can be practised, as it is or in other numbers: what is answered then leaves no trace.
    """

    _esm = assets.loader_script()
    shared = traitlets.Instance(SharedAssets).tag(sync=True, **widget_serialization)
    view = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    picks = traitlets.List().tag(sync=True)
    sure = traitlets.Unicode("").tag(sync=True)
    document = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    _ipython_display_ = None  # that of ipywidgets 7 would leave out what _repr_mimebundle_ adds

    def __init__(self, live: LiveAnswer, around: Surroundings) -> None:
        self._live, self._around = live, around
        self._practice: LiveAnswer | None = None
        self._deck = again.deck(live.answer.question.again)
        self._own_view = _view(around.lesson, live.answer.question)
        self._other_view: dict[str, Any] = {}  # that of other numbers, while they are asked
        super().__init__(
            shared=shared_assets.of_questions(),
            view=self._own_view,
            state=self._state(),
            picks=live.picks,
            sure=live.sure,
            document=around.document,
        )
        live.watch(self._tell)
        self.on_msg(self._on_message)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the widget, and beside it what is seen where no widget can be."""
        return fallback.beside(super()._repr_mimebundle_(**kwargs), self._live.answer.question)

    # ---- what the page is told

    @property
    def _shown(self) -> LiveAnswer:
        return self._practice or self._live

    def _state(self) -> dict[str, Any]:
        """Return what is shown, with the record that is kept, which is another one while the question is practised."""
        answer = self._live.answer
        can_practise = answer.done and answer.judged and not answer.question.committed
        return {
            **self._shown.state(),
            "record": answer.record.to_json(),
            "receipt": self._around.receipt_of(answer),
            "practising": self._practice is not None,
            "can_practise": can_practise,
            "can_ask_again": can_practise and self._deck is not None,
        }

    def _tell(self, record_changed: bool) -> None:
        if not self._live.answer.done:  # it belongs to another notebook by now, where there is nothing to practise yet
            self._practice, self._other_view = None, {}
        self._tell_of(self._live, record_changed)

    def _tell_of(self, live: LiveAnswer, record_changed: bool) -> None:
        with self.hold_sync():  # what is asked, and what is answered to it, change together
            question = self._live.answer.question
            if question.drawn or question.attempts != self._own_view["allowed"]:
                self._own_view = _view(self._around.lesson, question)
            self.view = self._other_view or self._own_view
            if record_changed and live is self._shown:
                self.picks, self.sure = live.picks, live.sure
            self.state = self._state()

    # ---- what the page says

    def _on_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        kind = content.get("kind") if isinstance(content, dict) else None
        handler = {
            "hello": self._hello,
            "stored": self._say,
            "check": self._check,
            "practise": self._practise,
            "again": self._ask_again,
            "leave": self._leave,
            "show_solution": self._show_solution,
            "ask": self._ask,
            "assets": self._send_assets,
        }.get(kind if isinstance(kind, str) else "")
        if handler is None:
            return
        try:
            handler(content)
        except PicksError as error:
            self._reply("refused", content, sentence=str(error))
        except Exception as error:  # a handler's exception would vanish in the kernel's log
            reason = str(error) if isinstance(error, CourseError) else f"{type(error).__name__}: {error}"
            self._reply("failed", content, sentence=f"Something went wrong here: {reason} {AGAIN}")

    def _reply(self, kind: str, content: dict[str, Any], **more: Any) -> None:
        self.send({"kind": kind, "id": content.get("id"), **more})

    def _hello(self, content: dict[str, Any]) -> None:
        """A page shows the widget: take over what its document knows better, and show what earlier attempts did."""
        with self._live.answer.lock:
            self._take_over(content)
        self._shown.finish()
        # Said also when it is no news: ipykernel 7.4 hands a page's messages to the thread from which it last answered
        # that page, and before any answer to the thread that runs the cells, where a Check waits for a running cell.
        self.send_state("state")

    def _say(self, content: dict[str, Any]) -> None:
        clock.set_zone(content.get("zone"))
        self._around.page_says(self._live.answer.question.name, content)

    def _take_over(self, content: dict[str, Any]) -> None:
        answer, carried = self._live.answer, content.get("record")
        self._say(content)
        try:
            if carried is not None:
                answer.merge(record.parse(answer.question.name, carried))
        except RecordError as error:
            answer.complain(str(error))
        self.state = self._state()  # the receipt says another thing once a page was seen

    def _check(self, content: dict[str, Any]) -> None:
        """Judge an attempt: the verdict is told first, then receipts and summary, and last what takes long.

        The page says once more who it is: another notebook may have used the kernel meanwhile.
        """
        shown = self._shown
        with shown.answer.verdict_first():
            with self._live.answer.lock:
                if "notebook" in content:
                    self._take_over(content)
                if content.get("attempt") != shown.answer.record.tried:
                    self.send_state("state")  # setting it to what it is already would send nothing
                    raise PicksError("This question was answered elsewhere in the meantime; look again, then check.")
                text = shown.attempt(content)
            placed = {"text": text} if text else {}
            self._reply("checked", content, receipt_of_all=self._around.receipt_of_all(), **placed)
        shown.finish()
        self._reply("finished", content)

    def _show_solution(self, content: dict[str, Any]) -> None:
        """Show the worked solution because the student asks for it, which is recorded."""
        with self._live.answer.lock:
            if "notebook" in content:
                self._take_over(content)
            self._live.show_solution()
        self._reply("shown", content, receipt_of_all=self._around.receipt_of_all())

    def _ask(self, content: dict[str, Any]) -> None:
        """Have a function of the student's compute what an explorer shows; nothing of it is recorded."""
        self._reply("told", content, **self._live.told(content.get("state")))

    def _send_assets(self, content: dict[str, Any]) -> None:
        """Send script and style to a page that cannot find the model that holds them."""
        self._reply("assets", content, **shared_assets.content())

    def _practise(self, content: dict[str, Any]) -> None:
        """Ask the finished question once more, in another order; nothing of it is recorded."""
        with self._live.answer.lock:
            if self._state()["can_practise"]:
                self._begin_practice(self._live.answer.question.shuffled(Random()), {})

    def _ask_again(self, content: dict[str, Any]) -> None:
        """Ask the same in other numbers, in the place of the finished question; nothing of it is recorded."""
        with self._live.answer.lock:
            if self._deck and self._state()["can_ask_again"]:
                question = self._deck.question(self._live.answer.question)
                self._begin_practice(question, {**_view(self._around.lesson, question), "in_other_numbers": True})

    def _begin_practice(self, question: Question, view: dict[str, Any]) -> None:
        answer = self._live.answer
        self._practice = live = LiveAnswer(Answer(question, runner=answer.runner, lock=answer.lock))
        self._other_view = view
        live.watch(lambda record_changed: self._tell_of(live, record_changed))
        self._tell_of(live, True)

    def _leave(self, content: dict[str, Any]) -> None:
        """Go back from practice to the answer that counts."""
        with self._live.answer.lock:
            self._practice, self._other_view = None, {}
            self._tell(True)


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
        "committed": question.committed,
        "asked_above": question.asked_above,
        "prompt_html": text_html.paragraphs(question.prompt),
        "code_html": question.code_html(),
        "hint_html": text_html.paragraphs(question.hint),
        "mistakes_html": [text_html.inline(mistake) for mistake in question.mistakes],
        **({"sure": list(SURE)} if question.drawn else {}),
        **question.view(),
    }
