"""After Run All, which itself goes to the last cell, a student stands where the lesson begins."""

from classroom import EXERCISES
from notebook_page import NotebookPage
from playwright.sync_api import expect
from waiting import until

QUESTIONS = ".attention-question:not(.attention-summary)"
SCROLL = "() => panel.node.querySelector('.jp-WindowedPanel-outer').scrollTop"


def run_all(page):
    """Run all cells, and wait until everything is there that may move the page."""
    page.run_all()
    expect(page.page.locator(QUESTIONS)).to_have_count(EXERCISES)
    expect(page.page.get_by_text("Nothing is answered yet").first).to_be_attached()
    return page


def scroll_down(page):
    """Scroll as a student does, with the wheel, and wait until that is seen."""
    page.page.locator(".jp-Notebook:visible").hover(position={"x": 300, "y": 300})
    page.page.mouse.wheel(0, 400)
    until(lambda: page.script(SCROLL) > 0, "the page is scrolled")


def test_in_jupyterlab_run_all_leaves_the_student_at_the_top_but_not_one_who_is_at_work(whole_notebook):
    page = run_all(whole_notebook)
    assert page.script(SCROLL) == 0
    expect(page.page.get_by_role("heading", name="Attention mechanism in depth")).to_be_in_viewport()
    scroll_down(page)
    assert run_all(page).script(SCROLL) > 0


def test_in_notebook_7_run_all_leaves_the_student_at_the_top(new_tab, server, copy):
    page = run_all(NotebookPage(new_tab(), server, copy(whole=True)).load_notebook7())
    assert page.script(SCROLL) == 0


def test_a_student_who_scrolls_while_the_cells_run_stays_there(whole_notebook):
    whole_notebook.script("() => { void app.commands.execute('notebook:run-all-cells'); }")
    expect(whole_notebook.page.locator(QUESTIONS).first).to_be_attached()
    scroll_down(whole_notebook)
    expect(whole_notebook.page.locator(QUESTIONS)).to_have_count(EXERCISES)
    assert whole_notebook.script(SCROLL) > 0
