"""A task that is answered in a cell of the notebook, on a small lesson of its own."""

import itertools
import json

import classroom
import notebook_file
import pytest
from contrast import too_faint
from legible import faults
from notebook_page import NotebookPage
from playwright.sync_api import expect
from waiting import until

from attention_course.answers import record
from attention_course.answers.record import Attempt, Record

NUMBERS = itertools.count(1)
AT = "2026-03-01T09:41:00+01:00"
SETUP = 'from attention_course import Lesson, Write\nlesson = Lesson("made-up")'
STARTER = 'def weights(scores):\n    raise NotImplementedError("your code takes the place of this line")'
WRONG = "import torch\n\ndef weights(scores):\n    print('softmaxing')\n    return torch.softmax(scores, 0)"
RIGHT = WRONG.replace("0)", "-1)")
QUESTION = f"""
answer = lesson.ask(Write(
    "weights", "medium", number=1, points=2,
    prompt="Write `weights(scores)`: each row is a softmax.",
    defines=["weights"], given="import torch", starter={STARTER!r}, key={RIGHT!r},
    examples=[
        {{"title": "Two queries", "code": "weights(torch.tensor([[1.0, 2.0], [0.0, 0.0]]))", "draw": "weights"}},
        {{"title": "A batch", "code": "weights(torch.ones(2, 3, 4)).shape[-1]"}},
    ],
    hints=["A row is the last axis.", "torch.softmax takes an axis.", "torch.softmax(scores, -1)"],
    mistakes=["The softmax of the columns."], solution="Along the last axis.",
))

@answer.check("each row sums to 1", why="Some row of yours does not sum to 1.")
def sums(student):
    import torch
    torch.testing.assert_close(student.weights(torch.randn(3, 5)).sum(-1), torch.ones(3))
"""
BRINGS = f"""
answer = lesson.ask(Write(
    "my-weights", "easy", number=2, points=0,
    prompt="Bring your `weights`.",
    defines=["weights"], given="import torch", starter="# bring it", key={RIGHT!r}, brings={{"made-up": ["weights"]}},
    examples=[{{"title": "One", "code": "weights(torch.zeros(1, 2))"}}],
))
"""
SOURCE = "([id, text]) => panel.content.widgets.find(({ model }) => model.id === id).model.sharedModel.setSource(text)"
DELETE = """(id) => {
    const place = panel.content.widgets.findIndex(({ model }) => model.id === id);
    panel.context.model.sharedModel.deleteCell(place);
}"""
CELLS = """() => panel.content.widgets.map(({ model }) =>
    [model.getMetadata("nbgrader")?.grade_id ?? "", model.sharedModel.getSource()])"""


def cell(name, source, **nbgrader):
    about = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return classroom.code_cell(source) | {"id": name, "metadata": {"nbgrader": {**about, **nbgrader}}}


@pytest.fixture
def made_up(server):
    """Return a function that puts a fresh copy of the made-up lesson into the server's folder."""

    def made():
        cells = [
            cell("setup", SETUP, locked=True),
            cell("weights-code", STARTER, solution=True),
            cell("weights", QUESTION.strip(), grade=True, locked=True, points=2),
        ]
        name = f"made-up-{next(NUMBERS)}.ipynb"
        notebook_file.make(server.folder / name, cells)
        return name

    yield made
    server.end_kernels()


@pytest.fixture
def page(in_lab, made_up):
    """Return the made-up lesson in JupyterLab, its question asked."""
    return in_lab(made_up()).ask("weights")


def write(page, text):
    page.script(SOURCE, ["weights-code", text])


def test_from_the_starter_to_the_solution(page):
    task = page.question("Task 1")
    more = task.root.get_by_role("button", name="Run more checks")
    task.check_button.click(force=True)
    expect(task.notice).to_contain_text("The cell above is as it was at the beginning")
    expect(task.left).to_have_text("check as often as you like")
    write(page, WRONG)
    expect(task.root).to_have_attribute("data-phase", "ready")
    task.check_button.click()
    expect(task.verdict).to_contain_text("Not right yet")
    expect(task.verdict).to_contain_text("1 of 2 examples passed.")
    expect(task.status).to_contain_text("Not right yet")
    expect(task.result).to_contain_text("4 of 4 numbers differ, the first at [0, 0] is 0.731059, expected 0.268941.")
    expect(task.result).to_contain_text("softmaxing")
    expect(task.result.get_by_role("img")).to_have_count(1)
    expect(task.solution).to_have_count(0)
    task.check_button.click()  # the same code once more
    expect(task.left).to_have_text("checked 1 time")
    write(page, RIGHT)
    expect(task.root.locator('[data-part="which"]')).to_have_text("before your change")
    more.click()
    expect(task.verdict).to_contain_text("2 of 2 examples and 1 of 1 check passed.")
    expect(task.result).to_contain_text("each row sums to 1")
    expect(task.result.locator(".ac-tests .ac-sign")).to_have_css("text-indent", "0px")  # or it is out of sight
    expect(task.solution).to_contain_text("Along the last axis.")
    expect(task.left).to_have_text("checked 2 times")
    page.expect_on_disk(weights=[[WRONG], [RIGHT]])
    assert page.receipt("weights").startswith("Recorded · attempt 2 · ")
    page.save().load_anew()
    page.run("setup", "weights")
    expect(page.question("Task 1").verdict).to_contain_text("Right so far")


def test_hints_open_one_by_one_and_the_solution_by_keyboard_after_a_question(page):
    task = page.question("Task 1")
    keyboard = page.page.keyboard
    for number in (1, 2, 3):
        task.root.get_by_text(f"Hint {number}", exact=True).click()
    expect(task.root.get_by_text("A row is the last axis.")).to_be_visible()
    task.root.get_by_role("button", name="Show me the solution").focus()
    keyboard.press("Enter")
    expect(task.root.get_by_role("button", name="Show it")).to_be_focused()
    expect(task.status).to_contain_text("it is recorded that you looked")
    keyboard.press("Tab")
    keyboard.press("Enter")  # not yet
    expect(task.root.get_by_role("button", name="Show me the solution")).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("Enter")
    expect(task.solution).to_contain_text("Along the last axis.")
    expect(task.root.get_by_role("button", name="Show me the solution")).to_have_count(0)
    until(lambda: '"shown"' in page.path.read_text(encoding="utf-8"), "the notebook says that it was shown")


def test_a_lost_cell_is_put_back(page):
    task = page.question("Task 1")
    write(page, WRONG)
    task.check_button.click()
    expect(task.verdict).to_contain_text("Not right yet")
    page.script(DELETE, "weights-code")
    expect(task.root.get_by_text("The cell with your answer is gone.")).to_be_visible()
    expect(task.root.get_by_role("button", name="Copy")).to_be_visible()
    task.root.get_by_role("button", name="Put this text back").click()
    expect(task.notice).to_have_text("Your answer stands in a new cell above.")
    assert page.script(CELLS)[1] == ["weights-code", WRONG]
    expect(task.root.get_by_text("The cell with your answer is gone.")).to_be_hidden()


def test_an_endless_loop_is_stopped_and_the_kernel_goes_on(page):
    task = page.question("Task 1")
    write(page, "def weights(scores):\n    while True:\n        pass")
    task.check_button.click()
    expect(task.result).to_contain_text("It took longer than 5 seconds.", timeout=60_000)
    write(page, RIGHT)
    task.check_button.click()
    expect(task.verdict).to_contain_text("Right so far")


def test_every_state_can_be_read_by_everybody(page):
    task = page.question("Task 1")
    for theme in page.in_both_themes():
        assert faults(page.page) == [], theme
    write(page, WRONG)
    task.root.get_by_role("button", name="Run more checks").click()
    expect(task.result).to_contain_text("Some row of yours does not sum to 1.")
    for summary in task.root.locator("summary").all():
        if summary.is_visible() and not summary.evaluate("(node) => node.parentElement.open"):
            summary.click()
    task.root.get_by_role("button", name="Show me the solution").click()
    for theme in page.in_both_themes():
        assert faults(page.page) == [], theme
        assert too_faint(task.root) == [], theme
    write(page, RIGHT)
    task.root.get_by_role("button", name="Run more checks").click()
    expect(task.solution).to_be_visible()
    expect(task.root.get_by_role("button", name="Show it")).to_have_count(0)
    for theme in page.in_both_themes():
        assert faults(page.page) == [], theme
        assert too_faint(task.root) == [], theme


def test_it_works_on_a_narrow_screen_in_notebook_7(new_tab, server, made_up):
    page = NotebookPage(new_tab(viewport={"width": 400, "height": 800}), server, made_up()).load_notebook7()
    page.ask("weights")
    write(page, RIGHT)
    task = page.question("Task 1")
    task.root.get_by_role("button", name="Run more checks").click()
    expect(task.verdict).to_contain_text("1 of 1 check passed")
    buttons = [button.bounding_box() for button in task.root.get_by_role("button").all() if button.is_visible()]
    assert min(box["height"] for box in buttons) >= 24
    assert task.root.evaluate("(node) => node.scrollWidth <= node.clientWidth")


def test_a_later_lesson_brings_the_code_that_passed_and_only_when_asked(in_lab, server):
    folder = server.folder / f"carried-on-{next(NUMBERS)}"
    folder.mkdir()
    notebook_file.make(folder / "made-up.ipynb", [cell("setup", SETUP, locked=True)])
    document = classroom.read(folder / "made-up.ipynb")
    record.write(document, "made-up", {"weights": Record((Attempt((RIGHT,), AT, {"examples": (True, True)}),), 1)})
    (folder / "made-up.ipynb").write_text(json.dumps(document), encoding="utf-8")
    cells = [
        cell("setup", SETUP.replace("made-up", "onward"), locked=True),
        cell("my-weights-code", "# bring it", solution=True),
        cell("my-weights", BRINGS.strip(), grade=True, locked=True, points=0),
        cell("goes-on", 'print(lesson.mine("weights").__name__)'),
    ]
    notebook_file.make(folder / "onward.ipynb", cells)
    page = in_lab(f"{folder.name}/onward.ipynb").ask("my-weights")
    task = page.question("Task 2")
    bring = task.root.get_by_role("button", name="Bring mine from made-up.ipynb")
    assert page.script(CELLS)[1] == ["my-weights-code", "# bring it"]
    assert faults(page.page) == []
    assert bring.bounding_box()["height"] >= 24
    bring.focus()
    page.page.keyboard.press("Enter")
    expect(task.verdict).to_contain_text("1 of 1 example passed. You go on with it.")
    expect(task.result).to_contain_text("Yours, from made-up.ipynb: weights.")
    expect(task.status).to_contain_text("✓ Right")
    expect(task.root.get_by_role("button", name="Show me the solution")).to_have_count(0)
    assert page.script(CELLS)[1] == ["my-weights-code", f"{RIGHT}\n"]
    page.expect_on_disk(**{"my-weights": [[f"{RIGHT}\n"]]})
    assert too_faint(task.root) == []
    page.run("goes-on")
    expect(page.page.get_by_text("weights: yours, from Task 2.")).to_be_visible()
    bring.click()
    expect(task.notice).to_contain_text("empty it first")
