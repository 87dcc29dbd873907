"""The essentials in Notebook 7."""

import pytest
from dragging import drag
from notebook_page import NotebookPage
from playwright.sync_api import expect

# What is wider than the page and does not scroll by itself.
OVERHANGING = """(root) => [...root.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest(".ac-picture, .ac-status"))
    .map((one) => one.outerHTML.slice(0, 200))"""


@pytest.fixture
def notebook7(new_tab, server, copy):
    """Return a fresh notebook in Notebook 7."""
    return NotebookPage(new_tab(), server, copy("scaled-weights", "multi-head-output")).load_notebook7()


def test_drag_keyboard_reload_and_restart_in_notebook_7(notebook7):
    page = notebook7.ask("scaled-weights")
    task = page.question("Task 4")
    drag(task.option("64"), task.blank(1))
    task.blank(2).press("c")
    task.expect_blanks("64", "softmax")
    cells = page.cells()
    for key in ["x", "b", "a", "d", "d"]:
        task.check_button.press(key)
    assert page.cells() == cells
    task.check_button.press("Enter")
    expect(task.wait().verdict).to_contain_text("Not right")
    page.expect_on_disk(scaled_weights=[["64", "softmax"]])

    page.save().reload()
    expect(task.wait().verdict).to_contain_text("Not right")
    task.check("64", "sigmoid")
    page.expect_on_disk(scaled_weights=[["64", "softmax"], ["64", "sigmoid"]])

    page.restart()
    expect(task.notice).to_contain_text("restarted")
    page.ask("scaled-weights")
    expect(task.wait().left).to_have_text("1 attempt left")
    expect(task.check("64**0.5", "softmax").verdict).to_contain_text("Right")
    page.expect_on_disk(scaled_weights=[["64", "softmax"], ["64", "sigmoid"], ["64**0.5", "softmax"]])
    page.expect_summary(f"✓ {page.name}, as it is on disk, holds every answer you gave: 1 of 1")


def test_a_question_fits_a_phone(notebook7):
    notebook7.page.set_viewport_size({"width": 360, "height": 740})
    task = notebook7.ask("multi-head-output").question("Task 5").check("embed_dim", "x", "x")
    assert task.root.evaluate(OVERHANGING) == []
    box = task.root.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
