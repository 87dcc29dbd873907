"""A record belongs to the notebook it stands in: nothing is taken from another, and nothing is lost."""

import json
import shutil

import classroom
import notebook_file
import pytest
from notebook_page import NotebookPage
from playwright.sync_api import expect

from attention_course.answers import record

RENAME = "([old, name]) => app.serviceManager.contents.rename(old, name)"
DUPLICATE = """(id) => {
    panel.content.activeCellIndex = panel.content.widgets.findIndex((cell) => cell.model.id === id);
    return app.commands.execute("notebook:duplicate-below");
}"""
RUN_ACTIVE = "() => app.commands.execute('notebook:run-cell')"
USE_KERNEL_OF = """(path) => {
    const model = [...app.serviceManager.sessions.running()].find((session) => session.path === path);
    return panel.sessionContext.changeKernel({ id: model.kernel.id });
}"""


@pytest.fixture
def fresh(server, copy):
    """Return a function that puts a fresh copy of the released lesson in the place of a file."""
    return lambda path: (server.folder / copy("attention-scores", "purpose")).replace(path)


def rename(page, name):
    """Rename, or move, a notebook that is open, as JupyterLab's file browser does."""
    page.script(RENAME, [page.name, name])
    page.name = name
    return page.wait()


def expect_untouched(question):
    expect(question.root).to_have_attribute("data-phase", "untouched")
    expect(question.left).to_have_text("3 attempts left")


def test_beside_an_answered_practice_ipynb_a_renamed_fresh_copy_keeps_to_itself(notebook, server):
    answered = json.dumps(answered_notebook(notebook))
    practice = server.folder / "practice.ipynb"
    practice.write_text(answered, encoding="utf-8")
    try:
        page = notebook.run_all()
        expect_untouched(page.question("Task 1"))
        rename(page, page.name.replace("practice", "my-second-try"))
        page.run_all()
        for title in ("Task 1", "Task 4", "Question 1"):
            expect_untouched(page.question(title))
        page.question("Task 1").check("query")
        page.expect_on_disk(attention_scores=[["query"]])
        page.expect_summary(f"✓ {page.name}, as it is on disk, holds every answer you gave: 1 of {classroom.EXERCISES}")
        assert practice.read_text(encoding="utf-8") == answered
    finally:
        practice.unlink()


def answered_notebook(page):
    notebook = classroom.read(page.path)
    record.write(notebook, "practice", classroom.records(classroom.ALL_RIGHT))
    return notebook


@pytest.mark.parametrize("cells", [["attention-scores"], ["setup", "attention-scores"]], ids=["question", "all"])
def test_a_fresh_copy_under_a_live_kernel_begins_anew(ask, fresh, cells):
    page = ask("attention-scores", "purpose")
    page.question("Task 1").check("query")
    page.question("Question 1").check("focus")
    page.expect_on_disk(attention_scores=[["query"]], purpose=[["focus"]])
    page.close()
    fresh(page.path)
    page.open().run(*cells)
    expect_untouched(page.question("Task 1"))
    page.question("Task 1").check("value")
    page.expect_on_disk(attention_scores=[["value"]])
    page.ask("purpose")
    expect_untouched(page.question("Question 1"))


def test_a_notebook_that_takes_over_another_ones_kernel_keeps_to_itself(ask, server, copy):
    first = ask("attention-scores")
    first.question("Task 1").check("key")
    first.expect_on_disk(attention_scores=[["key"]])
    first.close()  # of two notebooks that are open with one kernel, JupyterLab shows widgets in the first alone
    second = NotebookPage(first.page, server, copy("attention-scores")).open()
    second.script(USE_KERNEL_OF, first.name)
    second.wait().run("attention-scores")
    expect_untouched(second.question("Task 1"))
    second.question("Task 1").check("query")
    second.expect_on_disk(attention_scores=[["query"]])
    first.open()
    first.question("Task 1")
    first.expect_on_disk(attention_scores=[["key"]])
    second.close()


def test_a_duplicated_question_has_one_answer_in_both_places(ask):
    page = ask("attention-scores")
    page.question("Task 1").check("query")
    page.script(DUPLICATE, "attention-scores")
    page.script(RUN_ACTIVE)
    both = page.question("Task 1")
    expect(both.root).to_have_count(2)
    first, second = both.nth(0), both.nth(1)
    for each in (first, second):
        expect(each.wait().left).to_have_text("2 attempts left")
        expect(each.result.get_by_role("img")).to_be_visible()
    second.check("key")
    for each in (first, second):
        expect(each.wait().verdict).to_contain_text("Right")
        expect(each.left).to_have_text("right at attempt 2 of 3")
        expect(each.check_button).to_be_disabled()
    page.expect_on_disk(attention_scores=[["query"], ["key"]])
    page.run("attention-scores")
    expect(first.wait().left).to_have_text("right at attempt 2 of 3")


def test_a_copy_of_an_answered_notebook_goes_on_by_itself(ask, server):
    first = ask("attention-scores")
    first.question("Task 1").check("query")
    first.expect_on_disk(attention_scores=[["query"]])
    name = first.name.replace("practice", "copy")
    shutil.copy(first.path, server.folder / name)
    second = NotebookPage(first.page, server, name).open().ask("attention-scores")
    expect(second.question("Task 1").wait().left).to_have_text("2 attempts left")
    second.question("Task 1").check("key")
    second.expect_on_disk(attention_scores=[["query"], ["key"]])
    assert notebook_file.in_metadata(first.path) == {"attention-scores": [["query"]]}
    second.close()
    first.open()


def test_a_notebook_that_was_moved_to_another_folder_goes_on_there(ask, server):
    page = ask("attention-scores")
    page.question("Task 1").check("query")
    page.expect_on_disk(attention_scores=[["query"]])
    (server.folder / "done").mkdir(exist_ok=True)
    rename(page, f"done/{page.name}")
    page.question("Task 1").check("key")
    page.expect_on_disk(attention_scores=[["query"], ["key"]])
    page.expect_summary(f"✓ {page.path.name}, as it is on disk, holds every answer you gave: 1 of 1")


def test_after_a_restart_run_all_brings_every_answer_back(ask):
    page = ask("attention-scores", "purpose")
    page.question("Task 1").check("query")
    page.question("Question 1").check("shuffle")
    order = page.question("Question 1").order()
    page.expect_on_disk(attention_scores=[["query"]], purpose=[["shuffle"]])
    page.restart()
    page.run_all()
    expect(page.question("Task 1").wait().left).to_have_text("2 attempts left")
    expect(page.question("Question 1").wait().left).to_have_text("2 attempts left")
    assert page.question("Question 1").order() == order, "an answered choice keeps the order that it was answered in"
    page.question("Task 1").check("key")
    page.expect_on_disk(attention_scores=[["query"], ["key"]], purpose=[["shuffle"]])
    held = {"attention-scores": [["query"], ["key"]], "purpose": [["shuffle"]]}
    assert notebook_file.of_the_whole_lesson(page.path) == held


def test_after_a_restart_one_questions_cell_alone_says_what_to_do_and_loses_nothing(ask):
    page = ask("attention-scores", "purpose")
    page.question("Task 1").check("query")
    page.question("Question 1").check("focus")
    page.expect_on_disk(attention_scores=[["query"]], purpose=[["focus"]])
    page.restart()
    page.run("attention-scores")
    assert page.output("attention-scores") == (
        "Run all cells, the first one first: then this exercise appears. What you had answered is kept.\n"
    )
    page.save()
    assert notebook_file.in_metadata(page.path) == {"attention-scores": [["query"]], "purpose": [["focus"]]}
    held = {"attention-scores": [["query"]], "purpose": [["focus"]]}
    assert notebook_file.of_the_whole_lesson(page.path) == held, "also where no page writes metadata"
    page.run_all()
    expect(page.question("Task 1").wait().left).to_have_text("2 attempts left")


def test_an_answer_that_could_not_be_saved_outlives_a_reload_of_the_page(ask):
    page = ask("attention-scores")
    saving = f"**/api/contents/{page.name}*"
    page.page.route(saving, lambda route: route.abort() if route.request.method == "PUT" else route.continue_())
    task = page.question("Task 1").check("key")
    page.page.locator(".jp-Dialog").get_by_role("button").last.click()
    expect(task.notice).to_contain_text("could not be saved")
    page.page.unroute(saving)
    page.page.once("dialog", lambda dialog: dialog.accept())  # there is something unsaved
    page.load_anew()
    expect(page.page.locator(".attention-question")).to_have_count(0)  # nothing of it was saved
    page.run("attention-scores")
    expect(page.question("Task 1").wait().verdict).to_contain_text("Right")
    page.save()
    page.expect_on_disk(attention_scores=[["key"]])


def overwrite(dialog):
    dialog.get_by_role("button", name="Overwrite").click()


def test_a_tab_that_was_loaded_before_the_first_save_goes_on_with_the_same_answers(new_tab, server, copy):
    cells = ("attention-scores", "purpose")
    first = NotebookPage(new_tab(), server, copy(*cells)).load().ask(*cells)
    first.save()
    second = NotebookPage(new_tab(), server, first.name).load().show_widgets()
    for tab in (first, second):  # JupyterLab asks, where another tab has saved the file in the meantime
        tab.page.add_locator_handler(tab.page.locator(".jp-Dialog"), overwrite)
    expect_untouched(second.question("Task 1"))
    first.question("Task 1").check("query")
    first.expect_on_disk(attention_scores=[["query"]])
    expect(second.question("Task 1").wait().left).to_have_text("2 attempts left")
    second.question("Task 1").check("key")
    second.question("Question 1").check("focus")
    expect(first.question("Question 1").wait().verdict).to_contain_text("Right")
    expect(first.question("Task 1").wait().verdict).to_contain_text("Right")
