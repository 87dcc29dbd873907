"""An answer outlives what may happen to a page, a kernel and a file."""

import signal

import notebook_file
from classroom import LESSON
from notebook_page import NotebookPage
from playwright.sync_api import expect
from waiting import until


def test_after_a_reload_everything_is_back_and_the_next_check_is_recorded(new_tab, server, copy):
    page = NotebookPage(new_tab(), server, copy("attention-scores", "scaled-weights")).load()
    page.ask("attention-scores", "scaled-weights")
    page.question("Task 1").check("query")
    page.expect_on_disk(attention_scores=[["query"]])
    page.question("Task 4").fill("64", "sigmoid")
    page.save()
    page.reload()
    task = page.question("Task 1").wait()
    expect(task.verdict).to_contain_text("Not right")
    expect(task.result.get_by_role("img")).to_be_visible()
    page.question("Task 4").expect_blanks("64", "sigmoid")
    expect(task.check("key").verdict).to_contain_text("Right")
    page.expect_on_disk(attention_scores=[["query"], ["key"]])
    assert page.receipt("attention-scores").startswith("Recorded · attempt 2 of 3 ·")
    expect(page.page.locator(".jp-Dialog")).to_have_count(0)


def test_after_a_kernel_restart_the_page_says_what_to_do_and_running_all_restores_it(ask):
    page = ask("attention-scores")
    task = page.question("Task 1").check("query")
    page.expect_on_disk(attention_scores=[["query"]])
    page.restart()
    task.fill("key").check_button.click()
    expect(task.notice).to_contain_text("restarted")
    expect(task.notice).to_contain_text("run all cells, the first one first; what you had checked is kept.")
    page.run_all()
    expect(task.wait().verdict).to_contain_text("Not right")
    expect(task.left).to_have_text("2 attempts left")
    expect(task.check("key").verdict).to_contain_text("Right")
    page.expect_on_disk(attention_scores=[["query"], ["key"]])


def test_a_kernel_that_does_not_answer_is_said_so_and_its_late_answer_is_taken(ask, server):
    page = ask("attention-scores")
    kernel = server.kernel_of(page.name)
    task = page.question("Task 1").fill("key")
    kernel.send_signal(signal.SIGSTOP)
    try:
        task.check_button.click()
        expect(task.notice).to_contain_text("The kernel does not answer")
    finally:
        kernel.send_signal(signal.SIGCONT)
    expect(task.wait().verdict).to_contain_text("Right")
    expect(task.notice).to_be_hidden()
    page.expect_on_disk(attention_scores=[["key"]])


def test_an_answer_given_after_a_rename_is_in_the_renamed_file(ask):
    page = ask("attention-scores")
    page.question("Task 1").check("query")
    page.command("docmanager:rename")
    page.name = page.name.replace(LESSON, f"my {LESSON}")
    page.page.locator(".jp-Dialog input").fill(page.name)
    page.page.get_by_role("button", name="Rename").click()
    page.wait()
    page.question("Task 1").check("key")
    page.expect_on_disk(attention_scores=[["query"], ["key"]])
    page.expect_summary(f"✓ {page.name}, as it is on disk, holds every answer you gave: 1 of 1")


def test_a_closed_notebook_opens_again_with_its_answers(ask):
    page = ask("attention-scores")
    page.question("Task 1").check("query")
    page.save()
    page.close()
    page.open()
    task = page.question("Task 1").wait()
    expect(task.verdict).to_contain_text("Not right")
    task.check("key")
    page.expect_on_disk(attention_scores=[["query"], ["key"]])


def test_a_notebook_opened_without_its_kernel_shows_the_receipts(ask, server):
    page = ask("attention-scores", "purpose")
    page.question("Task 1").check("query")
    page.save()
    server.end_kernels()
    page.close()
    page.open()
    until(lambda: page.receipt("attention-scores") and page.receipt("purpose"), "the receipts are shown")
    assert page.receipt("attention-scores").startswith("Recorded · attempt 1 of 3 ·")
    assert page.receipt("purpose") == "Not answered yet"


def test_saving_by_hand_while_an_answer_is_saved_raises_no_dialog(ask):
    page = ask("attention-scores")
    page.question("Task 1").fill("key").check_button.click()
    for _ in range(20):
        page.save()
    page.question("Task 1").wait()
    page.expect_on_disk(attention_scores=[["key"]])


def test_the_metadata_keeps_what_clear_outputs_takes_away(ask):
    page = ask("attention-scores", "purpose")
    page.question("Task 1").check("query")
    page.question("Question 1").check("focus")
    page.command("notebook:clear-all-cell-outputs")
    expect(page.page.locator(".attention-question")).to_have_count(0)
    page.save()
    assert notebook_file.in_receipts(page.path) == {}
    assert notebook_file.in_metadata(page.path) == {"attention-scores": [["query"]], "purpose": [["focus"]]}
    page.restart()
    page.ask("attention-scores", "purpose")
    expect(page.question("Task 1").verdict).to_contain_text("Not right")
    expect(page.question("Question 1").verdict).to_contain_text("Right")
    page.question("Task 1").check("key")
    page.expect_on_disk(attention_scores=[["query"], ["key"]], purpose=[["focus"]])


def test_two_tabs_on_one_kernel_show_the_same_and_both_can_check(ask, new_tab, server):
    first = ask("attention-scores")
    first.save()
    second = NotebookPage(new_tab(), server, first.name).load().show_widgets()
    first.question("Task 1").check("query")
    expect(second.question("Task 1").wait().verdict).to_contain_text("Not right")
    first.expect_on_disk(attention_scores=[["query"]])
    second.question("Task 1").check("key")
    expect(first.question("Task 1").wait().verdict).to_contain_text("Right")


def test_an_answer_that_could_not_be_saved_is_not_said_to_be_on_disk(ask):
    page = ask("attention-scores", "purpose")
    page.question("Question 1").check("focus")
    page.expect_on_disk(purpose=[["focus"]])
    saving = f"**/api/contents/{page.name}*"
    page.page.route(saving, lambda route: route.abort() if route.request.method == "PUT" else route.continue_())
    task = page.question("Task 1").check("key")
    page.page.locator(".jp-Dialog").get_by_role("button").last.click()
    expect(task.notice).to_contain_text("could not be saved")
    page.expect_summary(f"✗ {page.name} does not hold your answer to Task 1 yet.")
    page.page.unroute(saving)
    page.save()
    page.expect_summary(f"✓ {page.name}, as it is on disk, holds every answer you gave: 2 of 2")
