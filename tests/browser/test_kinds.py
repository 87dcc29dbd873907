"""A further kind of exercise is one file and a line in the table: the page itself knows none by name.

The page is shown as anywidget does it, from a Blob, with a model that stands for the kernel.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import attention_course
from attention_course.page import assets, joining

FOLDER = Path(attention_course.__file__).parent / "page"
NUMBER = """
import { all, mark } from "./dom.js";
import { Kind } from "./kind.js";

export class NumberField extends Kind {
  get empty() {
    return null;
  }
  fitted(picks) {
    return Number.isFinite(picks) ? picks : null;
  }
  obstacle(picks) {
    return picks === null ? "Write a number, then check." : "";
  }
  html(uid) {
    return `<label class="ac-answer">Your number <input data-unit="${this.view.unit}" name="${uid}-number"></label>`;
  }
  built(root) {
    this.field = all(root, "input")[0];
    this.field.addEventListener("input", () => this.page.setPicks(parseFloat(this.field.value)));
  }
  draw() {
    if (this.page.picks === null && document.activeElement !== this.field) this.field.value = "";
    mark(this.field, "aria-disabled", this.page.locked);
  }
}
"""
# Its answer is not in the widget at all: the text of a cell, which is read when it is wanted.
CELL = """
import { Kind } from "./kind.js";

export class CodeCell extends Kind {
  built() {
    this.edited = () => this.page.draw();
    addEventListener("edited", this.edited);
  }
  removed() {
    removeEventListener("edited", this.edited);
  }
  fitted() {
    return globalThis.cell;
  }
  obstacle(picks) {
    return picks.trim() ? "" : "Write your function in the cell above, then check.";
  }
}
"""
SHOW = """async ([script, view]) => {
    const listeners = {};
    const values = { view, picks: null, state: {} };
    globalThis.sent = [];
    globalThis.model = {
        get: (name) => values[name],
        set: (name, value) => (values[name] = value),
        save_changes: () => {},
        on: (event, listener) => (listeners[event] = listener),
        off: (event) => delete listeners[event],
        send: (message) => sent.push(message),
        fire: (event, ...news) => listeners[event](...news),
    };
    globalThis.cell ??= "";
    const module = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
    globalThis.takeAway = module.default.render({ model, el: document.body });
}"""
JUDGE = """(state) => {
    model.set("state", { attempts: 1, left: 2, ...state });
    model.fire("change:state");
    for (const kind of ["checked", "finished"]) model.fire("msg:custom", { kind, id: sent.at(-1).id });
}"""


def script_with(kind: str, name: str, text: str) -> str:
    """Return the page's script with one more kind: its file, and a line in the table."""
    table = (FOLDER / "js/kinds.js").read_text(encoding="utf-8")
    table = f'import {{ {name} }} from "./{kind}.js";\n{table}'.replace(
        "blanks: Blanks", f"{kind}: {name}, blanks: Blanks"
    )
    files = {f"js/{kind}.js": text.lstrip(), "js/kinds.js": table}
    return joining.script("js/widget.js", lambda file: files.get(file) or (FOLDER / file).read_text(encoding="utf-8"))


@pytest.fixture
def shown(empty_page: Callable[[], Page]) -> Callable[..., Page]:
    """Return a function that shows a question of a kind by itself."""

    def show(script: str, **view: Any) -> Page:
        page = empty_page()
        page.add_style_tag(content=assets.question_style())
        common = {"lesson": "l", "name": "n", "title": "Task 1", "difficulty": "easy", "allowed": 3, "judged": True}
        common |= {"prompt_html": "<p>How much?</p>", "code_html": "", "hint_html": "", "mistakes_html": []}
        page.evaluate(SHOW, [script, {**common, **view}])
        return page

    return show


def test_a_kind_that_asks_for_a_number(shown: Callable[..., Page]) -> None:
    page = shown(script_with("number", "NumberField", NUMBER), kind="number", unit="radians")
    root, check = page.get_by_role("region", name="Task 1"), page.locator(".ac-check")
    field = page.get_by_role("textbox", name="Your number")
    expect(field).to_have_attribute("data-unit", "radians")
    expect(root).to_have_attribute("data-phase", "untouched")
    check.click(force=True)  # it looks disabled, yet tells why
    expect(page.locator(".ac-notice")).to_have_text("Write a number, then check.")
    field.fill("abc")
    expect(root).to_have_attribute("data-phase", "untouched")
    field.fill("0.5")
    expect(root).to_have_attribute("data-phase", "ready")
    check.click()
    expect(field).to_be_disabled()
    sent = page.evaluate("() => sent.at(-1)")
    assert (sent["kind"], sent["picks"], sent["attempt"]) == ("check", 0.5, 0)
    page.evaluate(JUDGE, {"outcome": "wrong", "checked_picks": 0.5, "verdict_html": "<p>Not right</p>"})
    expect(root).to_have_attribute("data-phase", "wrong")
    expect(page.get_by_role("status")).to_contain_text("Not right")
    check.click(force=True)
    expect(page.locator(".ac-notice")).to_contain_text("change your answer first")
    field.fill("0.25")
    expect(root).to_have_attribute("data-phase", "ready")
    expect(page.locator("[data-part='which']")).to_have_text("before your change")
    page.get_by_role("button", name="Reset").click()
    expect(field).to_have_value("")
    expect(root).to_have_attribute("data-phase", "untouched")


def test_a_kind_whose_answer_stands_elsewhere(shown: Callable[..., Page]) -> None:
    page = shown(script_with("cell", "CodeCell", CELL), kind="cell")
    check = page.locator(".ac-check")
    check.click(force=True)
    expect(page.locator(".ac-notice")).to_contain_text("in the cell above")
    page.evaluate("() => { cell = 'def f(): ...'; dispatchEvent(new Event('edited')); }")
    check.click()
    assert page.evaluate("() => sent.at(-1).picks") == "def f(): ..."
    page.evaluate(JUDGE, {"outcome": "right", "done": True, "checked_picks": "def f(): ..."})
    expect(page.locator("[data-part='left']")).to_have_text("right at attempt 1 of 3")


def test_a_question_that_is_taken_off_the_page_leaves_nothing(shown: Callable[..., Page]) -> None:
    page = shown(script_with("number", "NumberField", NUMBER), kind="number", unit="m")
    page.evaluate("() => takeAway()")
    expect(page.locator(".attention-question")).to_have_count(0)
