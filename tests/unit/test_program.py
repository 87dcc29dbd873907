import contextlib
import io
import random
import subprocess
import sys
import threading
import warnings

import numpy as np
import pytest
import torch

from attention_course.exercises import program


def test_a_run_knows_what_was_defined_and_printed():
    run = program.run("x = 2\nprint('two')\nprint(x)")
    assert run["x"] == 2
    assert run.printed == "two\n2\n"
    assert run.error is None


def test_the_value_of_the_last_line_is_kept_where_it_is_an_expression():
    assert program.run("x = 2\nx + 1").value == 3
    assert program.run("x = 2").value is None
    assert program.run("").value is None


def test_each_run_has_a_namespace_of_its_own():
    program.run("leaked = 1")
    run = program.run("leaked")
    assert run.error.kind == "NameError"
    assert "leaked" not in globals()


def test_given_names_are_found_and_not_changed():
    given = {"x": 1}
    assert program.run("x = x + 1", given=given)["x"] == 2
    assert given == {"x": 1}


def test_a_function_finds_the_other_names_of_its_program():
    assert program.run("def f():\n    return g()\ndef g():\n    return 3\nx = f()")["x"] == 3


@pytest.mark.parametrize(
    "library",
    [
        "import torch\nx = torch.rand(3).tolist()",
        "import numpy\nx = numpy.random.rand(3).tolist()",
        "import random\nx = random.random()",
    ],
)
def test_the_same_seed_gives_the_same_numbers_and_another_seed_others(library):
    assert program.run(library, seed=1)["x"] == program.run(library, seed=1)["x"]
    assert program.run(library, seed=1)["x"] != program.run(library, seed=2)["x"]


def random_states():
    return random.getstate(), [str(part) for part in np.random.get_state()], torch.get_rng_state().tolist()


@pytest.mark.parametrize("end", ["", "1 / 0", "raise SystemExit", "x = = 1"])
def test_the_random_states_are_left_as_they_were_however_a_program_ends(end):
    draw = "import random, numpy, torch\nrandom.random(); numpy.random.rand(); torch.rand(1)\n"
    before = random_states()
    program.run(draw + "torch.manual_seed(5); numpy.random.seed(5); random.seed(5)\n" + end)
    assert random_states() == before


def test_what_is_written_to_stderr_is_caught_as_well():
    script = (
        "from attention_course.exercises import program\n"
        "source = 'import sys, warnings; print(1, file=sys.stderr); warnings.warn(\"b\"); print(2)'\n"
        "print(ascii(program.run(source).printed))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == repr("1\n<your program>:1: UserWarning: b\n2\n") + "\n"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("source", "kind", "message", "line", "code"),
    [
        ("x = 1\n1 / 0", "ZeroDivisionError", "division by zero", 2, "1 / 0"),
        ("def f():\n    return y\nf()", "NameError", "name 'y' is not defined", 2, "return y"),
        ("x = 1\nx = = 2", "SyntaxError", "invalid syntax", 2, "x = = 2"),
        ("return 1", "SyntaxError", "'return' outside function", 1, "return 1"),
        ("x = 1\neval('\\n\\n1 +')", "SyntaxError", "invalid syntax", 2, "eval('\\n\\n1 +')"),
        ("raise SystemExit", "SystemExit", "", 1, "raise SystemExit"),
        ("import sys\nsys.exit('bye')", "SystemExit", "bye", 2, "sys.exit('bye')"),
        ("def f(): f()\nf()", "RecursionError", "maximum recursion depth exceeded", 1, "def f(): f()"),
        ("raise ExceptionGroup('two', [ValueError()])", "ExceptionGroup", "two (1 sub-exception)", 1, None),
    ],
)
def test_what_a_program_raises_is_returned_with_its_line(source, kind, message, line, code):
    error = program.run(source).error
    assert (error.kind, error.line) == (kind, line)
    assert error.message.startswith(message)
    assert code is None or error.code == code


def test_an_error_inside_a_library_is_placed_in_the_program():
    error = program.run("import torch\nx = torch.ones(1, 2)\ntorch.matmul(x, x)").error
    assert (error.kind, error.line, error.code) == ("RuntimeError", 3, "torch.matmul(x, x)")


def test_what_was_defined_and_printed_before_an_error_is_kept():
    run = program.run("x = 1\nprint(x)\n1 / 0\ny = 2")
    assert run["x"] == 1
    assert run.printed == "1\n"
    with pytest.raises(KeyError):
        run["y"]


def test_an_interrupt_by_the_student_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt):
        program.run("raise KeyboardInterrupt")
    assert program.run("print(1)").printed == "1\n"


def test_the_streams_are_the_callers_again_after_a_run():
    out, err = sys.stdout, sys.stderr
    program.run("import sys\nsys.stdout = sys.stderr = None")
    assert (sys.stdout, sys.stderr) == (out, err)


def test_what_another_thread_prints_goes_where_it_belongs():
    caller = io.StringIO()
    running, printed = threading.Event(), threading.Event()

    def print_meanwhile():
        running.wait(5)
        print("from the notebook's cell")
        print("to its stderr", file=sys.stderr)
        printed.set()

    thread = threading.Thread(target=print_meanwhile)
    with contextlib.redirect_stdout(caller), contextlib.redirect_stderr(caller):
        thread.start()
        run = program.run(
            "print('before'); running.set(); printed.wait(5); print('after')",
            given={"running": running, "printed": printed},
        )
        thread.join()
    assert run.printed == "before\nafter\n"
    assert caller.getvalue() == "from the notebook's cell\nto its stderr\n"


def test_another_thread_finds_its_own_stream_with_all_its_methods():
    class KernelStream(io.StringIO):
        parent = None

        def set_parent(self, parent):
            self.parent = parent

    stream = KernelStream()

    def next_cell_begins():
        thread = threading.Thread(target=lambda: sys.stdout.set_parent("cell 2"))
        thread.start()
        thread.join()

    with contextlib.redirect_stdout(stream):
        run = program.run("next_cell_begins(); print('x')", given={"next_cell_begins": next_cell_begins})
    assert stream.parent == "cell 2"
    assert (run.printed, run.error) == ("x\n", None)


def test_programs_in_several_threads_do_not_mix():
    runs = {}

    def work(number):
        runs[number] = program.run(
            f"import time, torch\nfor _ in range(20): print({number}); time.sleep(0.001)\nx = torch.rand(1).item()",
            seed=1,
        )

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: run.printed for number, run in runs.items()} == {n: f"{n}\n" * 20 for n in range(4)}
    assert len({run["x"] for run in runs.values()}) == 1


@pytest.mark.parametrize("failure", ["ImportError('no torch here')", "OSError('a library of torch is missing')"])
def test_a_library_that_cannot_be_imported_is_the_programs_error(tmp_path, failure):
    (tmp_path / "torch.py").write_text(f"raise {failure}")
    script = (
        "from attention_course.exercises import program\n"
        "run = program.run('x = 1\\nimport torch')\n"
        "print(run.error.kind, run.error.line, run['x'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.stdout == f"{failure.partition('(')[0]} 2 1\n"
    assert done.stderr == ""


def test_a_program_without_torch_does_not_import_it():
    script = (
        "import sys\nfrom attention_course.exercises import program\n"
        "program.run('x = 1')\nprint('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "False\n"


def test_the_callers_warning_filters_are_left_as_they_were():
    before = list(warnings.filters)
    program.run("import warnings\nwith warnings.catch_warnings():\n    warnings.simplefilter('error')")
    assert warnings.filters == before
