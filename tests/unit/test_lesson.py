import json
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import DisplayHandle
from traitlets.config import Config

from attention_course import Blanks, Lesson
from attention_course.answers import record
from attention_course.answers.record import Record
from attention_course.errors import NotAnswered
from attention_course.exercises.question import Outcome
from attention_course.page import assets, kept, preload, receipt, summary
from attention_course.page.summary_widget import SummaryWidget
from attention_course.page.widget import QuestionWidget

NOW = datetime(2026, 3, 1, 9, 41, tzinfo=UTC)
WIDGET = "application/vnd.jupyter.widget-view+json"


def double(name="double", number=1):
    return Blanks(
        name, "easy", number=number, prompt="Double it.", program="x = 2\ny = [1] * 2", options=["x", "1"], key=["x"]
    )


def recorded(*picks):
    kept = Record()
    for pick in picks:
        kept = kept.with_attempt((pick,), NOW)
    return kept


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working directory in which nothing says which notebook is ours; no kernel, and nothing answered in it."""
    for name in ("JPY_SESSION_NAME", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kept, "_lessons", {})
    monkeypatch.setattr(preload, "start", lambda: None)
    return tmp_path


@pytest.fixture
def shell(folder, monkeypatch):
    """A notebook's shell; `shell.display_pub.outputs` is what it displayed."""
    monkeypatch.setenv("IPYTHONDIR", str(folder / "ipython"))
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # the shell replaces it
    config = Config({"HistoryManager": {"enabled": False}})
    shell = InteractiveShell.instance(config=config, display_pub_class=CapturingDisplayPublisher)
    yield shell
    InteractiveShell.clear_instance()


@pytest.fixture
def graded(folder, monkeypatch):
    """The working directory as nbgrader grades in it."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    return folder


@pytest.fixture
def validated(folder, monkeypatch):
    """The working directory as nbgrader validates in it."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    return folder


CELLS = [{"cell_type": "code", "source": 'lesson = Lesson("practice")', "outputs": []}]


def save(folder, answers, name="practice.ipynb", problems=None):
    document = {"cells": CELLS, "metadata": {}}
    record.write(document, "practice", answers, problems)
    (folder / name).write_text(json.dumps(document), encoding="utf-8")


def widgets(kind=QuestionWidget):
    """Return the widgets of a kind that are alive, the newest last."""
    try:
        from ipywidgets.widgets.widget import _instances as alive
    except ImportError:  # ipywidgets 7
        from ipywidgets import Widget

        alive = Widget.widgets
    return [widget for widget in alive.values() if isinstance(widget, kind)]


def press_check(widget, *picks):
    attempt = widget.state["attempts"]
    widget._handle_custom_msg({"kind": "check", "id": "1", "picks": list(picks), "attempt": attempt}, [])


def say_hello(widget, *answered, notebook=True, document=None, path="practice.ipynb"):
    """Send what a page says that shows the widget; its notebook holds these picks."""
    about = {"notebook": notebook, "document": document, "path": path}
    widget._handle_custom_msg({"kind": "hello", "record": recorded(*answered).to_json(), **about}, [])


def stored(widget, document):
    widget._handle_custom_msg({"kind": "stored", "document": document}, [])


def shown(shell, mime=record.RECEIPT_MIME):
    """Return the displayed bundles that carry something under a MIME type, updates included, in their order."""
    return [output["data"] for output in shell.display_pub.outputs if mime in output["data"]]


def receipts(shell, question):
    return [data for data in shown(shell) if data[record.RECEIPT_MIME].get("question") == question]


def of_all(shell):
    return [data for data in shown(shell) if "question" not in data[record.RECEIPT_MIME]]


# ---- what is restored, and from where


def test_at_grading_what_the_file_holds_is_restored(graded):
    save(graded, {"double": recorded("1", "x")})
    answer = Lesson("practice").ask(double())
    assert (answer.outcome, answer.left) == (Outcome.RIGHT, 1)


def test_beside_an_answered_practice_ipynb_nothing_is_taken_from_it(shell, folder, monkeypatch):
    save(folder, {"double": recorded("x")})
    save(folder, {}, "my-second-try.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "try2.ipynb"))  # renamed since
    assert Lesson("practice").ask(double()).outcome is Outcome.NOT_ATTEMPTED
    say_hello(widgets()[-1], path="my-second-try.ipynb")
    assert widgets()[-1].state["outcome"] == "not attempted"


def test_in_vs_code_what_the_named_file_holds_is_restored(shell, folder):
    save(folder, {"double": recorded("1")}, "my try.ipynb")
    shell.user_ns["__vsc_ipynb_file__"] = str(folder / "my try.ipynb")
    assert Lesson("practice").ask(double()).picks == ("1",)


def test_a_damaged_file_is_said_once_and_stops_nothing(shell, folder, capsys):
    (folder / "practice.ipynb").write_text("{")
    shell.user_ns["__vsc_ipynb_file__"] = str(folder / "practice.ipynb")
    lesson = Lesson("practice")
    assert capsys.readouterr().out == "practice.ipynb is not a notebook, or it is cut off.\n"
    assert lesson.ask(double()).outcome is Outcome.NOT_ATTEMPTED


def test_without_a_file_every_question_begins_anew(folder):
    assert Lesson("practice").ask(double()).outcome is Outcome.NOT_ATTEMPTED


def test_a_damaged_record_costs_only_its_own_question(graded):
    save(graded, {"good": recorded("x")}, problems={"bad": "The record of 'bad' is malformed."})
    lesson = Lesson("practice")
    good, bad = lesson.ask(double("good")), lesson.ask(double("bad"))
    assert (good.outcome, good.problem) == (Outcome.RIGHT, "")
    assert (bad.outcome, bad.problem) == (Outcome.NOT_ATTEMPTED, "The record of 'bad' is malformed.")


def test_in_plain_python_nothing_is_shown(folder, capsys):
    Lesson("practice").ask(double())
    assert capsys.readouterr() == ("", "")


def test_in_marimo_a_sentence_says_that_questions_cannot_be_shown(folder, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "marimo", sys)
    Lesson("practice").ask(double())
    assert capsys.readouterr().out == (
        "Questions cannot be shown here: open this notebook in JupyterLab, Notebook 7, VS Code or Google Colab.\n"
    )


# ---- one question, one answer, wherever it is shown


def test_a_question_shows_its_widget_and_under_it_the_receipt(shell):
    Lesson("practice").ask(double())
    _, widget, under_it = shell.display_pub.outputs
    assert WIDGET in widget["data"]
    assert under_it["data"][record.RECEIPT_MIME]["record"] == {"revision": 0, "attempts": []}
    assert under_it["transient"]["display_id"]


def test_where_no_page_shows_the_question_the_receipt_says_what_to_install_and_where(shell):
    Lesson("practice").ask(double())
    assert receipts(shell, "double")[-1]["text/plain"] == receipt.NO_QUESTION
    assert "install anywidget and ipywidgets where Jupyter itself is installed" in receipt.NO_QUESTION
    say_hello(widgets()[-1])
    assert receipts(shell, "double")[-1]["text/plain"] == "Not answered yet"
    assert widgets()[-1].state["receipt"]["text/plain"] == "Not answered yet", "as the page puts it into the notebook"


def test_an_attempt_updates_the_receipt(shell):
    answer = Lesson("practice").ask(double())
    first = shell.display_pub.outputs[-1]
    press_check(widgets()[-1], "1")
    (update,) = [o for o in shell.display_pub.outputs[3:] if o["transient"] == first["transient"]]
    assert update["update"] is True
    assert update["data"][record.RECEIPT_MIME]["record"] == answer.record.to_json()
    assert update["data"]["text/plain"].startswith("Recorded · attempt 1 of 3 · ")
    assert update["data"]["text/plain"].endswith(" · Task 1 · 1 · ✗ Not right")


def test_the_verdict_is_told_before_receipts_and_summary_are_renewed(shell, monkeypatch):
    lesson = Lesson("practice")
    lesson.ask(double())
    lesson.summary()
    told, widget, summed_up = [], widgets()[-1], widgets(SummaryWidget)[-1]
    widget.observe(lambda change: told.append("verdict" if change.new["running"] else "output"), "state")
    monkeypatch.setattr(widget, "send", lambda content, buffers=None: told.append(content["kind"]))
    monkeypatch.setattr(DisplayHandle, "update", lambda *arguments, **named: told.append("an output"))
    summed_up.observe(lambda change: told.append("summary"), "html")
    press_check(widget, "x")
    assert told == ["verdict", "checked", "an output", "an output", "summary", "an output", "output", "finished"]


def test_all_questions_of_a_kernel_share_one_script_and_one_style(shell):
    lesson = Lesson("practice")
    for name in ("one", "two"):
        lesson.ask(double(name))
    one, two = widgets()[-2:]
    assert one.shared is two.shared
    assert one.shared.script == assets.question_script()
    assert one.shared.style == assets.question_style()
    assert len(json.dumps(one.get_state(), default=str)) < 12_000


def test_a_page_that_cannot_find_the_script_is_sent_it(shell, monkeypatch):
    Lesson("practice").ask(double())
    sent, widget = [], widgets()[-1]
    monkeypatch.setattr(widget, "send", lambda content, buffers=None: sent.append(content))
    widget._handle_custom_msg({"kind": "assets"}, [])
    (answer,) = sent
    assert (answer["kind"], answer["script"], answer["style"]) == ("assets", widget.shared.script, widget.shared.style)


def test_a_page_that_is_faster_than_the_cell_breaks_nothing(shell, monkeypatch):
    said = []

    class EagerWidget(QuestionWidget):
        def _repr_mimebundle_(self, **_):
            self.send = lambda content, buffers=None: said.append(content)
            say_hello(self, "x")
            return {WIDGET: {}}

    monkeypatch.setattr("attention_course.page.widget.QuestionWidget", EagerWidget)
    answer = Lesson("practice").ask(double())
    assert said == []
    assert answer.outcome is Outcome.RIGHT
    assert shell.display_pub.outputs[-1]["data"]["text/plain"].startswith("Recorded")


def test_a_cell_that_is_run_again_keeps_the_answer(shell):
    lesson = Lesson("practice")
    lesson.ask(double())
    press_check(widgets()[-1], "1")
    assert lesson.ask(double()).picks == ("1",)


def test_a_duplicated_cell_shows_the_same_answer_and_gives_no_more_attempts(shell):
    lesson = Lesson("practice")
    answer, copied = lesson.ask(double()), lesson.ask(double())
    assert copied is answer
    first, second = widgets()[-2:]
    press_check(first, "1")
    assert (second.state["outcome"], second.state["left"], second.picks) == ("wrong", 2, ["1"])
    press_check(second, "x")
    assert (first.state["outcome"], first.state["left"]) == ("right", 1)
    assert first.state["result_html"] == second.state["result_html"] != ""
    assert first.state["running"] is second.state["running"] is False
    (display_id,) = {
        o["transient"]["display_id"] for o in shell.display_pub.outputs if o["data"] in receipts(shell, "double")
    }
    assert display_id, "both receipts are one output to the notebook, so that both are kept up to date"


def test_a_second_lesson_in_the_same_kernel_keeps_unsaved_answers(shell):
    Lesson("practice").ask(double())
    press_check(widgets()[-1], "1")
    assert Lesson("practice").ask(double()).picks == ("1",)
    assert Lesson("other").ask(double()).picks is None


def test_after_a_second_run_of_the_setup_cell_the_questions_on_the_page_go_on(shell):
    Lesson("practice").ask(double())
    on_the_page = widgets()[-1]
    lesson = Lesson("practice")
    press_check(on_the_page, "1")
    assert lesson.ask(double()).picks == ("1",)
    assert of_all(shell)[-1]["text/plain"] == "Recorded: answers to 1 of 1 questions."


def test_a_later_record_of_the_page_wins_over_what_the_kernel_kept(shell):
    Lesson("practice").ask(double())
    press_check(widgets()[-1], "1")
    answer = Lesson("practice").ask(double())
    say_hello(widgets()[-1], "1", "x")
    assert answer.outcome is Outcome.RIGHT


# ---- which notebook the answers belong to


def test_a_fresh_copy_under_a_live_kernel_gets_no_old_answers(shell):
    lesson = Lesson("practice")
    answer = lesson.ask(double())
    press_check(widgets()[-1], "x")
    stored(widgets()[-1], "first")
    for again in (lesson, Lesson("practice")):  # its question's cell alone is run, or all of them
        fresh = again.ask(double())
        say_hello(widgets()[-1], document=None)
        assert (fresh.outcome, widgets()[-1].state["outcome"]) == (Outcome.NOT_ATTEMPTED, "not attempted")
        assert (widgets()[-1].document, widgets()[-1].picks) == (None, [""])
    assert answer is fresh


def test_a_notebook_that_takes_over_another_ones_kernel_has_its_own_answers(shell):
    lesson = Lesson("practice")
    lesson.ask(double())
    say_hello(widgets()[-1], "1", document="first")
    lesson.ask(double())
    say_hello(widgets()[-1], "x", document="second")
    assert widgets()[-1].state["outcome"] == "right"
    assert len(widgets()[-1].state["record"]["attempts"]) == 1, "the first one's attempt is none of the second"


def test_two_notebooks_that_share_a_kernel_each_check_their_own_answer(shell):
    lesson = Lesson("practice")
    lesson.ask(double())
    first = widgets()[-1]
    say_hello(first, "1", document="first")
    lesson.ask(double())
    say_hello(widgets()[-1], document="second")
    about = {"notebook": True, "document": "first", "path": "a.ipynb", "record": recorded("1").to_json()}
    first._handle_custom_msg({"kind": "check", "id": "1", "picks": ["x"], "attempt": 1, **about}, [])
    assert [attempt["picks"] for attempt in first.state["record"]["attempts"]] == [["1"], ["x"]]


def test_an_answer_whose_save_failed_outlives_a_reload_of_the_page(shell):
    lesson = Lesson("practice")
    lesson.ask(double())
    say_hello(widgets()[-1])
    press_check(widgets()[-1], "x")  # recorded; the save fails, so no page ever says `stored`
    lesson.ask(double())
    say_hello(widgets()[-1], document=None)
    assert widgets()[-1].state["outcome"] == "right"


def test_of_two_records_with_the_same_revision_the_one_answered_last_is_shown(shell):
    lesson = Lesson("practice")
    answer = lesson.ask(double())
    press_check(widgets()[-1], "x")  # today
    say_hello(widgets()[-1], "1")  # long ago, in another kernel
    assert answer.picks == ("x",)


def test_the_pages_are_told_when_the_answers_stand_in_a_saved_notebook(shell):
    lesson = Lesson("practice")
    lesson.ask(double("one"))
    lesson.ask(double("two"))
    said = []
    for widget in widgets()[-2:]:
        widget.send = lambda content, buffers=None: said.append(content)
    stored(widgets()[-1], "0d3f")
    assert said == [{"kind": "stored", "document": "0d3f"}] * 2
    assert {widget.document for widget in widgets()[-2:]} == {"0d3f"}


# ---- no answer is lost with its cell's output


def test_every_receipt_and_the_setup_cells_carry_the_whole_lesson(shell):
    lesson = Lesson("practice")
    answers = {name: lesson.ask(double(name)) for name in ("one", "two", "three")}
    press_check(widgets()[-3], "1")
    press_check(widgets()[-2], "x")
    held = {name: answers[name].record for name in ("one", "two")}
    for data in (receipts(shell, "two")[-1], of_all(shell)[-1]):
        assert record.read({"cells": [{"outputs": [{"data": data}]}]}, "practice") == (held, {})
    lesson.ask(double("three"))  # its cell is run again, and the output that was there is gone
    assert record.read({"cells": [{"outputs": [{"data": receipts(shell, "three")[-1]}]}]}, "practice") == (held, {})
    assert of_all(shell)[0]["text/plain"] == "Nothing is answered yet."
    assert of_all(shell)[-1]["text/plain"] == "Recorded: answers to 2 of 3 questions."


def test_the_page_is_given_the_receipt_of_the_whole_lesson_with_each_verdict(shell):
    Lesson("practice").ask(double())
    said = []
    widgets()[-1].send = lambda content, buffers=None: said.append(content)
    press_check(widgets()[-1], "x")
    assert said[0]["kind"] == "checked"
    assert said[0]["receipt_of_all"] == of_all(shell)[-1]


# ---- nbgrader


def test_answers_of_an_older_file_are_taken_over_and_every_page_and_receipt_is_told(shell, folder, capsys):
    save(folder, {"double": recorded("1", "x"), "gone": recorded("x")}, name="older.ipynb")
    lesson = Lesson("practice")
    answer = lesson.ask(double())
    capsys.readouterr()
    lesson.take_over("older.ipynb")
    assert capsys.readouterr().out.splitlines() == [
        "Taken over: Task 1. Save the notebook.",
        "No longer asked in this lesson, and left out: 'gone'.",
    ]
    assert (answer.outcome, answer.left) == (Outcome.RIGHT, 1)
    assert widgets()[-1].state["record"] == recorded("1", "x").to_json()
    assert set(of_all(shell)[-1][record.RECEIPT_MIME]["answers"]) == {"double"}


def test_below_the_result_stands_what_comes_next(shell, folder):
    for name in ("practice", "visualize"):
        cells = [{**CELLS[0], "source": f'lesson = Lesson("{name}")'}]
        (folder / f"{name}.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    lesson = Lesson("practice")
    lesson.ask(double())
    lesson.summary()
    assert 'href="visualize.ipynb"' in shell.display_pub.outputs[-1]["data"]["text/html"]


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_nbgrader_is_shown_no_widget_and_nothing_on_stderr(shell, folder, monkeypatch, capsys, mode):
    save(folder, {"double": recorded("x")})
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    lesson = Lesson("practice")
    lesson.ask(double())
    lesson.summary()
    assert not [output for output in shell.display_pub.outputs if WIDGET in output["data"]]
    assert capsys.readouterr().err == ""


def test_autograding_shows_an_answered_question_as_html(shell, graded):
    save(graded, {"double": recorded("1")})
    lesson = Lesson("practice")
    lesson.ask(double())
    lesson.ask(double("open"))
    answered, unanswered = (output["data"] for output in shell.display_pub.outputs)
    assert "✗ Not right" in answered["text/html"]
    assert "○ Not attempted" in unanswered["text/html"]
    assert "<script" not in answered["text/html"]


def validate(*questions):
    lesson = Lesson("practice")
    for question in questions:
        lesson.ask(question)
    lesson.summary()


def test_validating_names_what_is_unanswered_and_that_it_judges_nothing(validated):
    save(validated, {"one": recorded("1")})
    with pytest.raises(NotAnswered) as stopped:
        validate(double("one", 1), double("two", 2), double("three", 3))
    assert " ".join(str(stopped.value).split()) == (
        "Not answered yet: Task 2, Task 3. Validate only looks whether there are answers: it does not judge them, "
        "Check in the notebook does."
    )
    assert max(map(len, str(stopped.value).splitlines())) <= 80, "nbgrader cuts longer lines off"


def test_validating_with_eight_of_ten_right_does_not_say_success(validated):
    questions = [double(f"q{n}", n) for n in range(10)]
    save(validated, {q.name: recorded("1" if q.number in (3, 7) else "x") for q in questions})
    with pytest.raises(NotAnswered) as stopped:
        validate(*questions)
    assert " ".join(str(stopped.value).split()).startswith("Every question is answered. Validate only looks")
    assert " ".join(str(stopped.value).split()).endswith("By its verdicts 8 of 10 are right.")


def test_validating_says_nothing_where_all_is_right(validated):
    save(validated, {"double": recorded("1", "x")})
    validate(double())


def test_validating_says_why_a_record_is_no_answer(validated):
    save(validated, {"double": recorded("1", "1", "1", "x")})
    with pytest.raises(NotAnswered, match=r"Task 1 \(The record of 'double' has 4 attempts where 3 are\sallowed"):
        validate(double())


def test_validating_beside_a_neighbour_does_not_read_the_neighbour(validated):
    save(validated, {"double": recorded("x")})
    save(validated, {}, "my-second-try.ipynb")
    with pytest.raises(NotAnswered, match="This folder holds several notebooks of the lesson"):
        validate(double())


# ---- the summary


def test_the_summary_tells_the_truth_about_the_file(shell, folder, monkeypatch):
    monkeypatch.setattr(
        "attention_course.page.saved.time.sleep", lambda _: save(folder, {"double": lesson_answer.record})
    )
    lesson = Lesson("practice")
    lesson_answer = lesson.ask(double())
    say_hello(widgets()[-1])
    press_check(widgets()[-1], "x")
    save(folder, {})
    lesson.summary()
    said = shown(shell, summary.SUMMARY_MIME)[-1]
    assert "1 of 1 right" in said["text/html"]
    assert "holds every answer you gave: 1 of 1 questions.\nAnswer code: attention-answers:1:" in said["text/plain"]
    assert widgets(SummaryWidget)[-1].saved_bundle == said
    (folder / "practice.ipynb").unlink()
    lesson.summary()
    assert "✗ The notebook's file was not found" in shown(shell, summary.SUMMARY_MIME)[-1]["text/plain"]


def test_the_summary_reads_the_file_whose_name_the_page_gave(shell, folder, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "practice.ipynb"))
    save(folder, {})
    lesson = Lesson("practice")
    answer = lesson.ask(double())
    press_check(widgets()[-1], "x")
    say_hello(widgets()[-1], path="renamed.ipynb")
    save(folder, {"double": answer.record}, "renamed.ipynb")
    lesson.summary()
    assert "✓ renamed.ipynb, as it is on disk" in shown(shell, summary.SUMMARY_MIME)[-1]["text/plain"]


def test_the_summary_follows_each_check_and_each_save_without_being_run_again(shell, folder):
    save(folder, {})
    lesson = Lesson("practice")
    answer = lesson.ask(double())
    say_hello(widgets()[-1])
    lesson.summary()
    widget = widgets(SummaryWidget)[-1]
    assert "0 of 1 right" in widget.html
    press_check(widgets()[-1], "x")
    assert "1 of 1 right" in widget.html
    assert "✗ practice.ipynb does not hold your answer to Task 1 yet. Save the notebook.<" in widget.html
    save(folder, {"double": answer.record})
    widget._handle_custom_msg({"kind": "look"}, [])
    assert "✓ practice.ipynb, as it is on disk, holds every answer you gave: 1 of 1 questions." in widget.html
    assert widget.saved_bundle == shown(shell, summary.SUMMARY_MIME)[-1]


def test_where_the_page_saves_nothing_by_itself_the_summary_says_to_run_it_again(shell, folder):
    save(folder, {})
    shell.user_ns["__vsc_ipynb_file__"] = str(folder / "practice.ipynb")
    lesson = Lesson("practice")
    lesson.ask(double())
    say_hello(widgets()[-1], notebook=False, path=None)
    lesson.summary()
    press_check(widgets()[-1], "x")
    assert "Save the notebook. Then run this cell again." in widgets(SummaryWidget)[-1].html


def test_two_questions_answered_in_two_threads_are_both_kept(shell):
    lesson = Lesson("practice")
    answers = [lesson.ask(double(name)) for name in ("one", "two")]
    threads = [threading.Thread(target=press_check, args=[widget, "1"]) for widget in widgets()[-2:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(answer.record.attempts) for answer in answers] == [1, 1]
    assert set(kept.of("practice").records()) == {"one", "two"}


IN_A_KERNEL = """
import sys, time
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

config = Config({"HistoryManager": {"enabled": False}})
shell = InteractiveShell.instance(config=config, display_pub_class=CapturingDisplayPublisher)
from attention_course import Blanks, Lesson

def widgets():
    from ipywidgets.widgets.widget import _instances
    return list(_instances.values())

def ask(program):
    return Lesson("practice").ask(Blanks(
        "double", "easy", prompt="?", program=program, options=["1", "2"], key=["1"]))

def check():
    from attention_course.page.widget import QuestionWidget
    widget = [widget for widget in widgets() if isinstance(widget, QuestionWidget)][-1]
    widget._handle_custom_msg({"kind": "check", "id": "1", "picks": ["1"], "attempt": 0}, [])
    return widget.state
"""


def in_a_kernel(folder, torch, script):
    """Run a script in a process of its own, whose torch is what `torch` says; return its output."""
    libraries = folder / "libraries" / "torch"
    libraries.mkdir(parents=True)
    (libraries / "__init__.py").write_text(torch)
    (libraries / "nn.py").write_text("")
    environment = {"PYTHONPATH": str(folder / "libraries"), "IPYTHONDIR": str(folder / "ipython"), "HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", IN_A_KERNEL + script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_the_first_widget_does_not_wait_for_torch(folder):
    torch = (
        "import time, pathlib\n"
        "pathlib.Path('begun').touch()\n"
        "while not pathlib.Path('displayed').exists(): time.sleep(0.05)"
    )
    script = """
from pathlib import Path
ask("x = [1]")
print(len(shell.display_pub.outputs))
while not Path("begun").exists(): time.sleep(0.05)
Path("displayed").touch()
"""
    assert in_a_kernel(folder, torch, script) == ["3"]


def test_the_first_check_gets_its_verdict_before_torch_is_there_and_its_output_after(folder):
    torch = "import time\ntime.sleep(1.5)\nready = True"
    script = """
from attention_course.page import preload
ask("import torch\\nprint(torch.ready, [1])")
states = []
from attention_course.page.widget import QuestionWidget
QuestionWidget.observe(next(w for w in widgets() if isinstance(w, QuestionWidget)),
    lambda change: states.append((change.new["running"], preload._thread.is_alive())), "state")
state = check()
print(states)
print("True 1" in state["result_html"])
"""
    assert in_a_kernel(folder, torch, script) == ["[(True, True), (False, False)]", "True"]


@pytest.mark.parametrize("failure", ["ImportError('no torch here')", "OSError('a library is missing')"])
def test_a_failed_import_of_torch_is_said_by_the_program_that_needs_it_and_not_before(folder, failure):
    script = """
from attention_course.page import preload
ask("x = 1\\nimport torch\\nprint([1])")
preload.wait()
print(len(shell.display_pub.outputs))
state = check()
print(state["outcome"], "line 2: import torch" in state["result_html"], state["running"])
import re
print(re.search(r"(\\w+Error: [^<]*)", state["result_html"])[1])
"""
    kind, _, message = failure.partition("(")
    told = in_a_kernel(folder, f"raise {failure}", script)
    assert told == ["3", "right True False", f"{kind}: {message.strip(')').strip(chr(39))}"]


def test_a_program_without_torch_needs_none(folder):
    script = "ask('x = [1]\\nprint(x + 1)')\nprint('>2\\n</pre>' in check()['result_html'])"
    assert in_a_kernel(folder, "raise ImportError('no torch here')", script) == ["True"]


def test_the_background_imports_are_begun_once(monkeypatch):
    begun = []
    monkeypatch.setattr(preload, "_thread", None)
    monkeypatch.setattr(preload, "_import", lambda: begun.append(time.monotonic()))
    preload.start()
    preload.start()
    preload.wait()
    assert len(begun) == 1


def test_the_background_imports_leave_the_first_question_the_kernel_to_itself(monkeypatch):
    monkeypatch.setattr(preload, "_thread", None)
    monkeypatch.setattr(preload, "_may_begin", threading.Event())
    begun = []
    monkeypatch.setattr(preload, "_import", lambda: begun.append(True))
    monkeypatch.setattr(preload, "GRACE", 60)
    preload.start()
    preload._thread.join(0.1)
    assert begun == []
    preload.wait()  # whoever needs them does not wait for the first question
    assert begun == [True]


def test_nobody_waits_for_imports_that_were_never_begun(monkeypatch):
    monkeypatch.setattr(preload, "_thread", None)
    preload.wait()


def test_where_there_are_no_threads_nothing_is_imported_beforehand_and_nothing_breaks(monkeypatch):
    def refuse(thread):
        raise RuntimeError("can't start new thread")  # as in Pyodide, on which JupyterLite runs

    monkeypatch.setattr(preload, "_thread", None)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    preload.start()
    preload.wait()
