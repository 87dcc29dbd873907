"""Numbers, shapes and lines in order: answered by mouse, finger and keys, judged, and found again after a reload.

On a bare page, with this process as the kernel: what JupyterLab adds to a question is tested with the other kinds.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare_page import BarePage, Kernel
from contrast import too_faint
from dragging import drag
from playwright.sync_api import expect
from test_layout import CUT, TARGETS

from attention_course import Numeric, Order, Shapes

WORDS = {"hint": "Think of `softmax`.", "mistakes": ["One.", "Two."], "solution": "It is so."}
NUMBERS = {
    "prompt": "How large is the largest weight, and how many bytes does the cache take?",
    "labels": ["largest weight", "cache"],
    "unit": ["", {"bytes": 1, "KiB": 1024}],
    "tolerance": 0.01,
    "key": ["0.73", 2048],
    "why_not": [{0.86: "That is without the scale."}, {}],
}
AXES = {
    "prompt": "Which shapes do `q` and `weights` have?",
    "program": "import numpy\nq = numpy.zeros((B, T, H, d)).swapaxes(1, 2)\nweights = q @ q.swapaxes(2, 3)",
    "sizes": {"B": 2, "T": 5, "D": 12, "H": 3, "d": 4},
    "tensors": ["q", "weights"],
    "key": ["(B, H, T, d)", "(B, H, T, T)"],
    "why_not": [{"(B, T, H, d)": "The heads have changed places with the tokens."}, {}],
}
LINES = {
    "prompt": "Put the lines into an order in which the program adds up the squares.",
    "lines": {"add": "total = total + [1]", "loop": "for n in range(4):", "zero": "total = 0", "one": "total = 1"},
    "choices": {1: ["n * n", "2 * n"]},
    "before": "import math",
    "after": "print(total)",
    "results": ["total"],
    "key": "total = 0\nfor n in range(4):\n    total = total + n * n",
    "why_not": {"one": "A sum begins with nothing."},
}
RIGHT = ["0:zero", "0:loop", "1:add\tn * n"]


def numbers(**changes):
    return Numeric("numbers", "easy", number=1, **WORDS, **{**NUMBERS, **changes})


def axes():
    return Shapes("axes", "medium", number=2, **WORDS, **AXES)


def lines():
    return Order("lines", "hard", number=1, **WORDS, **LINES)


@pytest.fixture(params=["light", "dark"])
def look(request):
    """What surrounds a question: a page's theme, as Colab says it, and its paper."""
    paper = {"light": "#fff", "dark": "#212121"}[request.param]
    return {"html": f'theme="{request.param}"', "style": f"body {{ background: {paper} }}"}


def faults(page):
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, context={"include": [".attention-question"]}, options=rules).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def row(question, text):
    """Return a line, in the program or out of it."""
    return question.root.get_by_role("listitem").filter(has_text=text)


def grip(question, text):
    return row(question, text).locator("[data-grip]")


def program(question):
    """Return what is heard of the lines in the program."""
    placed = question.root.get_by_role("list", name="Your program").locator("[data-grip]")
    return [one.get_attribute("aria-label") for one in placed.all()]


def test_numbers_are_typed_as_people_write_them(new_page):
    question = BarePage(new_page()).show(Kernel(numbers())).question("Question 1")
    largest, cache = question.root.get_by_label("largest weight"), question.root.get_by_label("cache")
    expect(largest).to_have_accessible_description(re.compile(r"Understood: 0\.73 or 0,73.*differs by 0\.01 at most"))
    question.check_button.click(force=True)
    expect(question.notice).to_have_text("Write a number for largest weight, then check.")
    largest.fill("0,86")
    cache.fill("2 kilos")
    question.check_button.click()
    expect(question.notice).to_have_text("'kilos' is not understood here: write the number in bytes or KiB.")
    expect(question.left).to_have_text("3 attempts left")
    cache.fill("2 KiB")
    cache.press("Enter")
    expect(question.wait().verdict).to_contain_text("largest weight, 0,86: That is without the scale.")
    expect(largest).to_have_attribute("aria-invalid", "true")
    expect(question.root.locator(".ac-stands")).to_have_text(["✗ not right", "✓ right"])
    largest.fill("73 ")
    largest.press_sequentially("%")
    expect(question.root.locator(".ac-stands")).to_have_text(["", "✓ right"])
    question.check_button.click()
    expect(question.wait().verdict).to_contain_text("Right")
    expect(question.solution).to_contain_text("0.73")
    expect(largest).not_to_be_editable()


def test_shapes_are_typed_in_symbols_or_numbers(new_page):
    kernel = Kernel(axes())
    question = BarePage(new_page()).show(kernel).question("Question 2")
    first, second = question.root.get_by_label("q", exact=True), question.root.get_by_label("weights")
    first.fill("B, T, Hd")
    second.fill("(2, 3, 5, 5)")
    question.check_button.click()
    expect(question.notice).to_contain_text("'Hd' is no size here")
    first.fill("(B, T, H, d)")
    question.check_button.click()
    expect(question.wait().verdict).to_contain_text("The heads have changed places")
    first.fill("(B,H,T,D/H)")
    question.check_button.click()
    expect(question.wait().verdict).to_contain_text("Right")
    assert kernel.widget.state["checked_picks"] == ["(B,H,T,D/H)", "(2, 3, 5, 5)"]


def test_lines_are_put_in_order_by_keyboard_alone(new_page):
    kernel = Kernel(lines())
    page = new_page()
    question = BarePage(page).show(kernel).question("Task 1")
    question.check_button.click(force=True)
    expect(question.notice).to_have_text("Put lines into the program, then check.")
    for text in ("total = total", "for n", "total = 0"):
        grip(question, text).focus()
        page.keyboard.press("Enter")
    assert program(question) == [
        "Line 1 of 3, not indented: total = total + blank",
        "Line 2 of 3, not indented: for n in range(4):",
        "Line 3 of 3, indented 1 step: total = 0",
    ]
    for key in ("ArrowLeft", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    expect(grip(question, "total = 0")).to_be_focused()
    expect(question.status).to_have_text("Line 1 of 3, not indented: total = 0")
    grip(question, "total = total").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(question.status).to_have_text("Line 3 of 3, indented 1 step: total = total + blank")
    question.check_button.click(force=True)
    expect(question.notice).to_contain_text("Choose in every blank")
    page.keyboard.press("Tab")
    row(question, "total = total").get_by_role("combobox", name="Blank 1 of this line").select_option("2 * n")
    question.check_button.click()
    expect(question.wait().verdict).to_contain_text("Line 3, total = total + 2 * n: from here on the program does")
    assert program(question)[2].endswith(", not right")
    expect(question.result).to_contain_text("12")
    row(question, "total = total").get_by_role("combobox").select_option("n * n")
    question.check_button.click()
    expect(question.wait().verdict).to_contain_text("Right")
    assert kernel.widget.state["checked_picks"] == RIGHT


def test_lines_are_dragged_into_order_to_the_side_and_out_again(new_page):
    question = BarePage(new_page()).show(Kernel(lines())).question("Task 1")
    place = question.root.locator(".ac-place")
    drag(row(question, "for n"), place)
    drag(row(question, "total = 1"), row(question, "for n"))
    drag(row(question, "total = 0"), place)
    heard = [text.partition(": ")[2] for text in program(question)]
    assert heard == ["total = 1", "for n in range(4):", "total = 0"]
    drag(row(question, "total = 1"), question.root.locator(".ac-pool"))
    drag(row(question, "total = 0"), row(question, "for n"))
    assert [text.partition(": ")[2] for text in program(question)] == ["total = 0", "for n in range(4):"]
    drag(row(question, "total = total"), place)
    assert program(question)[2] == "Line 3 of 3, indented 1 step: total = total + blank"
    drag(row(question, "total = total"), row(question, "total = total"), by=-40)
    assert program(question)[2] == "Line 3 of 3, not indented: total = total + blank"
    drag(row(question, "total = total"), row(question, "total = total"), by=70)
    assert program(question)[2] == "Line 3 of 3, indented 2 steps: total = total + blank"


def test_lines_are_moved_by_clicks_and_taps(new_page):
    question = BarePage(new_page(has_touch=True)).show(Kernel(lines())).question("Task 1")
    for text in ("for n", "total = 0", "total = 1"):
        row(question, text).tap()
    tools = question.root.get_by_role("group", name="Move this line")
    tools.get_by_role("button", name="Take out").tap()
    row(question, "total = 0").tap()
    tools.get_by_role("button", name="Less indented").tap()
    tools.get_by_role("button", name="Up").tap()
    assert program(question) == ["Line 1 of 2, not indented: total = 0", "Line 2 of 2, not indented: for n in range(4):"]
    question.reset_button.tap()
    assert program(question) == []


@pytest.mark.parametrize(
    ("question", "title", "picks"),
    [
        (numbers, "Question 1", ["0,73", "1 KiB"]),
        (axes, "Question 2", ["(B, T, H, d)", "B,H,T,T"]),
        (lines, "Task 1", ["0:zero", "0:loop", "0:add\tn * n"]),
    ],
)
def test_after_a_reload_the_answer_and_its_verdict_are_there(new_page, question, title, picks):
    shown = BarePage(new_page()).show(Kernel(question(), picks)).question(title)
    expect(shown.root).to_have_attribute("data-phase", "wrong")
    expect(shown.verdict).to_contain_text("Not right")
    fields = shown.root.get_by_role("textbox")
    if fields.count():
        assert [field.input_value() for field in fields.all()] == picks
    else:
        assert program(shown)[2] == "Line 3 of 3, not indented: total = total + n * n, not right"
        expect(shown.verdict).to_contain_text("Line 3, total = total + n * n: the line before it opens a block")


@pytest.mark.parametrize("width", [1200, 600, 330])
def test_every_state_is_legible_reachable_and_large_enough(new_page, look, width, tmp_path):
    page = new_page(viewport={"width": width, "height": 1400})
    shown = BarePage(page, **look).show(
        Kernel(numbers()), Kernel(axes(), ["(B, T, H, d)", "B,H,T,T"]), Kernel(lines(), ["0:one", "0:loop", "1:add\tn * n"])
    )
    one, two, three = (shown.question(title) for title in ("Question 1", "Question 2", "Task 1"))

    def look_at(state):
        page.screenshot(path=tmp_path / f"{state}.png", full_page=True)
        assert faults(page) == []
        for question in (one, two, three):
            assert too_faint(question.root) == []
            assert question.root.evaluate(CUT) == []
            assert [target for target in question.root.evaluate(TARGETS) if min(target[1:]) < 24] == []

    expect(three.root).to_have_attribute("data-phase", "wrong")
    one.root.get_by_label("largest weight").fill("0,73")
    row(three, "total = total").click()
    look_at("wrong")
    for text in ("total = 1",):
        grip(three, text).press("Delete")
    row(three, "total = 0").click()
    for _ in range(3):
        grip(three, "total = 0").press("ArrowUp")
    grip(three, "total = 0").press("ArrowLeft")
    one.root.get_by_label("cache").fill("2 KiB")
    two.root.get_by_label("q", exact=True).fill("(B, H, T, d)")
    for question in (one, two, three):
        question.check_button.click()
        expect(question.wait().verdict).to_contain_text("Right")
    look_at("right")
