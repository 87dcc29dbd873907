"""Every state of a question, in JupyterLab's light and dark theme, can be read and worked by everybody."""

import classroom
import notebook_file
from contrast import contrasts, too_faint
from legible import faults
from playwright.sync_api import expect

from attention_course import heatmap


def test_every_state_meets_wcag_aa(ask):
    page = ask("attention-weights", "scaled-weights", "purpose", "weights-formula")
    task, pair, wrong, untouched = (page.question(t) for t in ("Task 2", "Task 4", "Question 1", "Question 2"))
    for summary in task.root.locator("summary").all():
        summary.click()
    task.option("sigmoid").click()  # picked up
    pair.option("64").click()
    pair.blank(1).click()  # partly filled
    for theme in page.in_both_themes():
        assert faults(page.page) == [], theme
        assert all_too_faint(page.page) == [], theme
    task.option("sigmoid").press("Escape")  # let go
    task.check("sigmoid")  # wrong, with an error and a picture
    pair.check("64**0.5", "softmax")  # right, with a solution
    for pick in "larger-input", "fewer-layers", "shuffle":  # out of attempts
        wrong.check(pick)
    untouched.radio("B").check()
    for theme in page.in_both_themes():
        assert faults(page.page) == [], theme
    task.fill("tanh")  # changed after a verdict
    expect(task.root).to_have_attribute("data-phase", "ready")
    for theme in page.in_both_themes():
        assert faults(page.page) == [], theme
        assert all_too_faint(page.page) == [], theme


def all_too_faint(page):
    return [found for question in page.locator(".attention-question").all() for found in too_faint(question)]


def test_a_concept_s_picture_follows_the_theme(in_lab, copy):
    page = in_lab(copy("why-attention-picture")).run("setup", "why-attention-picture")
    output = page.page.locator(".jp-OutputArea-output", has=page.page.locator(".attention-picture"))
    picture = output.get_by_role("img", name="Who looks at whom")
    expect(picture).to_have_count(1)
    assert picture.evaluate("(node) => node.tagName") == "svg"
    for theme in page.in_both_themes():
        assert {"Who looks at whom", "cat", "queries", "keys"} <= {text for text, _ in contrasts(output)}
        assert too_faint(output) == [], theme
        page.page.emulate_media(media="print")
        assert [node.evaluate("(node) => node.tagName") for node in output.get_by_role("img").all()] == ["IMG"]
        page.page.emulate_media(media="screen")


def test_a_picture_in_a_notebook_that_is_not_trusted_is_shown_as_png_and_nothing_else(in_lab, shared_page, server):
    bundle = heatmap([[0.5, 0.5]], ["it"], ["the", "cat"], title="Who")._repr_mimebundle_()
    output = {"output_type": "display_data", "data": bundle, "metadata": {}}
    cell = classroom.code_cell("1") | {"id": "picture", "outputs": [output]}
    notebook_file.make(server.folder / "not-trusted.ipynb", [cell])
    in_lab("not-trusted.ipynb")
    output = shared_page.locator(".jp-OutputArea-output")
    expect(output.get_by_role("img", name="Who")).to_be_visible()
    assert output.inner_text().strip() == ""
