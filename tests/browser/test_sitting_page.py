"""The lesson `test` as a student sits it in JupyterLab: ten answers, a reload and a restart between, another form."""

import re
import shutil

import classroom
import pytest
from notebook_page import NotebookPage
from playwright.sync_api import expect
from waiting import until

from attention_course.answers import record
from attention_course.bank.items import bank
from attention_course.exercises.choice import Choice
from attention_course.exercises.concepts import CONCEPTS
from attention_course.exercises.typed import Typed

LESSON = "test"
FILE = f"{LESSON}/{LESSON}.ipynb"


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    course = classroom.make_course(tmp_path_factory.mktemp("sitting") / "course", LESSON)
    classroom.nbgrader(course, "generate_assignment", LESSON)
    return course


def records(page):
    try:
        return record.read(classroom.read(page.path), LESSON)[0]
    except ValueError:  # read while it was written
        return {}


def title(concept):
    return f"Question {CONCEPTS.index(concept) + 1}"


def answer(page, concept, question, sure, right=True):
    """Answer what is asked, say how sure it is, check, and wait until the file holds it."""
    on_page = page.question(title(concept))
    expect(on_page.check_button).to_be_attached()
    wrong = (picks for picks in question.samples() if not question.is_right(picks))
    picks = question.key if right else next(iter(wrong))
    if isinstance(question, Choice):
        on_page.radio(picks[0]).check()
    elif isinstance(question, Typed):
        for field, text in zip(on_page.root.get_by_role("textbox").all(), picks, strict=True):
            field.fill(text)
    expect(on_page.root).to_have_attribute("data-phase", "partly")  # nobody has said yet how sure
    on_page.root.get_by_label(sure).check()
    on_page.check_button.click()
    on_page.wait()
    until(lambda: (one := records(page).get(concept)) and one.attempts, f"{concept} is on disk")


def test_ten_answers_a_result_and_another_form(new_page, server, released):
    shutil.copy(released / "release" / FILE, server.folder / "test.ipynb")
    page = NotebookPage(new_page(), server, "test.ipynb").load().run_all()
    try:
        sit(page)
    finally:
        server.end_kernels()
    (released / "submitted/ada/test").mkdir(parents=True)
    shutil.copy(page.path, released / "submitted/ada/test")
    code, said = classroom.COMMANDS.run(released, "attention-course", "grade", LESSON)
    assert code == 0, said
    scores = classroom.read_points(released, LESSON)["ada"]
    assert scores == {concept: int(concept != "scores") for concept in CONCEPTS}  # the complete sitting counts


def sit(page):
    first = page.question("Question 1")
    expect(first.check_button).to_be_attached()
    seed = None
    asked = {}
    for number, concept in enumerate(CONCEPTS):
        if seed is None:  # nothing on disk says yet what is asked: the page does
            seed = seed_by_prompt(page)
        drawn = bank().drawn(concept, (seed, 0))
        asked[concept] = bank().question(concept, drawn)
        if concept == "scores":
            answer(page, concept, asked[concept], "I am sure", right=False)
        else:
            answer(page, concept, asked[concept], "I think so")
        if number < 9:
            expect(page.question(title(concept)).verdict).to_contain_text("Recorded")
            expect(page.question(title(concept)).solution).to_have_count(0)
        if number == 3:
            page.reload().show_widgets()
        if number == 6:
            page.restart()
            page.run_all()
            expect(page.question("Question 10").check_button).to_be_attached()
            expect(page.question(title(concept)).verdict).to_contain_text("Recorded")
    expect(page.question("Question 1").verdict).to_contain_text("Right")
    expect(page.question("Question 2").verdict).to_contain_text("Not right")
    expect(page.question("Question 2").solution).to_be_attached()
    result = page.page.get_by_role("region", name="Your result").last
    expect(result).to_contain_text("9 of 10 right: this pattern is probably strong.")
    expect(result).to_contain_text("Sure, and wrong. Look at these first:Question 2, the scores: practice")
    result.get_by_role("button", name="Sit another form").click()
    expect(page.question("Question 1").root).to_have_attribute("data-phase", "untouched")
    expect(result).to_contain_text("0 of 10 answered.")
    expect(result).to_contain_text("holds every answer you gave: 0 of 10 questions, and your earlier sittings.")
    until(lambda: [one.drawn.sitting for one in records(page).values() if one.sat] == [1] * 10, "both sittings on disk")
    assert not {one.drawn.item for one in records(page).values()} & {one.drawn.item for one in asked.values()}
    expect(page.page.locator(".jp-Dialog")).to_have_count(0)


def seed_by_prompt(page):
    """Answer nothing: find the seed in the kernel, which alone knows it before the first answer."""
    page.script(
        "() => panel.sessionContext.session.kernel.requestExecute({ code: "
        "\"open('seed.txt', 'w').write(str(sitting._of[0]))\" }).done.then(() => null)"
    )
    text = page.server.folder / "seed.txt"
    until(lambda: text.exists() and re.fullmatch(r"\d+", text.read_text()), "the kernel says its seed")
    return int(text.read_text())
