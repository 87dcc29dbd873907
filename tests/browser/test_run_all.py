"""After Run All, which itself goes to the last cell, a student stands where the lesson begins."""

from notebook_page import NotebookPage
from playwright.sync_api import expect

SCROLL = """(top) => {
    const scroller = panel.node.querySelector(".jp-WindowedPanel-outer");
    if (top !== null) scroller.scrollTop = top;
    return scroller.scrollTop;
}"""


def run_all(page):
    """Run all cells, and wait until everything is there that may move the page."""
    page.run_all()
    for task in ("Task 1", "Task 5"):
        expect(page.question(task).root).to_be_attached()
    expect(page.page.locator(".attention-question")).to_have_count(10)
    expect(page.page.get_by_text("Nothing is answered yet")).to_be_attached()
    return page


def test_in_jupyterlab_run_all_leaves_the_student_at_the_top_and_once_more_where_the_front_end_does(notebook):
    page = run_all(notebook)
    assert page.script(SCROLL) == 0
    expect(page.page.get_by_role("heading", name="Attention mechanism in depth")).to_be_in_viewport()
    page.script(SCROLL, 2000)
    assert run_all(page).script(SCROLL) != 0, "who is at work is not brought to the top"


def test_in_notebook_7_run_all_leaves_the_student_at_the_top(new_page, server, copy):
    page = run_all(NotebookPage(new_page(), server, copy()).load_notebook7())
    assert page.script(SCROLL) == 0


def test_a_student_who_has_scrolled_while_the_cells_run_stays_there(notebook):
    notebook.script("(top) => { void app.commands.execute('notebook:run-all-cells'); }")
    notebook.script(SCROLL, 300)
    expect(notebook.page.locator(".attention-question")).to_have_count(10)
    assert notebook.script(SCROLL) > 0
