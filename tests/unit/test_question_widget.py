import contextlib
import json
import queue
import threading
import time

import pytest
from jupyter_client.manager import start_new_kernel

from attention_course import Blanks, Choice
from attention_course.answers import record
from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt, Record
from attention_course.exercises.credit import rule
from attention_course.page import fallback, preload, receipt
from attention_course.page.live_answer import LiveAnswer
from attention_course.page.widget import QuestionWidget

AT = "2026-03-01T09:41:00+01:00"
TASK = {
    "prompt": "Double it.",
    "program": "x = 2\ny = [[ [1] * 2 ]]\nprint(y)",
    "options": ["x", "1", "undefined"],
    "key": ["x"],
    "why_not": {"1": "One is no x.", "undefined": "There is no such name."},
    "solution": "The secret solution.",
    "draw": "heatmap(y, kind='scores')",
}


class Page:
    """A page that shows the widget, and the lesson around it: it sends messages and notes what comes back, in order."""

    lesson, document = "practice", None

    def __init__(self, question, kept=None, credit=None):
        self.answer = Answer(question, kept, credit=credit)
        self.news, self.said = [], []
        self.widget = QuestionWidget(LiveAnswer(self.answer), self)
        self.widget.observe(lambda change: self.news.append(("state", change.new)), "state")
        self.widget.send = lambda content, buffers=None: self.news.append((content["kind"], content))

    def page_says(self, question, page):
        self.said.append((question, page["kind"], page.get("path")))

    def receipt_of(self, answer):
        return receipt.bundle("practice", answer)

    def receipt_of_all(self):
        return {"text/plain": "All of it."}

    @property
    def receipt(self):
        """The receipt as the page puts it into the notebook."""
        return self.widget.state["receipt"]

    def send(self, **message):
        """Send a message and return what came back for it."""
        before = len(self.news)
        self.widget._handle_custom_msg(message, [])
        return self.news[before:]

    def check(self, *picks, attempt=0, id="1"):
        return self.send(kind="check", id=id, picks=list(picks), attempt=attempt)


def double(**changes):
    return Blanks("double", "easy", number=1, **{**TASK, **changes})


def recorded(*picks):
    return Record(tuple(Attempt((pick,), AT) for pick in picks), len(picks))


def kinds(news):
    return [kind for kind, _ in news]


def synced(widget):
    """Return all that the page is told, as text."""
    return json.dumps(widget.get_state(["view", "state", "picks"]), ensure_ascii=False)


def test_a_fresh_widget_waits_for_an_answer():
    state = Page(double()).widget.state
    assert (state["attempts"], state["left"], state["outcome"], state["done"]) == (0, 3, "not attempted", False)
    assert (state["running"], state["verdict_html"], state["result_html"], state["solution_html"]) == (
        False,
        "",
        "",
        "",
    )
    assert state["record"] == {"revision": 0, "attempts": []}
    assert state["receipt"]["text/plain"] == "Not answered yet"


def test_the_view_says_all_there_is_to_show():
    view = Page(double(hint="Think.", mistakes=["Not `x`."])).widget.view
    assert (view["lesson"], view["name"], view["title"], view["kind"]) == ("practice", "double", "Task 1", "blanks")
    assert (view["difficulty"], view["allowed"], view["judged"], view["blank_count"]) == ("easy", 3, True, 1)
    assert [option["letter"] + option["label"] for option in view["options"]] == ["Ax", "B1", "Cundefined"]
    assert [option["id"] for option in view["options"]] == ["x", "1", "undefined"]
    assert view["code_html"].count('<span class="blank" data-blank="0">  [1]  </span>') == 1
    assert view["hint_html"] == "<p>Think.</p>"
    assert view["mistakes_html"] == ["Not <code>x</code>."]


def test_a_choice_is_picked_by_its_identity():
    view = Page(Choice("vowel", "easy", prompt="?", options=["`b`", "a"], key="B")).widget.view
    assert view["options"][0] == {"id": "A", "letter": "A", "label": "`b`", "html": "<code>b</code>"}
    assert (view["kind"], view["code_html"], view["blank_count"]) == ("choice", "", 1)


def test_a_wrong_check_gives_the_verdict_first_and_then_the_result():
    page = Page(double())
    news = page.check("1")
    assert kinds(news) == ["state", "checked", "state", "finished"]
    verdict, result = news[0][1], news[2][1]
    assert "One is no x." in verdict["verdict_html"]
    assert (verdict["running"], verdict["result_html"], verdict["checked_picks"]) == (True, "", ["1"])
    assert (result["running"], result["attempts"], result["left"], result["outcome"]) == (False, 1, 2, "wrong")
    assert "[[2]]" in result["result_html"]
    assert "<svg" in result["result_html"]
    assert result["solution_html"] == ""


def test_where_the_lesson_gives_credit_by_attempts_the_page_is_told_what_the_next_one_gives():
    page = Page(double(), credit=rule([1, 0.75, 0.5]))
    assert page.widget.state["worth"] == "a right answer now gives 100% of the points"
    told = page.check("1")[0][1]  # with the verdict, before the program has run
    assert told["worth"] == "a right answer now gives 75% of the points"
    page.check("x", attempt=1)
    assert page.widget.state["worth"] == "this answer gives 75% of the points"
    assert page.receipt["text/plain"].endswith("✓ Right · this answer gives 75% of the points")


def test_without_a_rule_the_page_is_told_nothing_of_what_an_answer_gives():
    page = Page(double())
    assert "worth" not in page.widget.state
    page.check("x")
    assert "worth" not in page.widget.state


def test_a_right_check_brings_the_worked_solution():
    page = Page(double())
    page.check("x")
    state = page.widget.state
    assert (state["outcome"], state["done"]) == ("right", True)
    assert "The secret solution." in state["solution_html"]


def test_the_last_wrong_check_brings_the_worked_solution():
    page = Page(double())
    for attempt in range(3):
        assert page.widget.state["solution_html"] == ""
        page.check("1", attempt=attempt)
    assert (page.widget.state["left"], page.widget.state["done"]) == (0, True)
    assert "The secret solution." in page.widget.state["solution_html"]


def test_each_attempt_makes_a_receipt_that_carries_the_record():
    page = Page(double())
    page.check("1")
    assert page.receipt[record.RECEIPT_MIME]["record"]["revision"] == 1
    news = page.check("x", attempt=1)
    assert dict(news)["checked"]["receipt_of_all"] == {"text/plain": "All of it."}
    carried = page.receipt[record.RECEIPT_MIME]
    assert (carried["lesson"], carried["question"], carried["record"]["revision"]) == ("practice", "double", 2)
    cell = {"outputs": [{"data": page.receipt}]}
    assert record.read({"cells": [cell]}, "practice") == ({"double": page.answer.record}, {})


def test_a_check_sent_twice_counts_once():
    page = Page(double())
    page.check("1", id="press")
    again = page.check("1", id="press")
    assert kinds(again) == ["refused"]
    assert "answered elsewhere in the meantime" in again[0][1]["sentence"]
    assert len(page.answer.record.attempts) == 1


@pytest.mark.parametrize("attempt", [5, -1, None, "0", [], {}])
def test_a_check_from_a_page_that_is_behind_is_refused(attempt):
    page = Page(double())
    assert kinds(page.check("x", attempt=attempt)) == ["refused"]
    assert page.answer.record == Record()


def test_a_page_that_is_behind_is_sent_the_state(monkeypatch):
    page = Page(double())
    page.check("1")
    sent = []
    monkeypatch.setattr(page.widget, "send_state", sent.append)
    page.check("x", attempt=0)
    assert list(filter(None, sent)) == ["state"]  # beside it the end of hold_sync, which has nothing to send


@pytest.mark.parametrize("picks", [[""], [], ["never offered"], ["x", "x"], "x", None, 3, [None], [["x"]], {"x": 1}])
def test_picks_that_are_no_answer_are_refused_in_a_sentence_and_not_recorded(picks):
    page = Page(double())
    news = page.send(kind="check", id="7", picks=picks, attempt=0)
    assert kinds(news) == ["refused"]
    assert news[0][1]["id"] == "7"
    assert news[0][1]["sentence"].endswith(".")
    assert page.answer.record == Record()
    assert page.receipt["text/plain"] == "Not answered yet"


def test_after_the_last_attempt_a_check_is_refused():
    page = Page(double())
    page.check("x")
    news = page.check("1", attempt=1)
    assert kinds(news) == ["refused"]
    assert "finished" in news[0][1]["sentence"]


@pytest.mark.parametrize("content", [None, "hello", [], {}, {"kind": "reset"}, {"kind": None}, {"kind": ["check"]}])
def test_a_message_that_means_nothing_is_passed_over(content):
    page = Page(double())
    page.widget._handle_custom_msg(content, [])
    assert page.news == []


def test_what_breaks_is_said_and_the_page_need_not_wait(monkeypatch):
    page = Page(double())

    def broken(*_):
        raise RuntimeError("out of ink")

    monkeypatch.setattr(Blanks, "perform", broken)
    news = page.check("1")
    assert kinds(news) == ["state", "checked", "state", "failed"]
    assert "RuntimeError: out of ink" in news[-1][1]["sentence"]
    assert news[2][1]["running"] is False
    assert len(page.answer.record.attempts) == 1


def test_a_filling_that_raises_is_a_result_and_not_a_failure():
    page = Page(double())
    assert kinds(page.check("undefined")) == ["state", "checked", "state", "finished"]
    assert "NameError" in page.widget.state["result_html"]


def test_hello_without_a_record_changes_nothing():
    page = Page(double())
    assert page.send(kind="hello", record=None, path=None) == []


def test_hello_is_answered_also_when_there_is_no_news(monkeypatch):
    page = Page(double())
    sent = []
    monkeypatch.setattr(page.widget, "send_state", sent.append)
    page.send(kind="hello", record=None, path=None)
    assert sent == ["state"]


def test_the_lesson_hears_what_a_page_says_of_its_notebook():
    page = Page(double())
    page.send(kind="hello", record=None, path="course/renamed.ipynb")
    page.send(kind="check", id="1", picks=["1"], attempt=0, notebook=True, path="course/moved.ipynb")
    page.send(kind="stored", document="0d3f")
    said = [("hello", "course/renamed.ipynb"), ("check", "course/moved.ipynb"), ("stored", None)]
    assert page.said == [("double", *each) for each in said]


def test_hello_brings_what_the_document_knows_better():
    page = Page(double(), recorded("1"))
    page.send(kind="hello", record=recorded("1", "x").to_json(), path=None)
    assert (page.widget.state["outcome"], page.widget.picks) == ("right", ["x"])
    assert "[[4]]" in page.widget.state["result_html"]
    assert page.receipt[record.RECEIPT_MIME]["record"]["revision"] == 2


def test_hello_does_not_bring_back_what_is_older():
    page = Page(double(), recorded("1", "x"))
    page.send(kind="hello", record=recorded("1").to_json(), path=None)
    assert (page.widget.state["outcome"], page.receipt[record.RECEIPT_MIME]["record"]["revision"]) == ("right", 2)


def test_hello_shows_what_a_restored_answer_did():
    page = Page(double(), recorded("1"))
    assert (page.widget.state["running"], page.widget.picks) == (True, ["1"])
    page.send(kind="hello", record=recorded("1").to_json(), path=None)
    assert page.widget.state["running"] is False
    assert "[[2]]" in page.widget.state["result_html"]


@pytest.mark.parametrize("kept", ["rubbish", [], {}, 3, {"revision": 1, "attempts": [None]}])
def test_hello_with_a_record_that_cannot_be_read_says_so(kept):
    page = Page(double())
    page.send(kind="hello", record=kept, path=3)
    assert page.widget.state["problem"].startswith("The record of 'double' ")
    assert kinds(page.check("x")) == ["state", "checked", "state", "finished"]
    assert page.widget.state["problem"] == ""


def test_hello_with_a_damaged_record_does_not_spoil_a_good_answer():
    page = Page(double(), recorded("x"))
    page.send(kind="hello", record="rubbish", path=None)
    assert (page.widget.state["problem"], page.widget.state["outcome"]) == ("", "right")
    assert page.widget.state["receipt"]["text/plain"].startswith("Recorded")


def test_an_answer_after_a_refused_record_has_the_higher_revision():
    page = Page(double())
    foreign = {"revision": 7, "attempts": [{"picks": ["softmax"], "at": AT}]}
    page.send(kind="hello", record=foreign, path=None)
    assert "never offered" in page.widget.state["problem"]
    page.check("x")
    assert page.widget.state["record"]["revision"] == 8


def test_two_checks_at_once_record_one_attempt():
    class SlowBlanks(Blanks):
        def check_picks(self, picks):
            time.sleep(0.05)  # long enough for the other thread to come in between
            return super().check_picks(picks)

    page = Page(SlowBlanks("double", "easy", **TASK))
    start = threading.Barrier(2)

    def press(number):
        start.wait(5)
        page.check("1", attempt=0, id=str(number))

    threads = [threading.Thread(target=press, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(page.answer.record.attempts) == page.answer.record.revision == 1
    assert sorted(kind for kind in kinds(page.news) if kind != "state") == ["checked", "finished", "refused"]


def test_two_questions_checked_at_once_record_one_attempt_each():
    pages = [Page(double()), Page(double())]
    threads = [threading.Thread(target=page.check, args=["1"]) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for page in pages:
        assert kinds(page.news) == ["state", "checked", "state", "finished"]
        assert "[[2]]" in page.widget.state["result_html"]


def test_the_verdict_does_not_wait_for_the_background_imports(monkeypatch):
    page = Page(double())
    known = []
    monkeypatch.setattr(preload, "wait", lambda: known.extend(kinds(page.news)))
    page.check("1")
    assert known == ["state", "checked"]


@pytest.mark.parametrize("picks", [[], ["1"], ["1", "1"], ["undefined", "1"]])
def test_before_the_end_the_page_is_never_told_the_key(picks):
    page = Page(double(options=["1", "undefined", "the_key"], key=["the_key"]))
    for attempt, pick in enumerate(picks):
        page.check(pick, attempt=attempt)
    told = synced(page.widget)
    assert "secret" not in told
    assert told.count("the_key") == 3  # as an option: its identity, its text, and its text as HTML
    unasked = {"key", "why_not", "solution", "sealed", "answer"}
    assert not unasked & (page.widget.view.keys() | page.widget.state.keys())


def test_a_choice_tells_nothing_of_its_solution_before_the_end():
    solution = {"steps": ["The secret step."], "check": "The secret check."}
    why_not = {"A": "No A.", "C": "No C."}
    question = Choice("c", "easy", prompt="?", options=["a", "b", "c"], key="B", why_not=why_not, solution=solution)
    page = Page(question)
    page.check("A")
    told = synced(page.widget)
    assert "No A." in told
    assert "secret" not in told
    assert "No C." not in told
    page.check("B", attempt=1)
    assert "secret" in synced(page.widget)


def test_with_the_key_held_back_nothing_is_judged():
    page = Page(double(key=None, why_not=None, solution=None))
    page.check("1")
    state = page.widget.state
    assert (page.widget.view["judged"], state["outcome"], state["done"]) == (False, "recorded", False)
    assert "Recorded" in state["verdict_html"]
    assert "[[2]]" in state["result_html"]


def test_all_that_the_page_is_told_is_plain_json():
    page = Page(double(), recorded("1"))
    page.check("x", attempt=1)
    assert json.loads(synced(page.widget))["state"]["outcome"] == "right"


# ---- practice: a finished question once more, and nothing of it counts


def vowel(**changes):
    return Choice("vowel", "easy", prompt="?", options={"b": "b", "a": "a", "c": "c"}, key="a", **changes)


def practising(page):
    page.send(kind="practise")
    state = page.widget.state
    return state["practising"], state["attempts"], state["outcome"], state["done"]


def test_a_finished_question_can_be_practised_with_the_same_verdicts_and_pictures():
    page = Page(double(), recorded("1", "x"))
    assert page.widget.state["can_practise"] is True
    assert practising(page) == (True, 0, "not attempted", False)
    assert page.widget.picks == [""]
    assert kinds(page.check("1")) == ["state", "checked", "state", "finished"]
    state = page.widget.state
    assert (state["outcome"], state["left"]) == ("wrong", 2)
    assert "One is no x." in state["verdict_html"]
    assert "<svg" in state["result_html"]
    assert state["solution_html"] == ""
    page.check("x", attempt=1)
    assert "The secret solution." in page.widget.state["solution_html"]


def test_practice_leaves_no_trace_in_record_and_receipt():
    page = Page(double(), recorded("1", "x"))
    before = page.answer.record, page.receipt
    practising(page)
    page.check("1")
    assert (page.answer.record, page.receipt) == before
    assert page.widget.state["record"] == before[0].to_json()
    page.send(kind="leave")
    state = page.widget.state
    assert (state["practising"], state["attempts"], state["outcome"], page.widget.picks) == (False, 2, "right", ["x"])
    assert (page.answer.record, page.receipt) == before


def test_practice_can_be_begun_anew():
    page = Page(double(), recorded("x"))
    practising(page)
    page.check("x")
    assert practising(page) == (True, 0, "not attempted", False)


def test_what_is_not_finished_or_not_judged_cannot_be_practised():
    for page in (Page(double(), recorded("1")), Page(double(key=None, why_not=None, solution=None), recorded("1"))):
        assert page.widget.state["can_practise"] is False
        page.send(kind="practise")
        assert page.widget.state["practising"] is False


def test_before_the_end_of_practice_the_page_is_not_told_the_solution_again():
    page = Page(double(), recorded("x"))
    page.send(kind="hello", record=None, path=None)
    assert "secret" in synced(page.widget)
    practising(page)
    assert "secret" not in synced(page.widget)


def test_where_the_answer_belongs_to_another_notebook_by_now_practice_ends():
    page = Page(double(), recorded("x"))
    practising(page)
    page.answer.forget()
    assert (page.widget.state["practising"], page.widget.state["attempts"]) == (False, 0)


# ---- the options' order


def test_the_page_is_told_the_order_in_which_the_options_are_shown():
    assert Page(double()).widget.state["order"] == []
    page = Page(vowel().reordered(["c", "a", "b"]))
    assert page.widget.state["order"] == ["c", "a", "b"]
    page.check("a")
    assert page.widget.state["record"]["order"] == ["c", "a", "b"]
    assert page.receipt["text/plain"].endswith("Question · B, a · ✓ Right")


def test_a_record_that_the_page_brings_has_the_order_in_which_it_was_answered():
    page = Page(vowel().reordered(["c", "a", "b"]))
    kept = {**recorded("b").to_json(), "order": ["a", "b", "c"]}
    page.send(kind="hello", record=kept, path=None)
    assert page.widget.state["order"] == ["a", "b", "c"]
    assert page.receipt["text/plain"].endswith("Question · B, b · ✗ Not right")


# ---- where there is no widget


def test_beside_the_widget_stand_the_questions_own_text_and_what_to_install_where():
    page = Page(double(hint="Think.", mistakes=["Not that."]))
    data, _ = page.widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"].startswith("Task 1\n\nDouble it.\n\nx = 2\ny = [[ [1] * 2 ]]\nprint(y)\n\n- x\n- 1\n")
    for text in (data["text/plain"], data["text/html"]):
        assert "install anywidget and ipywidgets where Jupyter itself is installed" in text
        assert "object at 0x" not in text
        for hidden in ("Think.", "Not that.", "secret", "One is no x."):
            assert hidden not in text
    assert "<li><code>undefined</code></li>" in data["text/html"]


@pytest.mark.parametrize("bundle", [None, {"text/plain": "x"}, ({"text/plain": "x"}, {"a": 1})])
def test_a_bundle_keeps_its_form_whatever_ipywidgets_makes_of_it(bundle):
    made = fallback.beside(bundle, double())
    assert type(made) is type(bundle)
    assert made is None or (
        made[1] == {"a": 1} if isinstance(made, tuple) else set(made) == {"text/plain", "text/html"}
    )


def wait_for(client, enough, seconds=30):
    """Return the first message of a kernel's that is enough, of the comm messages it publishes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(queue.Empty):
            message = client.get_iopub_msg(timeout=0.2)
            if message["msg_type"] in ("comm_open", "comm_msg") and enough(message):
                return message
    raise TimeoutError("the kernel did not say what the test waits for")


def test_in_a_real_kernel_a_check_is_judged_while_a_cell_is_running(tmp_path):
    manager, client = start_new_kernel(kernel_name="python3", cwd=tmp_path)

    def from_page(**content):
        data = {"comm_id": comm, "data": {"method": "custom", "content": content}}
        message = client.session.msg("comm_msg", data)
        message["header"]["subshell_id"] = subshell  # as JupyterLab does
        client.shell_channel.send(message)
        return message["header"]["msg_id"]

    try:
        client.execute(
            "from attention_course import Blanks, Lesson\n"
            "question = Blanks('q', 'easy', prompt='?', program='print([1])', options=['1', '2'], key=['1'])\n"
            "Lesson('practice').ask(question)"
        )
        opened = wait_for(client, lambda message: "view" in message["content"]["data"].get("state", {}))
        comm = opened["content"]["comm_id"]
        client.control_channel.send(client.session.msg("create_subshell_request", {}))
        subshell = client.get_control_msg(timeout=10)["content"]["subshell_id"]
        hello = from_page(kind="hello", record=None, path=None)
        wait_for(client, lambda message: message["parent_header"]["msg_id"] == hello)
        client.execute("import pathlib, time\nwhile not pathlib.Path('checked').exists(): time.sleep(0.05)")
        from_page(kind="check", id="press", picks=["2"], attempt=0)
        said = wait_for(client, lambda message: message["content"]["data"].get("method") == "custom")
        content = said["content"]["data"]["content"]
        assert (content["kind"], content["id"]) == ("checked", "press")
        (tmp_path / "checked").touch()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
