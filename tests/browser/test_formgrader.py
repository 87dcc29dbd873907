"""nbgrader's formgrader, in a real browser: an instructor looks, overrides a score, comments, makes feedback."""

import shutil
import sqlite3
from pathlib import Path

import classroom
import pytest
import written_class
import written_lesson
from classroom import EXERCISES, LESSON, PAGE
from nbgrader.api import Gradebook
from playwright.sync_api import expect
from serving import JupyterServer
from waiting import until

from attention_course.instructor.course_files import write_notebook
from attention_course.instructor.demo.course import read_points

ANSWERED = {**classroom.ALL_RIGHT, "scaled-weights": [["64", "softmax"]]}
SCRIPT = "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title = 'taken over'\">"
COMMENT = f"Divide by the root of 64.\n**Not** by 64: {SCRIPT}"
# Of MathJax nbgrader's page waits for nothing but the end of its start.
MATHJAX = "MathJax = {Hub: {Config() {}, Queue() {}, Startup: {signal: {Interest: (told) => told('End')}}}}"


@pytest.fixture(scope="module")
def graded(released_course, tmp_path_factory):
    """A course in which two students are graded; two others have handed in code in another lesson."""
    course = Path(shutil.copytree(released_course, tmp_path_factory.mktemp("formgrader") / "course"))
    classroom.hand_in(course, "ada", ANSWERED)
    notes = {"cell_type": "markdown", "id": "notes", "metadata": {}, "source": SCRIPT}
    classroom.hand_in(course, "mallory", ANSWERED, lambda notebook: notebook["cells"].insert(0, notes))
    classroom.grade(course)
    write_notebook(course / "source" / written_lesson.FILE, written_lesson.notebook())
    classroom.nbgrader(course, "generate_assignment", written_lesson.LESSON)
    for student in ("partly-right", "opens"):
        written_class.hand_in(course, student, written_class.CLASS[student][0])
    return course


@pytest.fixture(scope="module")
def formgrader(graded, tmp_path_factory):
    server = JupyterServer(graded, tmp_path_factory.mktemp("settings"))
    yield server
    server.stop()


@pytest.fixture
def page(formgrader, new_page):
    """A page that is logged in, without a network."""
    page = new_page(extra_http_headers={"Authorization": f"token {formgrader.token}"})
    page.route(lambda url: url.startswith("http") and not url.startswith(formgrader.url), lambda route: route.abort())
    page.route("**/mathjax/**", lambda route: route.fulfill(body=MATHJAX, content_type="text/javascript"))
    return page


def submission(course, student, lesson=LESSON):
    """Return what identifies a student's notebook in the formgrader."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return gradebook.find_submission_notebook(lesson, lesson, student).id


def comments(course):
    """Return every comment on a question that is not empty, from the gradebook."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        notebooks = [submission.notebooks[0] for submission in gradebook.assignment_submissions(LESSON)]
        given = [(one.student.id, one.name, one.comment) for notebook in notebooks for one in notebook.comments]
    return [one for one in given if one[2]]


def comment_box(page, question):
    return page.get_by_role("textbox", name=f"Comment on {question}", exact=True)


def test_an_instructor_looks_overrides_autogrades_and_makes_feedback(graded, formgrader, page):
    page.goto(f"{formgrader.url}/formgrader/submissions/{submission(graded, 'ada')}/")
    task = page.locator(".attention-answer", has_text="Task 4")
    expect(task.locator(".blank").first).to_have_text("64")
    expect(task).to_contain_text("Not right")
    expect(task.get_by_role("img").first).to_be_visible()

    score = page.locator("input.score").nth(list(classroom.RIGHT).index("scaled-weights"))
    expect(score).to_have_attribute("placeholder", "0")
    score.fill("0.5")
    score.press("Tab")
    until(lambda: classroom.scores(graded)["ada"]["scaled-weights"] == 0.5, "the score that was given is kept")

    page.goto(f"{formgrader.url}/formgrader/manage_submissions/{LESSON}")
    row = page.get_by_role("row").filter(has_text="ada")
    row.locator("td.autograde a").click()
    expect(page.locator(".modal-title", has_text="Success")).to_be_visible()
    page.locator(".modal-footer button:visible").first.click()
    assert classroom.scores(graded)["ada"] == classroom.FULL | {"scaled-weights": 0.5}

    row.locator("td.generate-feedback a").click()
    expect(page.locator(".modal-title", has_text="Success")).to_be_visible()
    assert "given by your instructor" in (graded / f"feedback/ada/{PAGE}").read_text(encoding="utf-8")


PLACES = "(cell, parts) => parts.map((part) => cell.querySelector(part).getBoundingClientRect().top)"


def test_the_answer_comes_first_the_source_is_folded_and_no_picture_has_a_frame(graded, formgrader, page):
    page.goto(f"{formgrader.url}/formgrader/submissions/{submission(graded, 'ada')}/")
    cell = page.locator(".nbgrader_cell", has=comment_box(page, "scaled-weights"))
    expect(cell.locator("input.score")).to_have_attribute("placeholder", "0")
    comment, source = comment_box(page, "scaled-weights"), cell.locator("details pre")
    heights = [part.bounding_box()["y"] for part in (cell, cell.locator(".attention-answer"), comment)]
    assert heights[0] < heights[1] < heights[0] + 80, "nothing but the heading stands above the answer"
    assert heights[1] < heights[2]
    assert cell.get_by_role("img").first.evaluate("(image) => getComputedStyle(image).borderStyle") == "none"
    expect(source).to_be_hidden()
    comment.press("Tab")
    page.keyboard.press("Enter")
    expect(source).to_contain_text('"scaled-weights"')
    above, below = cell.evaluate(PLACES, ["textarea.comment", "details pre"])  # at once, for the page is moving
    assert above < below


def test_nothing_that_a_student_wrote_runs_in_the_formgrader(graded, formgrader, page):
    page.goto(f"{formgrader.url}/formgrader/submissions/{submission(graded, 'mallory')}/")
    expect(page.locator(".attention-answer")).to_have_count(EXERCISES)
    assert page.title() != "taken over"


def test_a_comment_on_a_question_outlasts_grading_again_and_is_in_the_feedback(graded, formgrader, page):
    page.goto(f"{formgrader.url}/formgrader/submissions/{submission(graded, 'ada')}/")
    for question in classroom.RIGHT:
        expect(comment_box(page, question)).to_be_editable()
    box = comment_box(page, "scaled-weights")
    page.locator("#scaled-weights_extra_credit").press("Tab")
    expect(box).to_be_focused()
    box.fill(COMMENT)
    box.press("Escape")
    kept = [("ada", "scaled-weights", COMMENT)]
    until(lambda: comments(graded) == kept, "the comment is kept")

    page.reload()
    expect(box).to_have_value(COMMENT)
    classroom.nbgrader(graded, "autograde", LESSON, "--force")
    assert comments(graded) == kept
    classroom.grade(graded, "--force")
    assert comments(graded) == kept
    page.reload()
    expect(box).to_have_value(COMMENT)

    classroom.nbgrader(graded, "generate_feedback", LESSON, "--student=ada", "--force")
    page.goto((graded / f"feedback/ada/{PAGE}").as_uri())
    question = page.get_by_role("region", name="Task 4 · weights from scaled scores")
    expect(question.locator(".comment")).to_contain_text(COMMENT)
    assert page.title().startswith("Feedback for ada")


def test_a_comment_cannot_be_written_where_it_would_not_be_kept(graded, formgrader, page):
    with sqlite3.connect(graded / "gradebook.db") as gradebook:  # as it is when a submission was graded without us
        gradebook.execute("delete from comment where notebook_id = ?", [submission(graded, "mallory")])
    page.goto(f"{formgrader.url}/formgrader/submissions/{submission(graded, 'mallory')}/")
    expect(page.locator("#purpose")).to_have_attribute("placeholder", "1")
    page.wait_for_load_state("networkidle")
    box = comment_box(page, "purpose")
    expect(box).not_to_be_editable()
    expect(box).to_have_attribute("placeholder", "To comment here, grade this submission again and restart JupyterLab")


def press(page, row, action):
    """Press a button in a student's row, and see nbgrader say that it went well."""
    row.locator(f"td.{action} a").click()
    expect(page.locator(".modal-title", has_text="Success")).to_be_visible(timeout=120_000)
    page.locator(".modal-footer button:visible").first.click()


def test_code_is_autograded_read_and_where_it_could_not_be_graded_scored_by_hand(graded, formgrader, page):
    lesson = written_lesson.LESSON
    page.goto(f"{formgrader.url}/formgrader/manage_submissions/{lesson}")
    for student in ("partly-right", "opens"):
        press(page, page.get_by_role("row").filter(has_text=student), "autograde")
    assert read_points(graded, lesson) == {
        "partly-right": {"shares": 2, "mix": 1},
        "opens": {"shares": 0, "mix": 1},
    }
    page.goto(f"{formgrader.url}/formgrader/submissions/{submission(graded, 'partly-right', lesson)}/")
    task = page.locator(".attention-answer", has_text="Task 1").first
    expect(task).to_contain_text("Partly right")
    expect(task).to_contain_text("a row that keeps none (0 of 1)")
    expect(task.locator("pre", has_text="masked_fill").first).to_be_visible()

    page.goto(f"{formgrader.url}/formgrader/submissions/{submission(graded, 'opens', lesson)}/")
    expect(page.locator(".attention-answer").first).to_contain_text("This could not be graded here")
    score = page.locator("input.score").first
    score.fill("1.5")
    score.press("Tab")
    until(lambda: read_points(graded, lesson)["opens"]["shares"] == 1.5, "the score that was given is kept")
    page.goto(f"{formgrader.url}/formgrader/manage_submissions/{lesson}")
    press(page, page.get_by_role("row").filter(has_text="opens"), "generate-feedback")
    feedback = (graded / f"feedback/opens/{lesson}/{lesson}.html").read_text(encoding="utf-8")
    assert "1.5 of 3 points" in feedback
    assert "● Graded by hand" in feedback
