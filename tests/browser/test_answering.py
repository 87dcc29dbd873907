"""Answering in JupyterLab: by mouse, by clicks, by keyboard alone."""

from playwright.sync_api import expect


def test_an_option_is_dragged_into_a_blank_between_blanks_and_out_again(notebook):
    task = notebook("scaled-weights").question("Task 4")
    task.option("softmax").drag_to(task.blank(1))
    task.expect_blanks("softmax", "")
    task.blank(1).drag_to(task.blank(2))
    task.expect_blanks("", "softmax")
    task.option("64").drag_to(task.blank(1))
    task.blank(1).drag_to(task.blank(2))
    task.expect_blanks("softmax", "64")
    task.blank(2).drag_to(task.bank)
    task.expect_blanks("softmax", "")


def test_a_wrong_then_a_right_answer(notebook):
    page = notebook("attention-scores")
    task = page.question("Task 1")
    task.check("query")
    expect(task.verdict).to_contain_text("Not right")
    task.check("key")
    expect(task.verdict).to_contain_text("Right")
    page.expect_on_disk({"attention-scores": [["query"], ["key"]]})
