"""Again, in other numbers: items of a template below a finished question, of which nothing counts."""

import itertools
import json
from random import Random

import nbformat
import pytest
from made_bank import made_items
from traitlets.config import Config

from attention_course import Choice, Numeric, Predict
from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt, Record
from attention_course.errors import QuestionError
from attention_course.instructor.release.embed_package import ITEMS, EmbedPackage, again_files, package_files, unpacked
from attention_course.instructor.source.check import _unknown_template
from attention_course.page import again, receipt
from attention_course.page.again import Deck
from attention_course.page.live_answer import LiveAnswer
from attention_course.page.widget import QuestionWidget

AT = "2026-03-01T09:41:00+01:00"
SCALE = [item for item in made_items() if item["id"].startswith("scale-easy-")]


def asking(**changes):
    given = {"prompt": "1 + 1?", "options": ["1", "2"], "key": "B", "again": "scale-easy"}
    return Choice("sum", "hard", number=3, asked_above=True, **{**given, **changes})


@pytest.fixture
def made(monkeypatch):
    """Let the templates be those of a bank for tests, drawn in a known order of chance."""
    monkeypatch.setattr(again, "deck", lambda template: Deck(SCALE, Random(1)) if template == "scale-easy" else None)


class Page:
    """A page that shows the widget, and the lesson around it."""

    lesson, document = "practice", None

    def __init__(self, question, *picks):
        self.answer = Answer(question, Record(tuple(Attempt((pick,), AT) for pick in picks), len(picks)))
        self.widget = QuestionWidget(LiveAnswer(self.answer), self)
        self.widget.send = lambda content, buffers=None: None

    def page_says(self, question, page):
        pass

    def receipt_of(self, answer):
        return receipt.bundle("practice", answer)

    def receipt_of_all(self):
        return {}

    def send(self, **message):
        self.widget._handle_custom_msg(message, [])
        return self.widget.state

    def check(self, pick, attempt=0):
        return self.send(kind="check", id="1", picks=[pick], attempt=attempt)


def number(widget):
    """Return which set is asked for: that of set 3 is 3 + 1."""
    return int(widget.view["prompt_html"].split("how much is ")[1].split(" ")[0])


# ---- drawing


def test_all_sets_are_asked_before_one_comes_again_and_none_twice_in_a_row():
    for seed in range(40):
        deck = Deck(SCALE, Random(seed))
        asked = [deck.question(asking()).prompt for _ in range(15)]
        assert [len(set(asked[i : i + 5])) for i in (0, 5, 10)] == [5, 5, 5]
        assert all(one != other for one, other in itertools.pairwise(asked))
    assert len({Deck(SCALE, Random(seed)).question(asking()).prompt for seed in range(40)}) == 5


def test_an_item_has_the_asking_question_s_name_and_title_and_three_attempts():
    question = Deck(SCALE).question(asking())
    assert (question.name, question.title, question.difficulty) == ("sum", "Question 3, in other numbers", "easy")
    assert (question.attempts, question.judged, question.asked_above) == (3, True, False)


def test_what_was_seen_last_is_not_first_when_the_question_is_shown_anew():
    assert again.deck("scores-easy") is again.deck("scores-easy")  # one deck goes on, whoever asks
    assert again.deck("no-template") is again.deck("") is None


def test_a_template_is_named_by_a_text():
    with pytest.raises(QuestionError, match="again is the name of a template, not 3"):
        asking(again=3)
    with pytest.raises(QuestionError, match="again is the name of a template"):
        asking(again="Scale easy")


# ---- on the page


def test_it_is_offered_below_a_finished_question_that_names_a_template(made):
    assert Page(asking(), "B").widget.state["can_ask_again"] is True
    assert Page(asking(attempts=1), "A").widget.state["can_ask_again"] is True
    assert Page(asking(), "A").widget.state["can_ask_again"] is False
    assert Page(asking(again=""), "B").widget.state["can_ask_again"] is False
    assert Page(asking(again="not-brought-along"), "B").widget.state["can_ask_again"] is False
    assert Page(asking(key=None, attempts=1), "B").widget.state["can_ask_again"] is False


def test_another_question_takes_the_place_and_is_judged_with_reasons_and_solution(made):
    page = Page(asking(), "B")
    assert page.send(kind="again")["practising"] is True
    view, state = page.widget.view, page.widget.state
    assert (view["name"], view["title"], view["kind"]) == ("sum", "Question 3, in other numbers", "numeric")
    assert (view["in_other_numbers"], view["asked_above"], state["left"]) == (True, False, 3)
    assert "Count on by one." not in json.dumps([view, state])
    assert "That is nine." in page.check("9")["verdict_html"]
    state = page.check(str(number(page.widget) + 1), attempt=1)
    assert (state["outcome"], "Count on by one." in state["solution_html"]) == ("right", True)


def test_one_set_follows_another_as_often_as_wanted(made):
    page = Page(asking(), "B")
    asked = []
    for _ in range(10):
        state = page.send(kind="again")
        asked.append(number(page.widget))
        assert (state["attempts"], state["can_ask_again"], page.widget.picks) == (0, True, [""])
    assert sorted(asked[:5]) == sorted(asked[5:]) == [1, 2, 3, 4, 5]


def test_nothing_of_it_is_recorded_and_the_way_back_leads_to_the_answer_that_counts(made):
    page = Page(asking(), "B")
    before = page.answer.record, page.widget.state, page.widget.view
    page.send(kind="again")
    page.check("9")
    page.check(str(number(page.widget) + 1), attempt=1)
    state = page.widget.state
    assert (page.answer.record, state["record"], state["receipt"]) == (
        before[0],
        before[0].to_json(),
        before[1]["receipt"],
    )
    page.send(kind="hello", record=state["record"], path=None)
    page.send(kind="leave")
    assert (page.answer.record, page.widget.view, page.widget.picks) == (before[0], before[2], ["B"])
    assert (page.widget.state["practising"], page.widget.state["attempts"]) == (False, 1)


def test_where_the_answer_belongs_to_another_notebook_by_now_the_question_is_asked_again_as_it_is(made):
    page = Page(asking(), "B")
    view = page.widget.view
    page.send(kind="again")
    page.answer.forget()
    assert (page.widget.view, page.widget.state["practising"]) == (view, False)


def test_a_practised_question_can_be_left_for_other_numbers_and_is_then_as_it_was(made):
    page = Page(asking(), "B")
    view = page.widget.view
    page.send(kind="practise")
    page.send(kind="again")
    assert page.widget.view["kind"] == "numeric"
    page.send(kind="practise")
    assert (page.widget.view, page.widget.state["practising"]) == (view, True)


def test_what_is_not_finished_cannot_be_asked_again(made):
    page = Page(asking(), "A")
    assert page.send(kind="again")["practising"] is False


# ---- in a release


def released(*cells, step=None):
    """Return the setup cell of a lesson with these cells, as it is released."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in ("", *cells)])
    notebook.cells[0].metadata["nbgrader"] = {"grade_id": "setup"}
    return (step or EmbedPackage()).preprocess(notebook, {})[0].cells[0].source


def test_a_release_carries_the_items_of_the_templates_alone_that_its_questions_name():
    source = released('lesson.ask(Choice("a", again="scores-easy"))', "lesson.ask(Choice('b', again='lookup-hard'))")
    packed = unpacked(source)
    items = json.loads(packed[ITEMS])
    assert {again.template_of(item) for item in items} == {"scores-easy", "lookup-hard"}
    assert len(items) == 10
    assert [name for name in packed if name.startswith("attention_course/bank/")] == [ITEMS]
    assert again_files('Numeric("a", "easy")') == {}
    deck = Deck([item for item in items if item["id"].startswith("lookup-hard-")])
    question = deck.question(asking())
    assert question.is_right(tuple(question.key))
    reasons = [why for whys in question.why_not for why in whys.values()]
    assert reasons
    assert not [why for why in reasons if why in source], "they lie in no plain sight"


def test_where_nothing_is_judged_before_grading_a_release_has_no_items_with_keys():
    held = EmbedPackage(config=Config(SealKeys={"feedback": "after_grading"}))
    assert ITEMS not in unpacked(released('lesson.ask(Choice("a", again="scores-easy"))', step=held))


def test_the_whole_bank_is_carried_where_a_lesson_needs_it():
    code = 'from attention_course.bank import Sitting\nChoice("a", again="scores-easy")'
    assert len(json.loads(package_files(code)[ITEMS])) > 150


def test_where_no_items_were_brought_along_there_is_no_template(monkeypatch):
    def missing(package, path):
        raise FileNotFoundError(path)

    monkeypatch.setattr(again.pkgutil, "get_data", missing)
    assert again._items.__wrapped__() == []


def test_each_template_of_the_bank_can_be_asked_again_below_any_question():
    for template in {again.template_of(item) for item in again._items()}:
        question = again.deck(template).question(Numeric("n", "easy", number=1, prompt="?", key="1"))
        assert question.judged
        assert question.is_right(tuple(question.key))


def test_the_authors_check_says_where_a_question_never_comes_to_be_asked_again():
    bars = Predict(
        "bars", "easy", prompt="?", bars=["a", "b"], truth="[0.5, 0.5]", solution="One.", again="scores-easy"
    )
    assert next(_unknown_template(bars)).startswith("again= stands where nothing is finished with a verdict")
    assert [*_unknown_template(asking(again="scores-easy")), *_unknown_template(asking(again=""))] == []
