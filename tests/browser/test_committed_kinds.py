"""What is committed once and never judged: answered by mouse, finger and keys, and then compared."""

import json

import classroom
import pytest
from bare_page import BarePage, Kernel
from contrast import too_faint
from notebook_page import NotebookPage
from playwright.sync_api import expect
from test_layout import CUT, TARGETS
from test_new_kinds import faults

from attention_course import Predict

BARS = {
    "prompt": "How large are the weights?",
    "bars": ["the", "cat", "sat"],
    "truth": "[0.1, 0.7, 0.2]",
    "solution": "Softmax.",
}
CURVE = {"prompt": "How does it grow?", "curve": [1, 4, 16, 64], "truth": [0, 0.25, 0.5, 1], "solution": "It grows."}
GRID = {
    "prompt": "Which cells are hidden?",
    "grid": {"rows": ["the", "cat", "sat"], "columns": ["the", "cat", "sat"]},
    "painted": "hidden",
    "truth": [[False, True, True], [False, False, True], [False, False, False]],
    "solution": "The future is.",
}
CHOICE = {"prompt": "What happens?", "options": ["It grows.", "It falls."], "truth": "It falls.", "solution": "So."}


def bars():
    return Predict("bars", "easy", number=1, **BARS)


def curve():
    return Predict("curve", "easy", number=2, **CURVE)


def grid():
    return Predict("grid", "easy", number=3, **GRID)


def choice():
    return Predict("choice", "easy", number=4, **CHOICE)


@pytest.fixture(params=["light", "dark"])
def look(request):
    """What surrounds a question: a page's theme, as Colab says it, and its paper."""
    paper = {"light": "#fff", "dark": "#212121"}[request.param]
    return {"html": f'theme="{request.param}"', "style": f"body {{ background: {paper} }}"}


def slider(question, name):
    return question.root.get_by_role("slider", name=name, exact=True)


def cell(question, name):
    return question.root.get_by_role("gridcell", name=name)


def sketched(kernel):
    return kernel.widget.state["checked_picks"]


def sizes(question):
    """Return the width and height of all that is dragged or painted."""
    script = "(all) => all.map((one) => one.getBoundingClientRect()).flatMap(({ width, height }) => [width, height])"
    return question.root.locator("[data-part-of-sketch]").evaluate_all(script)


def test_bars_are_moved_by_keys_committed_once_and_compared(new_page):
    kernel = Kernel(bars())
    page = new_page()
    question = BarePage(page).show(kernel).question("Prediction 1")
    question.check_button.click(force=True)
    expect(question.notice).to_have_text("Drag the bars, then commit.")
    expect(slider(question, "cat")).to_have_attribute("aria-valuetext", "not set yet")
    slider(question, "cat").focus()
    for key in ("PageUp", "PageUp", "ArrowUp", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(slider(question, "cat")).to_have_attribute("aria-valuetext", "0.55")
    expect(slider(question, "the")).to_have_attribute("aria-valuetext", "0")
    slider(question, "sat").press("End")
    question.reset_button.click()
    expect(slider(question, "sat")).to_have_attribute("aria-valuetext", "not set yet")
    slider(question, "cat").press("End")
    question.check_button.click()
    expect(question.wait().verdict).to_have_text("● Committed")
    expect(question.check_button).to_have_text("Done")
    expect(question.result).to_contain_text("Farthest apart at cat: you said 1, it came out as 0.7.")
    expect(question.status).to_contain_text("On average 0.2 apart.")
    expect(slider(question, "cat")).to_have_attribute("aria-valuetext", "1; it came out as 0.7")
    expect(question.solution).to_contain_text("Softmax.")
    slider(question, "cat").press("ArrowDown")
    expect(slider(question, "cat")).to_have_attribute("aria-valuenow", "1")
    assert sketched(kernel) == ["0.00", "1.00", "0.00"]
    expect(question.practise_button).to_be_hidden()


def drawn(page, locator, places):
    """Move the mouse, pressed, through places within an element, in shares of its width and height."""
    box = locator.bounding_box()
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=8)
    page.mouse.up()


def test_bars_are_dragged_and_a_curve_is_sketched_across(new_page):
    page = new_page()
    kernels = Kernel(bars()), Kernel(curve())
    shown = BarePage(page).show(*kernels)
    one, two = shown.question("Prediction 1"), shown.question("Prediction 2")
    drawn(page, slider(one, "cat"), [(0.5, 0.9), (0.5, 0.25), (1.6, 0.25)])
    expect(slider(one, "cat")).to_have_attribute("aria-valuetext", "0.75")
    expect(slider(one, "sat")).to_have_attribute("aria-valuetext", "0")
    drawn(page, two.root.locator(".ac-columns"), [(0.02, 0.65), (0.98, 0.01)])
    values = [float(one.get_attribute("aria-valuenow")) for one in two.root.get_by_role("slider").all()]
    assert values == sorted(values)
    assert values[0] < 0.3 < values[-1]
    two.check_button.click()
    expect(two.wait().result).to_contain_text("apart")
    assert len(two.root.locator("polyline").nth(1).get_attribute("points").split()) == 4


def test_cells_are_painted_by_keys_and_by_dragging(new_page):
    page = new_page()
    kernel = Kernel(grid())
    question = BarePage(page).show(kernel).question("Prediction 3")
    cell(question, "the, the").focus()
    for key in ("ArrowRight", "Space", "ArrowRight", "Enter", "ArrowRight"):
        page.keyboard.press(key)
    expect(cell(question, "the, sat")).to_be_focused()
    expect(cell(question, "the, sat")).to_have_attribute("aria-selected", "true")
    expect(cell(question, "the, cat")).to_have_accessible_name("the, cat: hidden")
    start, end = cell(question, "cat, the").bounding_box(), cell(question, "cat, sat").bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 10, end["y"] + 10, steps=6)
    page.mouse.up()
    cell(question, "cat, the").click()
    question.check_button.click()
    expect(question.wait().result).to_contain_text("8 of 9 cells are as they came out.")
    expect(question.result).to_contain_text("row cat, column cat")
    assert sketched(kernel) == ["011", "011", "000"]
    expect(cell(question, "cat, cat")).to_have_accessible_name("cat, cat: hidden; it came out not hidden")


def test_it_is_all_done_by_taps(new_page):
    kernels = Kernel(bars()), Kernel(grid()), Kernel(choice())
    shown = BarePage(new_page(has_touch=True)).show(*kernels)
    one, two, three = (shown.question(f"Prediction {number}") for number in (1, 3, 4))
    slider(one, "the").tap()
    expect(slider(one, "the")).to_have_attribute("aria-valuetext", "0.5")
    cell(two, "sat, the").tap()
    expect(cell(two, "sat, the")).to_have_attribute("aria-selected", "true")
    three.root.get_by_label("It grows.").tap()
    three.check_button.tap()
    expect(three.wait().result).to_contain_text("It came out otherwise: It falls.")
    expect(three.root.locator(".ac-choice", has_text="It falls.")).to_contain_text("◆ came out")


@pytest.mark.parametrize("width", [1200, 600, 330])
def test_every_state_is_legible_reachable_and_large_enough(new_page, look, width, tmp_path):
    page = new_page(viewport={"width": width, "height": 1800})
    wide = Predict("wide", "easy", number=5, **{**BARS, "bars": [f"word {i}" for i in range(10)], "truth": [0.5] * 10})
    shown = BarePage(page, **look).show(
        Kernel(bars()),
        Kernel(curve(), ["0.5", "0.5", "0.5", "1"]),
        Kernel(grid(), ["111", "000", "010"]),
        Kernel(choice(), ["It grows."]),
        Kernel(wide),
    )
    titles = [f"Prediction {number}" for number in range(1, 6)]
    for title in titles[1:4]:
        expect(shown.question(title).root).to_have_attribute("data-phase", "committed")
        expect(shown.question(title).result).to_be_visible()
    slider(shown.question(titles[4]), "word 3").press("End")
    page.screenshot(path=tmp_path / "committed.png", full_page=True)
    assert faults(page) == []
    for title in titles:
        question = shown.question(title)
        assert too_faint(question.root) == []
        assert question.root.evaluate(CUT) == []
        assert [target for target in question.root.evaluate(TARGETS) if min(target[1:]) < 24] == []
        assert [size for size in sizes(question) if size < 24] == []


@pytest.fixture
def in_lab(shared_page, server):
    """Return a notebook in JupyterLab that asks questions which nobody judges."""
    sources = {
        "setup": "from attention_course import Lesson, Predict\nlesson = Lesson('committed')",
        "bars": f"lesson.ask(Predict('bars', 'easy', number=1, **{BARS!r}))",
        "grid": f"lesson.ask(Predict('grid', 'easy', number=3, **{GRID!r}))",
    }
    cells = [classroom.code_cell(source) | {"id": name} for name, source in sources.items()]
    page = NotebookPage(shared_page, server, "committed.ipynb")
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    text = json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})
    page.path.write_text(text, encoding="utf-8")
    yield page.open()
    server.end_kernels()
    page.close()


def test_in_jupyterlab_keys_stay_in_the_question_and_a_commitment_is_kept(in_lab, tmp_path):
    page, keyboard = in_lab.ask("bars", "grid"), in_lab.page.keyboard
    cells = page.cells()
    one, two = page.question("Prediction 1"), page.question("Prediction 3")
    slider(one, "cat").focus()
    for key in ("End", "x", "d", "d", "b"):
        keyboard.press(key)
    one.check_button.click()
    expect(one.wait().result).to_contain_text("apart")
    cell(two, "the, cat").focus()
    for key in ("Space", "ArrowRight", "Space", "a", "x"):
        keyboard.press(key)
    two.check_button.click()
    expect(two.wait().result).to_contain_text("8 of 9 cells")
    page.page.screenshot(path=tmp_path / "lab.png")
    assert page.cells() == cells
    page.expect_on_disk(bars=[["0.00", "1.00", "0.00"]], grid=[["011", "000", "000"]])
    page.restart().ask("bars", "grid")
    expect(one.verdict).to_have_text("● Committed")
    expect(slider(one, "cat")).to_have_attribute("aria-valuetext", "1; it came out as 0.7")
