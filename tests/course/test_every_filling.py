"""Every filling of every task and every choice of every question, graded in one class."""

import html
import re
import shutil
from pathlib import Path

import classroom
import pytest
from classroom import EXERCISES, FILLINGS, LESSON, NOTEBOOK, PAGE

from attention_course.instructor import regions

STUDENTS = max(map(len, FILLINGS.values()))  # the fillings of a question go round until each student has one
WRONG = {name: next(f for f in fillings if f != classroom.RIGHT[name]) for name, fillings in FILLINGS.items()}
HISTORIES = {
    "not-attempted": {},
    "out-of-attempts": {name: [WRONG[name]] * 3 for name in FILLINGS},
    "right-at-the-third": {name: [WRONG[name], WRONG[name], classroom.RIGHT[name]] for name in FILLINGS},
    "a-fourth-attempt": {name: [*[WRONG[name]] * 3, classroom.RIGHT[name]] for name in FILLINGS},
}


def filling(name: str, student: int) -> list[str]:
    return FILLINGS[name][student % len(FILLINGS[name])]


@pytest.fixture(scope="module")
def graded(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder in which as many students as there are fillings are graded, and one for each history."""
    course = Path(shutil.copytree(released_course, tmp_path_factory.mktemp("fillings") / "course"))
    for student in range(STUDENTS):
        classroom.hand_in(course, f"filling-{student:02}", {name: [filling(name, student)] for name in FILLINGS})
    for history, attempts in HISTORIES.items():
        classroom.hand_in(course, history, attempts)
    classroom.grade(course)
    return course


@pytest.fixture(scope="module")
def scores(graded: Path) -> dict[str, dict[str, float]]:
    return classroom.scores(graded)


@pytest.fixture(scope="module")
def feedback(graded: Path) -> dict[str, str]:
    """Feedback pages by student: among the first four fillings each question is wrong at least once, and right once."""
    classroom.nbgrader(graded, "generate_feedback", LESSON, "--student=filling-0[0-3]")
    classroom.nbgrader(graded, "generate_feedback", LESSON, "--student=*t*")
    pages = graded.glob(f"feedback/*/{PAGE}")
    return {page.parts[-3]: page.read_text(encoding="utf-8") for page in pages}


def test_the_fillings_are_all_there_are() -> None:
    assert [len(FILLINGS[name]) for name in classroom.TASKS] == [4, 4, 4, 16, 27]
    assert {n: {tuple(filling(n, s)) for s in range(STUDENTS)} for n in FILLINGS} == {
        name: {tuple(each) for each in fillings} for name, fillings in FILLINGS.items()
    }


@pytest.mark.parametrize("name", FILLINGS)
def test_exactly_the_key_scores_a_point(name: str, scores: dict[str, dict[str, float]]) -> None:
    for student in range(STUDENTS):
        picks = filling(name, student)
        assert scores[f"filling-{student:02}"][name] == (picks == classroom.RIGHT[name]), picks


@pytest.mark.parametrize("name", classroom.TASKS)
def test_the_hidden_test_itself_stops_every_wrong_filling(name: str, graded: Path) -> None:
    """The key alone would give 0 points too; the test must see the difference in what the program does."""
    for student in range(STUDENTS):
        path = graded / f"autograded/filling-{student:02}/{NOTEBOOK}"
        outputs = classroom.cell(classroom.read(path), name)["outputs"]
        stopped = [output["ename"] for output in outputs if output["output_type"] == "error"]
        assert bool(stopped) == (filling(name, student) != classroom.RIGHT[name]), filling(name, student)
        assert "NotAnswered" not in stopped


@pytest.mark.parametrize(
    ("student", "points"),
    [("not-attempted", 0), ("out-of-attempts", 0), ("right-at-the-third", 1), ("a-fourth-attempt", 0)],
)
def test_how_an_answer_came_about_counts(student: str, points: int, scores: dict[str, dict[str, float]]) -> None:
    assert scores[student] == dict.fromkeys(FILLINGS, points)


def test_the_exported_table_holds_the_points(graded: Path) -> None:
    classroom.nbgrader(graded, "export")
    rows = [line.split(",") for line in (graded / "grades.csv").read_text(encoding="utf-8").splitlines()]
    score = {row[rows[0].index("student_id")]: row[rows[0].index("score")] for row in rows[1:]}
    assert score["right-at-the-third"] == f"{EXERCISES}.0"
    assert score["not-attempted"] == "0.0"


def test_feedback_shows_question_filling_verdict_output_picture_and_solution(feedback: dict[str, str]) -> None:
    page = feedback["filling-00"]  # attention-scores filled with `value`, which is not defined
    assert "Complete the code" in page
    assert "value" in page
    assert "NameError" in page
    assert "Worked solution" in page
    assert page.count("data:image/png;base64,") > EXERCISES
    assert "1 of 1 point" in page
    assert "0 of 1 point" in page


def test_feedback_shows_neither_hidden_tests_nor_the_source_of_keys(feedback: dict[str, str]) -> None:
    assert sorted(feedback) == sorted([*(f"filling-{number:02}" for number in range(4)), *HISTORIES])
    hidden = [*classroom.hidden_lines(regions.HIDDEN_TESTS), "BEGIN KEY", "why_not", "key=[", "sealed=", "lesson.ask"]
    for student, page in feedback.items():
        text = html.unescape(re.sub(r"<[^>]*>", "", page))
        assert [line for line in hidden if line in text] == [], student
        assert "Traceback (most recent call last)" not in text


def test_feedback_says_in_words_what_did_not_score(feedback: dict[str, str]) -> None:
    assert feedback["not-attempted"].count("○ Not attempted") == 2 * len(FILLINGS)  # at the top, and at the question
    assert feedback["filling-00"].count("✗ Not right") > 0
    assert "4 attempts where 3 are allowed" in feedback["a-fourth-attempt"]
