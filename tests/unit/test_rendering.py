import pytest

from attention_course import Blanks, Choice
from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt, Record
from attention_course.exercises.credit import Credit
from attention_course.exercises.drawing import Shown
from attention_course.page import static_html, verdicts
from attention_course.page.verdicts import LIVE, STATIC
from attention_course.pictures.picture import Picture

WEIGHTS = "import torch\nscores = torch.tensor([[1.0, 2.0]])\nweights = torch.[1](scores) / [2]\nprint(weights.shape)"
KEYED = {
    "key": ["exp", "scores.exp().sum()"],
    "why_not": [{"relu": "`relu` makes <b> no shares."}, {}],
    "solution": "Softmax, **by hand**.",
}


def weights_task(**changes):
    arguments = {
        "prompt": "Make weights.",
        "program": WEIGHTS,
        "options": ["exp", "relu", "scores.exp().sum()", "1"],
        "draw": "weights",
        **KEYED,
    }
    return Blanks("weights", "easy", number=2, **{**arguments, **changes})


def vowel(**changes):
    solution = {"steps": ["`b` is none.", "`a` is one."], "answer": "B: a", "check": "Say it."}
    arguments = {"prompt": "Which is a vowel?", "options": ["b", "a"], "key": "B", "solution": solution}
    return Choice("vowel", "easy", **{**arguments, "why_not": {"A": "Say it."}, **changes})


def answer(question, *attempts):
    made = tuple(Attempt(tuple(picks), "2026-03-01T09:41:00+01:00") for picks in attempts)
    return Answer(question, Record(made, len(made)))


RIGHT = ["exp", "scores.exp().sum()"]
WRONG = ["relu", "1"]


def test_a_right_filling_shows_what_it_printed_and_its_heatmap():
    shown = weights_task().perform(RIGHT)
    page = LIVE.result(shown)
    assert "torch.Size([1, 2])" in page
    assert page.count("<svg") == 1
    assert 'role="img"' in page


def test_a_wrong_filling_shows_its_own_heatmap():
    shown = weights_task().perform(WRONG)
    assert isinstance(shown.picture, Picture)
    assert "3" in shown.picture.alt  # 1 + 2: a row that does not sum to 1
    assert shown.picture.alt != weights_task().perform(RIGHT).picture.alt


def test_a_program_that_raises_shows_the_error_with_its_line():
    page = LIVE.result(weights_task().perform(["scores.exp().sum()", "1"]))
    assert "Raised" in page
    assert "line 3: weights = torch.scores.exp().sum()(scores) / 1" in page
    assert "AttributeError" in page
    assert "There is nothing to draw" not in page


def test_what_a_program_defined_before_it_raised_can_be_drawn():
    shown = weights_task(draw="scores").perform(["scores.exp().sum()", "1"])
    assert shown.run.error
    assert shown.picture is not None


def test_the_drawing_code_knows_the_filling():
    shown = weights_task(draw="heatmap([[1.0]], title=' and '.join(picks))").perform(WRONG)
    assert "relu and 1" in shown.picture.alt


@pytest.mark.parametrize("draw", ["nothing", "1 / 0", "'text'", "weights = 1", "[1.0]", "raise SystemExit", "object()"])
def test_a_picture_that_cannot_be_drawn_is_said_and_costs_nothing_else(draw):
    page = LIVE.result(weights_task(draw=draw).perform(RIGHT))
    assert "There is nothing to draw: " in page
    assert "torch.Size([1, 2])" in page


def test_a_picture_that_fails_only_when_it_is_painted_is_said():
    def fails():
        raise RuntimeError("no <ink>")

    picture = type("Broken", (Picture,), {"figure": property(lambda self: fails())})
    shown = Shown(weights_task(draw=None).perform(RIGHT).run, object.__new__(picture))
    for medium in (LIVE, STATIC):
        assert "The picture cannot be drawn: no &lt;ink&gt;" in medium.result(shown)


def test_a_program_that_prints_nothing_says_so():
    page = LIVE.result(weights_task(program="x = [1] + [2]", draw=None).perform(["1", "1"]))
    assert "The program ran and printed nothing." in page


def test_what_is_printed_is_escaped():
    program = "print('<script>alert(1)</script>', [1], [2])"
    page = LIVE.result(weights_task(program=program, draw=None).perform(["1", "1"]))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_before_the_first_attempt_there_is_no_verdict():
    assert verdicts.verdict_html(answer(weights_task())) == ""


def test_a_wrong_verdict_says_for_each_wrong_blank_why():
    page = verdicts.verdict_html(answer(weights_task(), WRONG))
    assert "✗ Not right" in page
    assert "Blank 1, <code>relu</code>: <code>relu</code> makes &lt;b&gt; no shares." in page
    assert "Blank 2, <code>1</code>: this does not belong here." in page


def test_a_wrong_verdict_is_silent_about_blanks_that_are_right():
    page = verdicts.verdict_html(answer(weights_task(), ["exp", "1"]))
    assert "Blank 2" in page
    assert "Blank 1" not in page


def test_which_parts_of_an_answer_are_wrong_is_known_by_their_numbers_from_0():
    assert verdicts.wrong_parts(answer(weights_task(), ["exp", "1"])) == [1]
    assert verdicts.wrong_parts(answer(weights_task(), WRONG)) == [0, 1]
    assert verdicts.wrong_parts(answer(weights_task(), WRONG, RIGHT)) == []
    assert verdicts.wrong_parts(answer(weights_task())) == []


def test_with_the_key_held_back_no_part_is_wrong():
    assert verdicts.wrong_parts(answer(weights_task(key=None, why_not=None, solution=None), WRONG)) == []


def test_a_right_verdict_gives_no_reasons():
    page = verdicts.verdict_html(answer(weights_task(), WRONG, RIGHT))
    assert "✓ Right" in page
    assert "<li>" not in page


def test_with_the_key_held_back_the_verdict_is_that_it_was_recorded():
    page = verdicts.verdict_html(answer(weights_task(key=None, why_not=None, solution=None), RIGHT))
    assert "● Recorded. It will be graded after you have handed in." in page


def test_the_worked_solution_runs_the_right_program_where_the_student_did_not():
    page = LIVE.solution(answer(weights_task(), WRONG, WRONG, WRONG))
    assert "<strong>by hand</strong>" in page
    assert page.count("<svg") == 1
    assert ">exp</span>" in page


def test_the_worked_solution_does_not_run_what_the_students_right_answer_just_showed():
    assert "<svg" not in LIVE.solution(answer(weights_task(), RIGHT))


def test_the_solution_of_a_choice_has_steps_answer_check_and_picture():
    page = LIVE.solution(answer(vowel(draw="heatmap([[0.5, 0.5]])"), ["B"]))
    assert page.count("<li>") == 2
    assert "<strong>Answer</strong> B: a" in page
    assert "<strong>Quick check</strong> Say it." in page
    assert page.count("<svg") == 1


def test_with_the_key_held_back_there_is_no_solution():
    assert LIVE.solution(answer(vowel(key=None, why_not=None, solution=None), ["B"])) == ""


def test_a_static_page_holds_the_picture_as_png_and_no_svg():
    page = static_html.answered(answer(weights_task(), WRONG))
    assert page.count("data:image/png;base64,") == 2  # the filling's and the solution's
    assert "<svg" not in page
    assert "<script" not in page


def test_a_static_page_tells_every_attempt_with_its_time_its_verdict_and_the_reason():
    page = static_html.answered(answer(weights_task(), WRONG, RIGHT))
    assert "2 of 3 attempts used" in page
    first, second = page[page.index('<ol class="ac-attempts">') :].split("</li><li><span")
    for said in (
        "[1] <code>relu</code> [2] <code>1</code>",
        "✗ Not right",
        "1 March 2026, 09:41",
        "makes &lt;b&gt; no",
    ):
        assert said in first
    assert "✓ Right" in second


def test_a_static_page_says_the_rule_where_attempts_cost_points():
    question = weights_task()
    credited = Answer(question, answer(question, RIGHT).record, credit=Credit((1, 0.75, 0.5)))
    assert "75% at attempt 2" in static_html.answered(credited)
    assert "at attempt 2" not in static_html.answered(answer(question, RIGHT))


def test_a_bundle_carries_the_facts_that_a_summary_is_made_of():
    bundle = static_html.bundle(answer(weights_task(), WRONG, RIGHT))
    facts = {"title": "Task 2", "difficulty": "easy", "outcome": "right", "attempts": 2, "share": 1, "problem": ""}
    assert bundle[static_html.FACTS_MIME] == facts
    assert bundle["text/html"].startswith(static_html.STYLE)


def test_a_static_page_shows_question_filling_verdict_output_and_solution():
    page = static_html.answered(answer(weights_task(), WRONG))
    for said in (
        "Task 2 ·</strong> easy",
        "Make weights.",
        ">relu</span>",
        "✗ Not right",
        "Printed",
        "Worked solution",
    ):
        assert said in page
    assert "1 of 3 attempts used" in page


def test_a_static_page_of_an_unanswered_question_says_so():
    page = static_html.answered(answer(weights_task()))
    assert "○ Not attempted" in page
    assert ">  [1]  </span>" in page


def test_a_static_page_says_which_option_of_a_choice_was_picked():
    page = static_html.answered(answer(vowel(), ["A"]))
    assert "<li>b <strong>← your answer</strong></li><li>a</li>" in page


def test_a_static_page_says_what_is_wrong_with_a_record():
    refused = answer(weights_task(), *[RIGHT] * 4)
    assert "has 4 attempts where 3 are allowed" in static_html.answered(refused)
