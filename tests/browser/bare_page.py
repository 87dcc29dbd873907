"""Questions on a page of the test's own, in place of a front end: real widgets, with this process as their kernel."""

import itertools
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page
from question_on_page import QuestionOnPage

from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt, Record
from attention_course.exercises.credit import Credit
from attention_course.exercises.question import Question
from attention_course.page import assets
from attention_course.page.live_answer import LiveAnswer
from attention_course.page.widget import QuestionWidget

NUMBERS = itertools.count(1)
KERNELS: dict[Page, dict[int, Callable[[int, Any], Any]]] = {}  # what answers the widgets of each page
AT = "2026-03-01T09:41:00+01:00"
HTML = "<!DOCTYPE html><html {html}><head><style>{style}</style></head><body {body}><main></main></body></html>"
# A widget's model, as anywidget hands it to the script: what is sent goes to Python, and what Python says comes back.
SHOW = """async ([script, style, shown, paper, key]) => {
    const { default: { render } } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
    document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
    shown.forEach((values, number) => {
        const listeners = {};
        const tell = (event, content) => (listeners[event] ?? []).forEach((listener) => listener(content));
        const together = []; // what is sent together with a state: all of it is known before any of it is told
        const change = (what, content) => {
            values[what] = content;
            together.push(what);
            if (what === "state") together.splice(0).forEach((name) => tell(`change:${name}`));
        };
        const model = {
            get: (name) => values[name],
            set: (name, value) => { values[name] = value; tell(`change:${name}`); },
            save_changes: () => {},
            on: (event, listener) => (listeners[event] ??= []).push(listener),
            off: () => {},
            send: async (message) => {
                for (const [what, content] of await toKernel(key, number, message))
                    what === "message" ? tell("msg:custom", content) : change(what, content);
            },
        };
        const place = document.querySelector("main").appendChild(document.createElement("div"));
        place.style.background = paper;
        render({ model, el: place });
    });
}"""


class Kernel:
    """What answers one question's page, and the lesson around it, which keeps nothing."""

    lesson, document = "practice", None

    def __init__(self, question: Question, *attempts: list[str], credit: Credit | None = None) -> None:
        made = tuple(Attempt(tuple(picks), AT) for picks in attempts)
        self.widget = QuestionWidget(LiveAnswer(Answer(question, Record(made, len(made)), credit=credit)), self)
        self._said: list[tuple[str, Any]] = []
        self.widget.observe(lambda change: self._said.append(("state", change.new)), "state")
        self.widget.send = lambda content, buffers=None: self._said.append(("message", content))

    def page_says(self, question: str, page: dict[str, Any]) -> None:
        """Take in what the page says of itself."""

    def receipt_of(self, answer: Answer) -> dict[str, Any]:
        """Return a question's receipt."""
        return {}

    def receipt_of_all(self) -> dict[str, Any]:
        """Return the receipt of the whole lesson."""
        return {}

    def answer(self, message: dict[str, Any]) -> list[tuple[str, Any]]:
        """Return what comes back for a message."""
        self._said.clear()
        self.widget._handle_custom_msg(message, [])
        return list(self._said)

    @property
    def values(self) -> dict[str, Any]:
        """What the page is told at first."""
        return {"view": self.widget.view, "state": self.widget.state, "picks": self.widget.picks}


class BarePage:
    """A page with nothing but questions, found by their titles; `html`, `body` and `style` are what surrounds them.

    `below` is the paper that a front end lays below each widget.
    """

    def __init__(self, page: Page, html: str = "", body: str = "", style: str = "", below: str = "none") -> None:
        self.page = page
        self._below = below
        page.set_content(HTML.format(html=html, body=body, style=style))

    def show(self, *kernels: Kernel) -> "BarePage":
        """Show the questions."""
        shown = [kernel.values for kernel in kernels]
        script, style = assets.question_script(), assets.question_style()
        return self._render(script, style, shown, lambda number, message: kernels[number].answer(message))

    def render(self, widget: Any, shown: list[dict[str, Any]], answer: Callable[[int, Any], Any]) -> "BarePage":
        """Show widgets of one kind with these values; `answer` says what comes back for a message of one of them."""
        return self._render(widget._esm, widget._css, shown, answer)

    def _render(
        self, script: str, style: str, shown: list[dict[str, Any]], answer: Callable[[int, Any], Any]
    ) -> "BarePage":
        if self.page not in KERNELS:  # what a page is given it keeps, however often it is emptied
            KERNELS[self.page] = {}
            self.page.expose_function("toKernel", lambda key, *told: KERNELS[self.page][key](*told))
        key = next(NUMBERS)
        KERNELS[self.page][key] = answer
        self.page.evaluate(SHOW, [script, style, shown, self._below, key])
        return self

    @property
    def summary(self) -> Locator:
        """The summary."""
        return self.page.get_by_role("region", name="Your result")

    def question(self, title: str) -> QuestionOnPage:
        """Return a question by its title: "Task 1"."""
        return QuestionOnPage(self.page.get_by_role("region", name=title, exact=True))
