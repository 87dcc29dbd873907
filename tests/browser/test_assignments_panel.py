"""The Assignments panel of JupyterLab, in a real browser: what a student fetches, answers and submits there."""

import classroom
import notebook_file
import pytest
from classroom import EXERCISES, LESSON, NOTEBOOK
from nbgrader.utils import get_username
from notebook_page import NotebookPage
from playwright.sync_api import expect
from serving import JupyterServer

from attention_course.instructor.demo.exchange import Exchange

STUDENT = get_username()  # nbgrader's exchange knows a student by the account
ATTEMPTS = {"attention-scores": [["value"], ["key"]]}


class AssignmentsPanel:
    """The panel's three lists, found as a student finds them."""

    def __init__(self, page):
        self.page = page
        self.downloaded = page.locator("#fetched_assignments_list")
        self.submitted = page.locator("#submitted_assignments_list")

    def open(self):
        self.page.get_by_role("menuitem", name="Nbgrader").click()
        self.page.get_by_role("menuitem", name="Assignment List").click()
        return self

    def show(self):
        self.page.get_by_role("tab", name="Assignments").click()

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def open_notebook(self, server):
        self.downloaded.get_by_role("button", name=LESSON).click()
        self.downloaded.get_by_role("link", name=LESSON).click()
        return NotebookPage(self.page, server, NOTEBOOK).wait()


@pytest.fixture
def exchange(tmp_path, at_once):
    """A course of the test's own, whose lesson is released into an exchange."""
    exchange = Exchange(tmp_path / "played", classroom.ROOT)
    exchange.release()
    return exchange


@pytest.fixture
def home(exchange, tmp_path):
    """The student's JupyterLab, over a home that knows the course and the exchange."""
    server = JupyterServer(exchange.make_home(STUDENT), tmp_path / "settings")
    yield server
    server.stop()


def test_what_a_student_submits_in_the_panel_is_graded_and_the_feedback_comes_back(exchange, home, new_page):
    page, course = new_page(), exchange.course.folder
    page.goto(f"{home.url}/lab?token={home.token}")
    panel = AssignmentsPanel(page).open()
    panel.press("Fetch")
    notebook = panel.open_notebook(home).ask("attention-scores")
    task = notebook.question("Task 1")
    expect(task.check("value").verdict).to_contain_text("Not right")
    expect(task.check("key").verdict).to_contain_text("Right")
    notebook.save().expect_on_disk(attention_scores=ATTEMPTS["attention-scores"])

    panel.show()
    panel.press("Submit")
    expect(panel.submitted).to_contain_text("UTC")
    exchange.course.nbgrader("collect", LESSON)
    collected = course / "submitted" / STUDENT / NOTEBOOK
    assert notebook_file.in_metadata(collected) == ATTEMPTS
    assert notebook_file.in_receipts(collected).items() >= ATTEMPTS.items()

    assert f"{STUDENT}: graded" in classroom.grade(course)
    assert classroom.scores(course)[STUDENT] == classroom.NOTHING | {"attention-scores": 1}
    exchange.course.nbgrader("generate_feedback", LESSON)
    exchange.course.nbgrader("release_feedback", LESSON)
    panel.press("Fetch Feedback")
    panel.submitted.get_by_text("view feedback").click()
    page.get_by_role("listitem").filter(has_text=f"{LESSON}.html").dblclick()
    feedback = page.frame_locator("iframe").get_by_role("main")
    expect(feedback).to_contain_text(f"1 of {EXERCISES} points")
    task = feedback.get_by_role("region", name="Task 1 · scores by dot product")
    expect(task).to_contain_text("2 of 3 attempts used")
