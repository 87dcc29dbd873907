"""Explorers that are dragged and painted: the query among its keys, the mask with its leak meter."""

import json
import re

from bare_page import BarePage, Kernel
from legible import expect_legible, faults
from playwright.sync_api import expect
from test_committed_kinds import Joined, sketched
from waiting import until

from attention_course import Explore, Write
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.making import answer_to
from attention_course.exercises.explorers import EXPLORERS
from attention_course.exercises.find_answer import Found

hull, mask = EXPLORERS["hull"], EXPLORERS["mask"]
ATTEND = """def attend(q, k, v, keep=None):
    weights = (q @ k.mT / q.shape[-1] ** 0.5).softmax(dim=-1)
    return weights @ v, weights
"""
DEAD = {"keep": ["10000", "11000", "00000", "11110", "11111"], "fill": "0", "order": "after"}


def see(explorer, number=1, **changes):
    about = {"prompt": "Move it.", "explorer": explorer, "solution": "So."}
    return Explore(f"see-{explorer}", "easy", number=number, **{**about, **changes})


def kept(page, kernel, wanted):
    """Wait until this is the state that is kept."""
    until(
        lambda: sketched(kernel) and json.loads(sketched(kernel)[0]) == wanted,
        "kept",
        lambda seconds: page.wait_for_timeout(1000 * seconds),
    )


def cell(question, name):
    return question.root.get_by_role("gridcell", name=name)


def test_a_query_is_dragged_clicked_and_moved_by_keys(empty_page):
    page, kernel = empty_page(), Kernel(see("hull"))
    question = BarePage(page).show(kernel).question("Explorer 1")
    query = question.root.get_by_role("slider", name="Query")
    output = question.root.locator(".ac-output")
    weights, out = hull.attended({"x": 1, "y": 0.5, "temperature": 1})
    expect(output).to_have_text(f"[{out[0]:.2f}, {out[1]:.2f}]")
    expect(question.root.locator(".ac-weight")).to_have_text([f"{weight:.2f}" for weight in weights])
    plane = question.root.locator(".ac-moved").bounding_box()

    def place(x, y):
        return plane["x"] + (x + 4) / 8 * plane["width"], plane["y"] + (4 - y) / 8 * plane["height"]

    page.mouse.move(*place(1, 0.5))
    page.mouse.down()
    page.mouse.move(*place(2, 2), steps=4)
    page.mouse.move(*place(-3, 3), steps=4)
    page.mouse.up()
    page.mouse.move(*place(3, 3))
    expect(query).to_have_attribute(
        "aria-valuetext", re.compile(r"^animal -3(\.05)?, feeling 3(\.05)?: most weight on tired, 0\.99")
    )
    expect(query).to_be_focused()
    page.mouse.click(*place(0, 0))
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    moved = {"x": 0.25, "y": -0.25, "temperature": 1}
    expect(query).to_have_attribute("aria-valuetext", re.compile(r"^animal 0\.25, feeling -0\.25: most weight on cat"))
    kept(page, kernel, moved)
    question.root.get_by_role("button", name="Query of “was”").press("Enter")
    heat = question.root.get_by_role("slider", name="Temperature")
    heat.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    state = {"x": 0, "y": 1, "temperature": 0.32}
    weights, out = hull.attended(state)
    expect(question.root.locator(".ac-weight")).to_have_text([f"{weight:.2f}" for weight in weights])
    lies = f"The output [{out[0]:.2f}, {out[1]:.2f}] lies inside the hull of the values."
    expect(question.root.get_by_role("img", name=re.compile("^A triangle"))).to_have_accessible_name(
        re.compile(re.escape(lies))
    )
    expect(question.root.get_by_text(f"✓ {lies}")).to_be_visible()
    kept(page, kernel, state)
    assert kernel.widget.state["attempts"] == 1


def test_a_query_is_placed_by_a_finger(empty_page):
    page = empty_page(has_touch=True)
    question = BarePage(page).show(Kernel(see("hull"))).question("Explorer 1")
    plane = question.root.locator(".ac-moved")
    box = plane.bounding_box()
    plane.tap(position={"x": box["width"] * 7 / 8, "y": box["height"] / 2})
    expect(question.root.get_by_role("slider", name="Query")).to_have_attribute(
        "aria-valuetext", re.compile(r"^animal (3|2\.95|3\.05), feeling (0|0\.05|-0\.05): most weight on cat")
    )


def test_a_mask_is_painted_and_what_leaks_is_said(empty_page):
    page, kernel = empty_page(), Kernel(see("mask"))
    question = BarePage(page).show(kernel).question("Explorer 1")
    leak, dead = question.root.locator(".ac-leak"), question.root.locator(".ac-dead")
    expect(leak).to_contain_text("Nothing is hidden")
    cell(question, "The, The").focus()
    for key in ("ArrowDown", "Space", "ArrowRight"):
        page.keyboard.press(key)
    expect(cell(question, "cat, cat")).to_be_focused()
    expect(cell(question, "cat, The")).to_have_accessible_name("cat, The: not seen")
    expect(leak).to_have_text("✓ No leak: none of 1 hidden cells lets anything through.")
    question.root.get_by_role("button", name="Hide all from “cat”").press("Enter")
    expect(dead).to_have_text("✕ “cat” sees no key: its weights are NaN, and so is its output.")
    question.root.get_by_label("−1e9").check()
    expect(dead).to_have_text("✕ “cat” sees no key: it gets the average of all values, [1.10, 0.80].")
    expect(leak).to_have_text("▲ Leak: 5 of 5 hidden cells let the value through.")
    question.root.get_by_role("button", name="Causal").click()
    expect(dead).to_be_hidden()
    question.root.get_by_label("0", exact=True).check()
    question.root.get_by_label("after softmax").check()
    expect(leak).to_have_text("▲ Leak: 10 of 10 hidden cells let the key through.")
    state = {"keep": ["10000", "11000", "11100", "11110", "11111"], "fill": "0", "order": "after"}
    shown = [f"{weight:.2f}" for row in mask.maps(state)[0] for weight in row]
    expect(question.root.locator(".ac-map-cell")).to_have_text(shown)
    kept(page, kernel, state)
    start, end = cell(question, "it, The").bounding_box(), cell(question, "it, because").bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 10, end["y"] + 10, steps=8)
    page.mouse.up()
    kept(page, kernel, {**state, "keep": [*state["keep"][:4], "00001"]})
    assert kernel.widget.state["attempts"] == 1


def test_the_students_own_function_computes_what_is_drawn_and_its_errors_are_a_sentence(empty_page):
    page = empty_page()
    examples = [{"title": "It is there", "code": "callable(attend)"}]
    code = CodeAnswer(Write("attend", "hard", number=7, prompt="?", defines=["attend"], key=ATTEND, examples=examples))
    answer = answer_to(see("hull", uses="attend"))
    answer.others = {"attend": code}.get
    answer.follow()
    kernel = Joined(answer)
    question = BarePage(page).show(kernel).question("Explorer 1")
    mine = question.root.get_by_label("your own attend")
    expect(mine).to_be_disabled()
    expect(question.root.get_by_text("Your own attend can compute this once it passes its examples.")).to_be_visible()
    code.try_out(Found(ATTEND.replace("weights @ v", "0 * (weights @ v) + 1.5")))
    question.root.get_by_role("button", name="Query of “cat”").click()  # with it the page hears of the code
    expect(mine).to_be_enabled()
    mine.check()
    expect(question.root.get_by_text("Computed by your own attend, from Task 7.")).to_be_visible()
    expect(question.root.locator(".ac-output")).to_have_text("[1.50, 1.50]")
    query = question.root.get_by_role("slider", name="Query")
    query.press("ArrowUp")
    weights, _ = hull.attended({"x": 0, "y": 0.25, "temperature": 1})
    expect(question.root.locator(".ac-weight")).to_have_text([f"{weight:.2f}" for weight in weights])
    expect(question.root.locator(".ac-score").first).to_have_text("–")
    code.try_out(
        Found(ATTEND + "    # one more\n\nright = attend\ndef attend(q, k, v):\n    raise ValueError(q.shape)\n")
    )
    query.press("ArrowUp")
    said = question.root.locator(".ac-whose-said")
    expect(said).to_contain_text("Your attend raised ValueError: torch.Size([1, 2])")
    expect(said).to_contain_text("What is drawn was computed by the page.")
    assert faults(page) == []


def test_the_students_own_mask_decides_how_it_hides(empty_page):
    text = """import torch

def masked_softmax(scores, keep):
    return scores.masked_fill(~keep, -torch.inf).softmax(dim=-1)
"""
    about = {"prompt": "?", "defines": ["masked_softmax"], "key": text, "examples": [{"title": "It", "code": "1"}]}
    code = CodeAnswer(Write("masked-softmax", "hard", number=7, **about))
    code.try_out(Found(text))
    answer = answer_to(see("mask", uses="masked-softmax", start=DEAD))
    answer.others = {"masked-softmax": code}.get
    question = BarePage(empty_page()).show(Joined(answer)).question("Explorer 1")
    dead = question.root.locator(".ac-dead")
    expect(dead).to_have_text("✕ “slept” sees no key: its weights are 0, and so is its output.")
    question.root.get_by_label("your own masked_softmax").check()
    expect(question.root.get_by_text("Computed by your own masked_softmax, from Task 7.")).to_be_visible()
    expect(dead).to_have_text("✕ “slept” sees no key: its weights are NaN, and so is its output.")
    expect(question.root.locator(".ac-leak")).to_have_text(re.compile("^✓ No leak: none of 13 "))
    expect(question.root.get_by_label("after softmax")).to_be_disabled()
    question.root.get_by_role("button", name="Causal").click()
    expect(dead).to_be_hidden()
    expect(question.root.get_by_text("Computed by your own masked_softmax, from Task 7.")).to_be_visible()
    question.root.get_by_label("the page").check()
    expect(question.root.locator(".ac-leak")).to_have_text("▲ Leak: 10 of 10 hidden cells let the key through.")
    expect(question.root.get_by_label("after softmax")).to_be_enabled()


def test_every_explorer_is_legible_reachable_and_large_enough(empty_page, look):
    page = empty_page()
    shown = BarePage(page, **look).show(
        Kernel(see("hull", 1), [json.dumps({"x": 2, "y": 1, "temperature": 1})]),
        Kernel(see("mask", 2), [json.dumps(DEAD)]),
        Kernel(see("hull", 3, uses="attend")),
    )
    expect_legible(page, *(shown.question(title) for title in ("Explorer 1", "Explorer 2", "Explorer 3")))
