"""Every state of a question, in the light and in the dark theme, can be read and worked by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

THEMES = {"JupyterLab Light": "light", "JupyterLab Dark": "dark"}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(params=THEMES)
def themed(notebook, request):
    """Return a notebook in a theme."""
    notebook.command("apputils:change-theme", theme=request.param)
    is_light = str(THEMES[request.param] == "light").lower()
    notebook.page.wait_for_selector(f"body[data-jp-theme-light='{is_light}']", state="attached")
    yield notebook
    notebook.command("apputils:change-theme", theme="JupyterLab Light")
    notebook.page.wait_for_selector("body[data-jp-theme-light='true']", state="attached")


def faults(page):
    """Return what axe finds wrong with the questions that are shown."""
    found = Axe().run(page, context={"include": [".attention-question"]}, options=RULES).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]} {node['failureSummary']}" for fault in found for node in fault["nodes"]
    ]


def test_every_state_meets_wcag_aa(themed):
    page = themed.ask("attention-weights", "scaled-weights", "purpose", "weights-formula")
    task, pair, wrong, untouched = (page.question(t) for t in ("Task 2", "Task 4", "Question 1", "Question 2"))
    for summary in task.root.locator("summary").all():
        summary.click()
    task.option("sigmoid").click()  # picked up
    pair.option("64").click()
    pair.blank(1).click()  # partly filled
    assert faults(themed.page) == []
    task.option("sigmoid").press("Escape")  # let go
    task.check("sigmoid")  # wrong, with an error and a picture
    pair.check("64**0.5", "softmax")  # right, with a solution
    for letter in "ABD":  # out of attempts
        wrong.check(letter)
    untouched.radio("B").check()
    assert faults(themed.page) == []
    task.fill("tanh")  # changed after a verdict
    expect(task.root).to_have_attribute("data-phase", "ready")
    assert faults(themed.page) == []
