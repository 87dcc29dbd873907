import json
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from attention_course import Blanks, Lesson
from attention_course.answers import record
from attention_course.answers.record import Record
from attention_course.errors import NotAnswered
from attention_course.exercises.question import Outcome
from attention_course.page import preload
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
    monkeypatch.setattr(Lesson, "_kept", {})
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


def save(folder, answers, name="practice.ipynb", problems=None):
    document = {"cells": [], "metadata": {}}
    record.write(document, "practice", answers, problems)
    (folder / name).write_text(json.dumps(document), encoding="utf-8")


def widgets():
    """Return the question widgets that are alive, the newest last."""
    try:
        from ipywidgets.widgets.widget import _instances as alive
    except ImportError:  # ipywidgets 7
        from ipywidgets import Widget

        alive = Widget.widgets
    return [widget for widget in alive.values() if isinstance(widget, QuestionWidget)]


def press_check(widget, *picks):
    attempt = widget.state["attempts"]
    widget._handle_custom_msg({"kind": "check", "id": "1", "picks": list(picks), "attempt": attempt}, [])


def test_what_the_file_holds_is_restored(folder):
    save(folder, {"double": recorded("1", "x")})
    answer = Lesson("practice").ask(double())
    assert (answer.outcome, answer.left) == (Outcome.RIGHT, 1)


def test_without_a_file_every_question_begins_anew(folder):
    assert Lesson("practice").ask(double()).outcome is Outcome.NOT_ATTEMPTED


def test_a_damaged_file_is_said_once_and_stops_nothing(folder, capsys):
    (folder / "practice.ipynb").write_text("{")
    lesson = Lesson("practice")
    assert capsys.readouterr().out == "practice.ipynb is not a notebook, or it is cut off.\n"
    assert lesson.ask(double()).outcome is Outcome.NOT_ATTEMPTED


def test_a_damaged_record_costs_only_its_own_question(folder):
    save(folder, {"good": recorded("x")}, problems={"bad": "The record of 'bad' is malformed."})
    lesson = Lesson("practice")
    good, bad = lesson.ask(double("good")), lesson.ask(double("bad"))
    assert (good.outcome, good.problem) == (Outcome.RIGHT, "")
    assert (bad.outcome, bad.problem) == (Outcome.NOT_ATTEMPTED, "The record of 'bad' is malformed.")


def test_in_plain_python_nothing_is_shown(folder, capsys):
    Lesson("practice").ask(double())
    assert capsys.readouterr() == ("", "")


def test_a_question_shows_its_widget_and_under_it_the_receipt(shell):
    Lesson("practice").ask(double())
    widget, receipt = shell.display_pub.outputs
    assert WIDGET in widget["data"]
    assert receipt["data"]["text/plain"] == "Not answered yet"
    assert receipt["data"][record.RECEIPT_MIME]["record"] == {"revision": 0, "attempts": []}
    assert receipt["transient"]["display_id"]


def test_an_attempt_updates_the_receipt(shell):
    answer = Lesson("practice").ask(double())
    press_check(widgets()[-1], "1")
    first, update = shell.display_pub.outputs[1], shell.display_pub.outputs[-1]
    assert update["update"] is True
    assert update["transient"] == first["transient"]
    assert update["data"][record.RECEIPT_MIME]["record"] == answer.record.to_json()
    assert update["data"]["text/plain"].startswith("Recorded · attempt 1 of 3 · ")
    assert update["data"]["text/plain"].endswith(" · Task 1 · 1 · ✗ Not right")


def test_a_page_that_is_faster_than_the_cell_breaks_nothing(shell, monkeypatch):
    said = []

    class EagerWidget(QuestionWidget):
        def _repr_mimebundle_(self, **_):
            self.send = lambda content, buffers=None: said.append(content)
            hello = {"kind": "hello", "record": recorded("x").to_json(), "path": None}
            self._handle_custom_msg(hello, [])
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


def test_a_second_lesson_in_the_same_kernel_keeps_unsaved_answers(shell):
    Lesson("practice").ask(double())
    press_check(widgets()[-1], "1")
    assert Lesson("practice").ask(double()).picks == ("1",)
    assert Lesson("other").ask(double()).picks is None


def test_a_later_record_on_disk_wins_over_what_the_kernel_kept(shell, folder):
    Lesson("practice").ask(double())
    press_check(widgets()[-1], "1")
    save(folder, {"double": recorded("1", "x")})
    assert Lesson("practice").ask(double()).outcome is Outcome.RIGHT


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_nbgrader_is_shown_no_widget_and_nothing_on_stderr(shell, folder, monkeypatch, capsys, mode):
    save(folder, {"double": recorded("x")})
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    lesson = Lesson("practice")
    lesson.ask(double())
    lesson.summary()
    assert not [output for output in shell.display_pub.outputs if WIDGET in output["data"]]
    assert capsys.readouterr().err == ""


def test_autograding_shows_an_answered_question_as_html(shell, folder, monkeypatch):
    save(folder, {"double": recorded("1")})
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    lesson = Lesson("practice")
    lesson.ask(double())
    lesson.ask(double("open"))
    answered, unanswered = (output["data"] for output in shell.display_pub.outputs)
    assert "✗ Not right" in answered["text/html"]
    assert "○ Not attempted" in unanswered["text/html"]
    assert "<script" not in answered["text/html"]


def test_validating_names_an_unanswered_question(folder, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(NotAnswered, match=r"^Task 3 \(double\) is not answered yet\.$"):
        Lesson("practice").ask(double(number=3))


def test_validating_says_why_a_record_is_no_answer(folder, monkeypatch):
    save(folder, {"double": recorded("1", "1", "1", "x")})
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(NotAnswered, match="has 4 attempts where 3 are allowed"):
        Lesson("practice").ask(double())


def test_validating_accepts_a_wrong_answer_and_says_that_it_is_recorded(folder, monkeypatch, capsys):
    save(folder, {"double": recorded("1")})
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    Lesson("practice").ask(double())
    assert capsys.readouterr().out.startswith("Recorded · attempt 1 of 3")


def test_the_summary_tells_the_truth_about_the_file(shell, folder, monkeypatch):
    monkeypatch.setattr(
        "attention_course.page.summary.time.sleep", lambda _: save(folder, {"double": lesson_answer.record})
    )
    lesson = Lesson("practice")
    lesson_answer = lesson.ask(double())
    press_check(widgets()[-1], "x")
    (folder / "practice.ipynb").write_text('{"cells": [], "metadata": {}}')
    lesson.summary()
    shown = shell.display_pub.outputs[-1]["data"]
    assert "1 of 1 right" in shown["text/html"]
    assert "holds every answer you gave: 1 of 1 questions.\nAnswer code: attention-answers:1:" in shown["text/plain"]
    (folder / "practice.ipynb").unlink()
    lesson.summary()
    assert "✗ The notebook's file was not found" in shell.display_pub.outputs[-1]["data"]["text/plain"]


def test_the_summary_reads_the_file_whose_name_the_page_gave(shell, folder, monkeypatch):
    (folder / "practice.ipynb").write_text('{"cells": [], "metadata": {}}')
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "practice.ipynb"))
    lesson = Lesson("practice")
    answer = lesson.ask(double())
    press_check(widgets()[-1], "x")
    widgets()[-1]._handle_custom_msg({"kind": "hello", "record": None, "path": "work/renamed.ipynb"}, [])
    (folder / "practice.ipynb").rename(folder / "renamed.ipynb")
    save(folder, {"double": answer.record}, "renamed.ipynb")
    lesson.summary()
    assert "✓ renamed.ipynb, as it is on disk" in shell.display_pub.outputs[-1]["data"]["text/plain"]


def test_two_questions_answered_in_two_threads_are_both_kept(shell):
    lesson = Lesson("practice")
    answers = [lesson.ask(double(name)) for name in ("one", "two")]
    threads = [threading.Thread(target=press_check, args=[widget, "1"]) for widget in widgets()[-2:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(answer.record.attempts) for answer in answers] == [1, 1]
    assert set(Lesson._kept["practice"]) == {"one", "two"}


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
    assert in_a_kernel(folder, torch, script) == ["2"]


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
    assert told == ["2", "right True False", f"{kind}: {message.strip(')').strip(chr(39))}"]


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


def test_nobody_waits_for_imports_that_were_never_begun(monkeypatch):
    monkeypatch.setattr(preload, "_thread", None)
    preload.wait()
