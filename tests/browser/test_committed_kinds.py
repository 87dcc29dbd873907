"""What is committed once and never judged: answered by mouse, finger and keys, and then compared."""

import json
import re

import classroom
import notebook_file
import pytest
from bare_page import BarePage, Kernel
from legible import expect_legible, faults
from playwright.sync_api import expect
from waiting import until

from attention_course import Explain, Explore, Predict
from attention_course.answers.answer import Answer
from attention_course.answers.making import answer_to
from attention_course.answers.record import Record
from attention_course.page.live_answer import LiveAnswer
from attention_course.page.live_code import live_answer_to
from attention_course.page.widget import QuestionWidget

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

WHY = {
    "prompt": "Why is softmax needed?",
    "words": 4,
    "model": "Scores are no **shares**.",
    "points_to_make": ["that scores may be negative?", "that weights add up to 1?", "what `softmax` does?"],
}
SEE = {"prompt": "Move d.", "explorer": "scale", "predict": "choice", "solution": "Weights sharpen."}
TEXT = "Scores may be negative, and weights may not."


def bars():
    return Predict("bars", "easy", number=1, **BARS)


def curve():
    return Predict("curve", "easy", number=2, **CURVE)


def grid():
    return Predict("grid", "easy", number=3, **GRID)


def choice():
    return Predict("choice", "easy", number=4, **CHOICE)


def why():
    return Explain("why", "easy", number=1, **WHY)


def see():
    return Explore("see", "easy", number=1, **SEE)


class Joined(Kernel):
    """The kernel of one of several questions of a lesson, which know each other."""

    def __init__(self, answer):
        self.widget = QuestionWidget(live_answer_to(answer) if answer.question.explored else LiveAnswer(answer), self)
        self._said = []
        self.widget.observe(lambda change: self._said.append(("state", change.new)), "state")
        self.widget.send = lambda content, buffers=None: self._said.append(("message", content))


def joined():
    """Return the kernels of a prediction and of the explorer behind it."""
    prediction, seen = Answer(choice(), Record()), answer_to(see())
    seen.others = {"choice": prediction}.get
    seen.follow()
    return Joined(prediction), Joined(seen)


def slider(question, name):
    return question.root.get_by_role("slider", name=name, exact=True)


def cell(question, name):
    return question.root.get_by_role("gridcell", name=name)


def sketched(kernel):
    return kernel.widget.state["checked_picks"]


def test_bars_are_moved_by_keys_committed_once_and_compared(empty_page):
    kernel = Kernel(bars())
    page = empty_page()
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


def test_bars_are_dragged_and_a_curve_is_sketched_across(empty_page):
    page = empty_page()
    kernels = Kernel(bars()), Kernel(curve())
    shown = BarePage(page).show(*kernels)
    one, two = shown.question("Prediction 1"), shown.question("Prediction 2")
    drawn(page, slider(one, "cat"), [(0.5, 0.9), (0.5, 0.25), (1.6, 0.25)])
    expect(slider(one, "cat")).to_have_attribute("aria-valuetext", "0.75")
    expect(slider(one, "sat")).to_have_attribute("aria-valuetext", "0")
    drawn(page, two.root.locator(".ac-columns"), [(0.02, 0.65), (0.98, 0.01)])
    values = [float(one.get_attribute("aria-valuenow")) for one in two.root.get_by_role("slider").all()]
    assert values == sorted(values)
    assert values[0] < 0.5 < values[-1]
    two.check_button.click()
    expect(two.wait().result).to_contain_text("apart")
    assert len(two.root.locator("polyline").nth(1).get_attribute("points").split()) == 4


def test_cells_are_painted_by_keys_and_by_dragging(empty_page):
    page = empty_page()
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


def test_it_is_all_done_by_taps(empty_page):
    kernels = Kernel(bars()), Kernel(grid()), Kernel(choice())
    shown = BarePage(empty_page(has_touch=True)).show(*kernels)
    one, two, three = (shown.question(f"Prediction {number}") for number in (1, 3, 4))
    slider(one, "the").tap()
    expect(slider(one, "the")).to_have_attribute("aria-valuetext", "0.5")
    cell(two, "sat, the").tap()
    expect(cell(two, "sat, the")).to_have_attribute("aria-selected", "true")
    three.root.get_by_label("It grows.").tap()
    three.check_button.tap()
    expect(three.wait().result).to_contain_text("It came out otherwise: It falls.")
    expect(three.root.locator(".ac-choice", has_text="It falls.")).to_contain_text("◆ came out")


def test_a_text_is_written_committed_and_its_points_are_ticked_by_keys(empty_page):
    kernel = Kernel(why())
    page = empty_page()
    question = BarePage(page).show(kernel).question("Question 1")
    text = question.root.get_by_role("textbox", name="In your own words")
    expect(text).to_have_accessible_description("0 words, at least 4")
    question.check_button.click(force=True)
    expect(question.notice).to_have_text("Write a sentence or two, then commit.")
    text.focus()
    page.keyboard.type("Because it is")
    question.check_button.click(force=True)
    expect(question.notice).to_contain_text("at least 4 words, then commit: so far there are 3.")
    expect(question.root.get_by_role("checkbox")).to_have_count(0)
    text.fill(TEXT)
    question.check_button.click()
    expect(question.wait().verdict).to_have_text("● Committed")
    expect(text).not_to_be_editable()
    expect(question.root.get_by_role("heading", name="A model answer")).to_be_visible()
    boxes = question.root.get_by_role("group", name="Did you say …?")
    first = boxes.get_by_label("… that scores may be negative?")
    first.focus()
    for key in ("Space", "Tab", "Tab", "Space"):
        page.keyboard.press(key)
    expect(boxes.get_by_label("… what softmax does?")).to_be_focused()
    assert sketched(kernel) == [TEXT, "101"]
    assert kernel.widget.state["attempts"] == 1
    expect(question.root).to_have_attribute("data-phase", "committed")
    first.uncheck()
    expect(first).not_to_be_checked()
    assert sketched(kernel) == [TEXT, "001"]


def test_an_explorer_opens_when_its_prediction_is_skipped_and_is_moved_by_keys(empty_page):
    page = empty_page()
    prediction, kernel = joined()
    question = BarePage(page).show(prediction, kernel).question("Explorer 1")
    gate = question.root.get_by_role("group", name="Locked")
    expect(gate).to_contain_text("This opens once you have committed Prediction 4.")
    expect(question.root.get_by_role("slider")).to_be_hidden()
    assert faults(page) == []
    gate.get_by_role("button", name="Skip the prediction").press("Enter")
    expect(gate.get_by_role("button", name="Skip it all the same")).to_be_focused()
    expect(gate).to_contain_text("That is lost once you have looked.")
    assert faults(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(gate.get_by_role("button", name="Skip the prediction")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    d = question.root.get_by_role("slider", name="Dimension d")
    expect(d).to_be_visible()
    expect(question.root.get_by_text("Open without a prediction.")).to_be_visible()
    d.focus()
    for _ in range(16):
        page.keyboard.press("ArrowRight")
    expect(d).to_have_attribute("aria-valuetext", "d = 64: largest weight 0.71, on average 0.86")
    picture = question.root.get_by_role("img")
    expect(picture).to_have_accessible_name(re.compile(r"^Ten bars, the weights of query 1, .*: 0\.03, 0\.13, 0\.00"))
    expect(question.verdict).to_have_text("● Explored")
    expect(question.solution).to_contain_text("Weights sharpen.")
    question.root.get_by_label("divide the scores by √d").press("Space")
    expect(question.root.get_by_role("cell")).to_have_text(["0.21", "0.32", "0.85", "0.80"])
    question.root.get_by_role("button", name="Another query").press("Enter")
    expect(picture).to_have_accessible_name(re.compile("query 2"))
    until(
        lambda: json.loads(sketched(kernel)[0]) == {"d": 64, "scaled": True, "query": 1},
        "kept",
        lambda seconds: page.wait_for_timeout(1000 * seconds),
    )
    assert kernel.widget.state["attempts"] == 1


def test_an_explorer_that_was_left_is_found_as_it_was(empty_page):
    answer = answer_to(see())
    answer.check(['{"d": 256, "scaled": true, "query": 5}'])
    question = BarePage(empty_page(has_touch=True)).show(Joined(answer)).question("Explorer 1")
    expect(question.root.get_by_role("slider")).to_have_attribute("aria-valuetext", re.compile("^d = 256: "))
    expect(question.root.get_by_label("divide the scores by √d")).to_be_checked()
    question.root.get_by_role("button", name="Another query").tap()
    expect(question.root.get_by_role("img")).to_have_accessible_name(re.compile("query 7"))
    expect(question.check_button).to_be_hidden()


def test_every_state_is_legible_reachable_and_large_enough(empty_page, look):
    page = empty_page()
    wide = Predict("wide", "easy", number=5, **{**BARS, "bars": [f"word {i}" for i in range(10)], "truth": [0.5] * 10})
    shown = BarePage(page, **look).show(
        Kernel(bars()),
        Kernel(curve(), ["0.5", "0.5", "0.5", "1"]),
        Kernel(grid(), ["111", "000", "010"]),
        Kernel(choice(), ["It grows."]),
        Kernel(wide),
        Kernel(why(), [TEXT, "011"]),
        Kernel(see(), ['{"d": 64, "scaled": false, "query": 0}']),
    )
    titles = [*(f"Prediction {number}" for number in range(1, 6)), "Question 1", "Explorer 1"]
    expect(shown.question("Question 1").root.get_by_role("checkbox").nth(1)).to_be_checked()
    for title in titles[1:4]:
        expect(shown.question(title).root).to_have_attribute("data-phase", "committed")
        expect(shown.question(title).result).to_be_visible()
    slider(shown.question(titles[4]), "word 3").press("End")
    expect_legible(page, *map(shown.question, titles))


@pytest.fixture
def committed(in_lab, server):
    """Return a notebook in JupyterLab that asks questions which nobody judges."""
    sources = {
        "setup": "from attention_course import Explain, Explore, Lesson, Predict\nlesson = Lesson('committed')",
        "bars": f"lesson.ask(Predict('bars', 'easy', number=1, **{BARS!r}))",
        "grid": f"lesson.ask(Predict('grid', 'easy', number=3, **{GRID!r}))",
        "choice": f"lesson.ask(Predict('choice', 'easy', number=4, **{CHOICE!r}))",
        "see": f"lesson.ask(Explore('see', 'easy', number=1, **{SEE!r}))",
        "why": f"lesson.ask(Explain('why', 'easy', number=1, **{WHY!r}))",
    }
    cells = [classroom.code_cell(source) | {"id": name} for name, source in sources.items()]
    notebook_file.make(server.folder / "committed.ipynb", cells)
    return in_lab("committed.ipynb").ask("bars", "grid", "choice", "see", "why")


def test_in_jupyterlab_keys_stay_in_the_question_and_a_commitment_is_kept(committed):
    page, keyboard = committed, committed.page.keyboard
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
    three = page.question("Question 1")
    three.root.get_by_role("textbox").focus()
    keyboard.type("dd bb xx aa")
    keyboard.press("Enter")
    keyboard.type("and more")
    three.check_button.click()
    expect(three.wait().verdict).to_have_text("● Committed")
    three.root.get_by_role("checkbox").nth(1).press("Space")
    three.root.get_by_role("checkbox").nth(0).press("Space")
    four, five = page.question("Prediction 4"), page.question("Explorer 1")
    five.root.get_by_role("button", name="Go there").press("Enter")
    expect(four.root.get_by_label("It grows.")).to_be_focused()
    keyboard.press("Space")
    four.check_button.click()
    expect(five.root.get_by_role("slider")).to_be_visible()
    five.root.get_by_role("slider").press("End")
    expect(five.verdict).to_have_text("● Explored")
    assert page.cells() == cells
    page.expect_on_disk(
        bars=[["0.00", "1.00", "0.00"]],
        grid=[["011", "000", "000"]],
        choice=[["It grows."]],
        see=[['{"d":1024,"scaled":false,"query":0}']],
        why=[["dd bb xx aa\nand more", "110"]],
    )
    page.restart().ask("bars", "grid", "choice", "see", "why")
    expect(five.root.get_by_role("slider")).to_have_attribute("aria-valuetext", re.compile("^d = 1024: "))
    expect(one.verdict).to_have_text("● Committed")
    expect(slider(one, "cat")).to_have_attribute("aria-valuetext", "1; it came out as 0.7")
    expect(three.root.get_by_role("textbox")).to_have_value("dd bb xx aa\nand more")
    expect(three.root.get_by_role("checkbox").nth(0)).to_be_checked()
    expect(three.root.get_by_role("checkbox").nth(2)).not_to_be_checked()
