"""`attention-course answers` on a graded class: the page, one comment and score for all, regraded, seen, taken back."""

import html
import re
import shutil
from pathlib import Path

import classroom
import pytest
from classroom import LESSON, PAGE
from nbgrader.api import Gradebook

QUESTION = "weighted-sum"  # keala and giorgos have the same wrong answer; chiara has half a point and a comment by hand
TRANSPOSED = ["giorgos", "keala"]


@pytest.fixture(scope="module")
def course(graded_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graded class of twelve; the tests of this file go on from each other's state."""
    return Path(shutil.copytree(graded_class, tmp_path_factory.mktemp("answers") / "course"))


def answers(course: Path, *arguments: str, exits: int = 0) -> str:
    code, said = classroom.COMMANDS.run(course, "attention-course", "answers", LESSON, *arguments)
    assert code == exits, said
    return said


def by_hand(course: Path) -> dict[str, tuple[float | None, str | None]]:
    """Return each student's score and comment that were given by hand."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        books = [one for submission in gradebook.assignment_submissions(LESSON) for one in submission.notebooks]
        return {
            book.student.id: (
                next(grade.manual_score for grade in book.grades if grade.name == QUESTION),
                next(comment.manual_comment for comment in book.comments if comment.name == QUESTION),
            )
            for book in books
        }


def id_of(said: str, answer: str) -> str:
    found = re.search(rf"^([0-9a-f]+) .*: {re.escape(answer)}$", said, re.MULTILINE)
    assert found, said
    return found[1]


def test_the_different_answers_are_counted_and_the_page_has_who_what_and_why(course: Path) -> None:
    assert re.search(rf"{QUESTION} +10 +4$", answers(course), re.MULTILINE)
    said = answers(course, QUESTION)
    assert f"Task 3 ({QUESTION}): 10 answers, 4 different, 2 without an answer." in said
    assert re.search(r"2 ×  ✗ wrong, 0 points: attention_weights\.T", said)
    page = (course / f"reports/{LESSON}-{QUESTION}-answers.html").read_text(encoding="utf-8")
    words = " ".join(html.unescape(re.sub("<style.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)).split())
    assert "2 students answer" in words
    assert "RuntimeError: mat1 and mat2 shapes cannot be multiplied" in words
    assert "Keala Kahananui Giorgos Papadakis" in words or "Giorgos Papadakis Keala Kahananui" in words
    assert "1 of 1 with points given by hand. Comment, 1 of 1 Well tried. <script>alert(1)</script>" in words
    assert "<script" not in page
    assert page.count("<img") >= 3
    assert set(re.findall(r'(?:src|href)="(data:|#|[^"]*)', page)) == {"data:", "#"}


def test_without_names_the_page_has_none(course: Path) -> None:
    answers(course, QUESTION, "--anonymous")
    page = (course / f"reports/{LESSON}-{QUESTION}-answers.html").read_text(encoding="utf-8")
    assert not any(name in page for name in ("Keala", "keala", "Papadakis", "Well tried"))


def test_what_cannot_be_done_is_said_in_a_sentence_and_nothing_is_written(course: Path) -> None:
    before = by_hand(course)
    answer = id_of(answers(course, QUESTION), "attention_weights.T")
    for arguments, says in [
        ((QUESTION, "--to", answer, "--score=1.5"), "The question gives 1 point at most, and 1.5 is more."),
        ((QUESTION, "--to", "zzz", "--score=1"), "No answer has the id 'zzz' (any more)."),
        ((QUESTION, "--to", answer), "Say what they get: --comment, --score, or both."),
        ((QUESTION, "--score=1"), "Say to whom: "),
        (("weighted-sun",), "practice asks no question 'weighted-sun'. Did you mean weighted-sum?"),
        (("--undo",), "marks.jsonl knows nothing in practice that could be taken back."),
    ]:
        assert says in answers(course, *arguments, exits=2)
    assert by_hand(course) == before


def test_all_who_gave_an_answer_get_it_it_survives_and_is_taken_back(course: Path) -> None:
    before = by_hand(course)
    answer = id_of(answers(course, QUESTION), "attention_weights.T")
    given = (QUESTION, "--to", answer[:4], "--comment=Look at the <shapes>.", "--score=0.25")
    assert "Nothing was written." in answers(course, *given, exits=1)  # nobody says yes
    assert by_hand(course) == before
    said = answers(course, *given, "--yes")
    assert "The score 0.25 for 2: " in said
    marks = dict.fromkeys(TRANSPOSED, (0.25, "Look at the <shapes>."))
    assert by_hand(course) == before | marks
    classroom.grade(course, "--force", "--student=keala")
    assert by_hand(course) == before | marks
    classroom.nbgrader(course, "generate_feedback", LESSON, "--student=keala", "--force")
    page = (course / f"feedback/keala/{PAGE}").read_text(encoding="utf-8")
    assert "Look at the &lt;shapes&gt;." in page
    assert "0.25 of 1 point" in page
    assert "Takes back: comment and score for 2 students" in answers(course, "--undo", "--yes")
    assert by_hand(course) == before


def test_what_somebody_wrote_is_kept_unless_it_is_to_be_replaced(course: Path) -> None:
    before = by_hand(course)
    answer = id_of(answers(course, QUESTION), "values.T")  # chiara's alone
    kept = answers(course, QUESTION, "--to", answer, "--score=0", exits=2)
    assert "Nothing to write for 1 student: what stands there was written by hand; --replace writes over it." in kept
    answers(course, QUESTION, "--to", answer, "--score=0", "--replace", "--yes")
    assert by_hand(course)["chiara"] == (0, before["chiara"][1])
    answers(course, QUESTION, "--undo", "--yes")
    assert by_hand(course) == before
