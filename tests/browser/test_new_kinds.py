"""Numbers, shapes and lines in order: answered by mouse, finger and keys, judged, and found again after a reload.

Mostly on a bare page, with this process as the kernel; once in JupyterLab, where keys, files and reloads are real.
"""

import re

import classroom
import notebook_file
import pytest
from bare_page import BarePage, Kernel
from dragging import drag
from legible import expect_legible, faults
from playwright.sync_api import expect

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


def row(question, text):
    """Return a line, in the program or out of it."""
    return question.root.get_by_role("listitem").filter(has_text=text)


def grip(question, text):
    return row(question, text).locator("[data-grip]")


def program(question):
    """Return what is heard of the lines in the program."""
    placed = question.root.get_by_role("list", name="Your program").locator("[data-grip]")
    return [one.get_attribute("aria-label") for one in placed.all()]


def test_numbers_are_typed_as_people_write_them(empty_page):
    question = BarePage(empty_page()).show(Kernel(numbers())).question("Question 1")
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


def test_shapes_are_typed_in_symbols_or_numbers(empty_page):
    kernel = Kernel(axes())
    question = BarePage(empty_page()).show(kernel).question("Question 2")
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


def test_lines_are_put_in_order_by_keyboard_alone(empty_page):
    kernel = Kernel(lines())
    page = empty_page()
    question = BarePage(page).show(kernel).question("Task 1")
    assert faults(page) == []
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


def test_lines_are_dragged_into_order_to_the_side_and_out_again(empty_page):
    question = BarePage(empty_page()).show(Kernel(lines())).question("Task 1")
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


def test_lines_are_moved_by_clicks_and_taps(empty_page):
    question = BarePage(empty_page(has_touch=True)).show(Kernel(lines())).question("Task 1")
    for text in ("for n", "total = 0", "total = 1"):
        row(question, text).tap()
    tools = question.root.get_by_role("group", name="Move this line")
    tools.get_by_role("button", name="Take out").tap()
    row(question, "total = 0").tap()
    tools.get_by_role("button", name="Less indented").tap()
    tools.get_by_role("button", name="Up").tap()
    assert program(question) == [
        "Line 1 of 2, not indented: total = 0",
        "Line 2 of 2, not indented: for n in range(4):",
    ]
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
def test_after_a_reload_the_answer_and_its_verdict_are_there(empty_page, question, title, picks):
    shown = BarePage(empty_page()).show(Kernel(question(), picks)).question(title)
    expect(shown.root).to_have_attribute("data-phase", "wrong")
    expect(shown.verdict).to_contain_text("Not right")
    fields = shown.root.get_by_role("textbox")
    if fields.count():
        assert [field.input_value() for field in fields.all()] == picks
    else:
        assert program(shown)[2] == "Line 3 of 3, not indented: total = total + n * n, not right"
        expect(shown.verdict).to_contain_text("Line 3, total = total + n * n: the line before it opens a block")


def test_every_state_is_legible_reachable_and_large_enough(empty_page, look):
    page = empty_page()
    shown = BarePage(page, **look).show(
        Kernel(numbers()),
        Kernel(axes(), ["(B, T, H, d)", "B,H,T,T"]),
        Kernel(lines(), ["0:one", "0:loop", "1:add\tn * n"]),
    )
    one, two, three = (shown.question(title) for title in ("Question 1", "Question 2", "Task 1"))

    expect(three.root).to_have_attribute("data-phase", "wrong")
    one.root.get_by_label("largest weight").fill("0,73")
    row(three, "total = total").click()
    expect_legible(page, one, two, three)
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
    expect_legible(page, one, two, three)


SETUP = "from attention_course import Lesson, Numeric, Order, Shapes\nlesson = Lesson('kinds')"
ASK = "lesson.ask({kind}({name!r}, 'easy', number=1, **{arguments!r}))"


@pytest.fixture
def of_each_kind(in_lab, server):
    """Return a notebook in JupyterLab that asks one question of each kind."""
    sources = {
        "setup": SETUP,
        "numbers": ASK.format(kind="Numeric", name="numbers", arguments=WORDS | NUMBERS),
        "axes": ASK.format(kind="Shapes", name="axes", arguments=WORDS | AXES).replace("number=1", "number=2"),
        "lines": ASK.format(kind="Order", name="lines", arguments=WORDS | LINES),
    }
    cells = [classroom.code_cell(source) | {"id": name} for name, source in sources.items()]
    notebook_file.make(server.folder / "kinds.ipynb", cells)
    return in_lab("kinds.ipynb").ask("numbers", "axes", "lines")


def test_in_jupyterlab_keys_stay_in_the_question_and_answers_are_saved_and_restored(of_each_kind):
    page, keyboard = of_each_kind, of_each_kind.page.keyboard
    cells = page.cells()
    one, two, three = (page.question(title) for title in ("Question 1", "Question 2", "Task 1"))
    one.root.get_by_label("largest weight").focus()
    keyboard.type("bdd x0,86")
    keyboard.press("Control+a")
    keyboard.type("0,86")
    keyboard.press("Tab")
    keyboard.type("2 KiB")
    keyboard.press("Enter")
    expect(one.wait().verdict).to_contain_text("That is without the scale.")
    two.root.get_by_label("q", exact=True).fill("(B,H,T,d)")
    two.root.get_by_label("weights").fill("(B,H,T,T)")
    two.root.get_by_label("weights").press("Enter")
    expect(two.wait().verdict).to_contain_text("Right")
    for text in ("total = 0", "for n"):
        grip(three, text).press("Enter")
    drag(row(three, "total = total"), three.root.locator(".ac-place"))
    row(three, "total = total").get_by_role("combobox").select_option("n * n")
    grip(three, "total = total").press("ArrowLeft")
    three.check_button.click()
    expect(three.wait().verdict).to_contain_text("Line 3, total = total + n * n: the line before it opens a block")
    grip(three, "total = total").press("ArrowRight")
    three.check_button.click()
    expect(three.wait().verdict).to_contain_text("Right")
    assert page.cells() == cells
    page.expect_on_disk(
        numbers=[["0,86", "2 KiB"]],
        axes=[["(B,H,T,d)", "(B,H,T,T)"]],
        lines=[["0:zero", "0:loop", "0:add\tn * n"], RIGHT],
    )
    page.restart().ask("numbers", "axes", "lines")
    expect(one.root.get_by_label("largest weight")).to_have_value("0,86")
    expect(one.verdict).to_contain_text("That is without the scale.")
    expect(two.solution).to_contain_text("(2, 3, 5, 5)")
    expect(three.root).to_have_attribute("data-phase", "right")
    assert program(three)[2] == "Line 3 of 3, indented 1 step: total = total + n * n"
