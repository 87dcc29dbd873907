"""Every state of a question, in JupyterLab's light and dark theme, can be read and worked by everybody."""

import classroom
import notebook_file
import pytest
from contrast import contrasts, too_faint
from legible import faults
from notebook_page import NotebookPage
from playwright.sync_api import expect

from attention_course import heatmap

THEMES = {"JupyterLab Light": "light", "JupyterLab Dark": "dark"}


@pytest.fixture(params=THEMES)
def themed(whole_notebook, request):
    """Return a notebook in a theme."""
    whole_notebook.command("apputils:change-theme", theme=request.param)
    is_light = str(THEMES[request.param] == "light").lower()
    whole_notebook.page.wait_for_selector(f"body[data-jp-theme-light='{is_light}']", state="attached")
    yield whole_notebook
    whole_notebook.command("apputils:change-theme", theme="JupyterLab Light")
    whole_notebook.page.wait_for_selector("body[data-jp-theme-light='true']", state="attached")


def test_every_state_meets_wcag_aa(themed):
    page = themed.ask("attention-weights", "scaled-weights", "purpose", "weights-formula")
    task, pair, wrong, untouched = (page.question(t) for t in ("Task 2", "Task 4", "Question 1", "Question 2"))
    for summary in task.root.locator("summary").all():
        summary.click()
    task.option("sigmoid").click()  # picked up
    pair.option("64").click()
    pair.blank(1).click()  # partly filled
    assert faults(themed.page) == []
    assert all_too_faint(themed.page) == []
    task.option("sigmoid").press("Escape")  # let go
    task.check("sigmoid")  # wrong, with an error and a picture
    pair.check("64**0.5", "softmax")  # right, with a solution
    for pick in "larger-input", "fewer-layers", "shuffle":  # out of attempts
        wrong.check(pick)
    untouched.radio("B").check()
    assert faults(themed.page) == []
    task.fill("tanh")  # changed after a verdict
    expect(task.root).to_have_attribute("data-phase", "ready")
    assert faults(themed.page) == []
    assert all_too_faint(themed.page) == []


def all_too_faint(page):
    return [found for question in page.locator(".attention-question").all() for found in too_faint(question)]


def test_a_concept_s_picture_follows_the_theme(themed):
    themed.run("setup", "why-attention-picture")
    output = themed.page.locator(".jp-OutputArea-output", has=themed.page.locator(".attention-picture"))
    picture = output.get_by_role("img", name="Who looks at whom")
    expect(picture).to_have_count(1)
    assert picture.evaluate("(node) => node.tagName") == "svg"
    assert {"Who looks at whom", "cat", "queries", "keys"} <= {text for text, _ in contrasts(output)}
    assert too_faint(output) == []
    themed.page.emulate_media(media="print")
    assert [node.evaluate("(node) => node.tagName") for node in output.get_by_role("img").all()] == ["IMG"]
    themed.page.emulate_media(media="screen")


def test_a_picture_in_a_notebook_that_is_not_trusted_is_shown_as_png_and_nothing_else(shared_page, server):
    bundle = heatmap([[0.5, 0.5]], ["it"], ["the", "cat"], title="Who")._repr_mimebundle_()
    output = {"output_type": "display_data", "data": bundle, "metadata": {}}
    cell = classroom.code_cell("1") | {"id": "picture", "outputs": [output]}
    page = NotebookPage(shared_page, server, "not-trusted.ipynb")
    notebook_file.make(page.path, [cell])
    page.open()
    output = shared_page.locator(".jp-OutputArea-output")
    expect(output.get_by_role("img", name="Who")).to_be_visible()
    assert output.inner_text().strip() == ""
    page.close()
