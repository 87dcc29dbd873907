"""What a student drags, clicks and types in a browser becomes the grade that the real nbgrader writes."""

import classroom
from classroom import EXERCISES, FULL, LESSON, RIGHT, TITLES
from dragging import drag
from notebook_page import NotebookPage
from playwright.sync_api import expect

PRESS_ALL = "() => panel.node.querySelectorAll('.ac-check').forEach((button) => button.click())"


def drag_each(question, picks):
    for number, text in enumerate(picks, start=1):
        drag(question.option(text), question.blank(number))
    question.expect_blanks(*picks)
    question.check_button.click()


def click(question, picks):
    question.fill(*picks).check_button.click()


def type_letters(question, picks):
    letters = [label.split()[0] for label in question.options()]
    texts = [label.split()[1] for label in question.options()]
    for number, text in enumerate(picks, start=1):
        question.blank(number).press(letters[texts.index(text)])
    question.check_button.press("Enter")


def choose_by_key(question, picks):
    question.radio(picks[0]).press("Space")
    question.check_button.press("Space")


def answer_all(page):
    """Answer each question rightly, one by drag, the next by clicks, the next by keys."""
    for i, (name, picks) in enumerate(RIGHT.items()):
        is_choice = TITLES[name].startswith("Question")
        ways = [choose_by_key, click] if is_choice else [drag_each, type_letters, click]
        question = page.question(TITLES[name])
        ways[i % len(ways)](question, picks)
        expect(question.wait().verdict).to_contain_text("Right")


def test_all_right_answers_in_either_front_end_are_all_points_and_others_their_share(notebook, new_tab, copy, course):
    in_lab = notebook.run_all()
    answer_all(in_lab)
    in_lab.expect_on_disk(**{name.replace("-", "_"): [picks] for name, picks in RIGHT.items()})
    said = f"✓ {in_lab.name}, as it is on disk, holds every answer you gave: {EXERCISES} of {EXERCISES} questions."
    in_lab.expect_summary(said)

    in_notebook7 = NotebookPage(new_tab(), notebook.server, copy()).load_notebook7().run_all()
    answer_all(in_notebook7)
    in_notebook7.expect_on_disk(**{name.replace("-", "_"): [picks] for name, picks in RIGHT.items()})

    in_part = NotebookPage(notebook.page, notebook.server, copy()).open().run_all()
    given = {
        **RIGHT,
        "attention-weights": ["sigmoid"],
        "scaled-weights": ["64", "softmax"],
        "purpose": ["larger-input"],
    }
    del given["multi-head-output"], given["why-scale"]
    for name, picks in given.items():
        in_part.question(TITLES[name]).fill(*picks)
    in_part.script(PRESS_ALL)  # quicker than any student
    in_part.expect_on_disk(**{name.replace("-", "_"): [picks] for name, picks in given.items()})
    for name, picks in given.items():
        verdict = "Right" if picks == RIGHT[name] else "Not right"
        expect(in_part.question(TITLES[name]).wait().verdict).to_contain_text(verdict)
    in_part.close()

    for student, page in {"lab": in_lab, "notebook7": in_notebook7, "part": in_part}.items():
        classroom.hand_in_text(course, student, page.path.read_text(encoding="utf-8"))
    classroom.nbgrader(course, "autograde", LESSON)
    scores = classroom.scores(course)
    assert scores["lab"] == scores["notebook7"] == FULL
    assert scores["part"] == {name: float(given.get(name) == picks) for name, picks in RIGHT.items()}
