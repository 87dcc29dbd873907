"""Write on the page: what the page sends and is told, and what is seen of it without a page."""

import json

import pytest

from attention_course import Write
from attention_course.answers import answer_code, record
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.record import Record
from attention_course.errors import NoSandbox
from attention_course.exercises.find_answer import Found
from attention_course.page import fallback, own_cells, progress, receipt, static_html, summary, validation
from attention_course.page.live_code import LiveCode
from attention_course.page.widget import QuestionWidget
from attention_course.student_code.workshop import AtGrading, Home

KEY = "def double(x):\n    return x + x  # the secret key"
GOOD = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    print('so <b>far</b>')\n    return x"
STARTER = "def double(x):\n    raise NotImplementedError('…')"


def double(**changes):
    examples = [{"title": "Two", "code": "double(2)"}]
    arguments = {"prompt": "Double it.", "defines": ["double"], "examples": examples, "key": KEY, "starter": STARTER}
    arguments |= {"solution": "The secret solution.", "hints": ["First.", "Second.", "Third."], "points": 3}
    return Write("double", "easy", **{**arguments, "number": 1, **changes})


def with_tests(answer):
    @answer.check("halves", why="Half of it is wrong.")
    def halves(student):
        assert student.double(0.5) == 1

    return answer


class Page:
    """A page that shows the widget, and the lesson around it: it sends messages and notes what comes back."""

    lesson, document = "code", None

    def __init__(self, question=None, kept=None):
        self.answer = with_tests(CodeAnswer(question or double(), kept))
        self.news = []
        self.widget = QuestionWidget(LiveCode(self.answer), self)
        self.widget.send = lambda content, buffers=None: self.news.append(content)

    def page_says(self, question, page):
        pass

    def receipt_of(self, answer):
        return receipt.bundle("code", answer)

    def receipt_of_all(self):
        return {"text/plain": "All of it."}

    def send(self, **message):
        before = len(self.news)
        self.widget._handle_custom_msg({"id": "1", **message}, [])
        return self.news[before:]

    def check(self, text, **more):
        cells = [{"grade_id": "double-code", "source": text, "ours": False}]
        return self.send(kind="check", cells=cells, attempt=self.widget.state["attempts"], **more)

    @property
    def state(self):
        return self.widget.state


def test_right_code_is_right_so_far_and_opens_the_solution():
    page = Page()
    assert [news["kind"] for news in page.check(GOOD)] == ["checked", "finished"]
    state = page.state
    assert (state["outcome"], state["attempts"], state["left"], state["done"]) == ("right", 1, None, False)
    assert "Right so far" in state["verdict_html"]
    assert "1 more check can be run." in state["verdict_html"]
    assert "Hidden tests decide when it is graded." in state["verdict_html"]
    assert "The secret solution." in state["solution_html"]
    assert state["checked_picks"] == [GOOD]
    assert not state["can_show_solution"]


def test_wrong_code_shows_what_came_and_what_was_expected_and_hides_key_and_solution():
    page = Page()
    page.check(WRONG)
    state = page.state
    assert "Not right yet" in state["verdict_html"]
    assert "0 of 1 example passed." in state["verdict_html"]
    assert "2, expected 4" in state["result_html"]
    assert "so &lt;b&gt;far" in state["result_html"]
    assert "secret" not in json.dumps([state, page.widget.view])


def test_further_checks_are_run_when_the_page_asks_for_them():
    page = Page()
    page.check("def double(x):\n    return 4", more=True)
    assert page.state["checks"] == 1
    assert "1 of 1 example and 0 of 1 check passed." in page.state["verdict_html"]
    assert "halves: Half of it is wrong." in page.state["result_html"]
    page.check(GOOD, more=True)
    assert "can be run" not in page.state["verdict_html"]
    assert page.state["outcome"] == "right"


def test_the_solution_is_shown_when_it_is_asked_for_which_stands_in_the_record():
    page = Page()
    assert page.state["can_show_solution"]
    (news,) = page.send(kind="show_solution")
    assert news["kind"] == "shown"
    assert "The secret solution." in page.state["solution_html"]
    assert page.state["record"]["shown"]
    assert page.state["receipt"]["application/vnd.attention-course.receipt+json"]["record"]["shown"]
    assert record.parse("double", page.state["record"]) == page.answer.record


@pytest.mark.parametrize("text", ["", STARTER, "def double(x):\n    return '\0'"])
def test_what_is_no_answer_is_refused_and_not_recorded(text):
    page = Page()
    (news,) = page.check(text)
    assert news["kind"] == "refused"
    assert page.answer.record == Record()


@pytest.mark.parametrize("cells", [[None], [3], ["x"], [{"source": "x"}], [{"grade_id": 1, "source": 2}]])
def test_whatever_a_page_sends_is_answered(cells):
    (news,) = Page().send(kind="check", cells=cells, attempt=0)
    assert (news["kind"], news["sentence"]) == ("refused", Write.unpicked)


def test_where_no_page_reaches_the_notebook_the_cell_that_ran_last_is_judged(monkeypatch):
    page = Page()
    monkeypatch.setattr(own_cells, "history", lambda: ["", "x = 1", WRONG, GOOD, "double(3)"])
    page.send(kind="check", cells=None, attempt=0)
    assert page.state["outcome"] == "right"
    assert "the cell that you ran last of those that define double" in page.state["result_html"]
    monkeypatch.setattr(own_cells, "history", lambda: ["x = 1"])
    (news,) = page.send(kind="check", cells=None, attempt=1)
    assert "Run the cell in which you wrote double, then check" in news["sentence"]


def test_another_tab_that_knows_less_is_refused():
    page = Page()
    page.check(GOOD)
    (news,) = page.send(kind="check", cells=[], attempt=0)
    assert "answered elsewhere in the meantime" in news["sentence"]


def test_after_a_restart_the_record_says_what_the_last_check_showed_and_nothing_runs():
    kept = Page()
    kept.check(WRONG)
    page = Page(kept=record.parse("double", kept.state["record"]))
    assert "0 of 1 example passed at the last Check." in page.state["verdict_html"]
    assert page.state["result_html"] == ""
    assert page.state["checked_picks"] == [WRONG]


def test_with_the_key_held_back_nothing_is_judged():
    page = Page(double(key=None, solution=None))
    page.check(WRONG)
    assert "Recorded" in page.state["verdict_html"]
    assert "expected" not in page.state["result_html"]
    assert not page.state["can_show_solution"]


# ---- without a page


def test_a_receipt_says_how_often_it_was_checked_and_that_it_may_change():
    page = Page()
    page.check(GOOD)
    text = receipt.bundle("code", page.answer)["text/plain"]
    assert text.startswith("Recorded · attempt 1 · ")
    assert text.endswith("Task 1 · double, 2 lines · ✓ Right so far")


def test_the_answer_code_holds_the_last_text_alone_and_what_is_too_long_is_said():
    page = Page()
    for number in range(3):
        page.check(f"def double(x):\n    return {number}  # {'long ' * 300}")
    code, said = summary.code_of("code", [page.answer])
    (held,) = answer_code.found_in(code)
    assert (len(held["answers"]["double"]["attempts"]), held["answers"]["double"]["earlier"], said) == (1, 2, [])
    others = []
    for number in range(4):
        answer = CodeAnswer(double(number=number, examples=[]), None)
        answer.question.name = f"double-{number}"
        answer.try_out(Found(f"def double(x):\n    return {number}\n" + "# ä\n" * 2500))
        others.append(answer)
    code, said = summary.code_of("code", others)
    assert next(answer_code.found_in(code))["answers"].keys() == {"double-3", "double-2", "double-1"}
    assert said == ["Too long for the answer code: Task 0. Hand in the file itself."]


def test_summary_progress_and_validation_know_code():
    page = Page()
    page.check(WRONG)
    assert [entry.why for entry in summary.again([page.answer])] == ["does not pass all that was checked yet"]
    page.check(GOOD)
    assert summary.again([page.answer]) == []
    assert progress.by_difficulty([page.answer])[0].strength == "strong"
    assert validation.complaint([page.answer]) == ""
    page.send(kind="show_solution")
    assert progress.by_difficulty([page.answer])[0].right_at_once == 0


def test_where_no_widget_can_be_the_question_is_there_as_text():
    assert "# Two\ndouble(2)" in fallback.as_text(double())
    assert "Double it." in fallback.as_html(double())


# ---- graded


def graded(text=GOOD, workshop=None):
    answer = CodeAnswer(double())
    answer.workshop = workshop or Home()
    answer.record = Record().with_text(text, static_now(), {})

    @answer.test("ints", points=1, why="Whole numbers come out wrong.")
    def ints(student, right):
        assert student.double(7) == right.double(7)

    @answer.test("texts", points=2, why="Texts come out wrong.")
    def texts(student):
        assert student.double("secret input") == 2 * "secret input"

    return answer


def static_now():
    from datetime import UTC, datetime

    return datetime(2026, 3, 1, 9, 41, tzinfo=UTC)


def test_points_are_those_of_the_tests_that_passed():
    assert graded().points(3) == 3
    partly = graded("def double(x):\n    return x + x if x == 7 else 3")
    assert partly.points(3) == 1
    assert (partly.outcome.value, partly.so_far, partly.share) == ("wrong", False, 1 / 3)
    assert [(test.name, test.passed) for test in partly.tested] == [("ints", True), ("texts", False)]


def test_at_home_there_are_no_hidden_tests():
    answer = CodeAnswer(double())
    answer.try_out(Found(GOOD))
    assert answer.points(3) == 0
    assert answer.tested is None


def test_code_that_raises_when_it_is_opened_fails_every_test_for_that_reason():
    answer = graded("1 / 0\n" + GOOD)
    assert answer.points(3) == 0
    assert {test.raised for test in answer.tested} == {"ZeroDivisionError: division by zero (line 1: 1 / 0)"}


def test_one_endless_test_does_not_cost_the_others(monkeypatch):
    class Hasty(Home):
        def open(self, answer, *, seed=0, seconds=5.0, cpu=1, memory=1):
            return super().open(answer, seed=seed, seconds=0.2)

    answer = graded("def double(x):\n    while x == 7:\n        pass\n    return x + x", Hasty())
    assert answer.points(3) == 2
    assert answer.tested[0].cause == "too slow"


def test_where_no_sandbox_is_handed_in_nothing_is_run():
    with pytest.raises(NoSandbox):
        graded(workshop=AtGrading()).points(3)


def test_a_forbidden_call_fails_every_test():
    answer = graded("def double(x):\n    return sum([x, x])")
    answer.question.forbids = {"sum": "Add it yourself."}
    assert answer.points(3) == 0
    assert {test.raised for test in answer.tested} == {"Forbidden: Add it yourself."}


def test_the_static_page_shows_code_tests_by_name_and_examples_and_no_hidden_input():
    answer = graded("def double(x):\n    return x + x if isinstance(x, int) else '<b>'")
    answer.points(3)
    bundle = static_html.bundle(answer)
    page, facts = bundle["text/html"], bundle[static_html.FACTS_MIME]
    assert "Partly right" in page
    assert "texts (0 of 2): Texts come out wrong." in page
    assert "secret input" not in page.replace("The secret solution", "")
    assert "Your code" in page
    assert "Two" in page
    assert [test["passed"] for test in facts["tested"]] == [True, False]
    assert (facts["share"], facts["so_far"]) == (1 / 3, False)


def test_what_was_not_attempted_is_said():
    page = static_html.bundle(CodeAnswer(double()))["text/html"]
    assert "Not attempted" in page
