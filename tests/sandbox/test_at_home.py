"""At home: a student's functions are called in the student's own kernel, which goes on as if they had not been."""

import contextlib
import random
import subprocess
import sys
import threading

import pytest
import torch
from waiting import until

from attention_course.errors import StudentError
from attention_course.student_code import stopwatch
from attention_course.student_code.limits import MOST_PRINTED
from attention_course.student_code.local import Local
from attention_course.student_code.printed import Printed
from attention_course.student_code.workshop import Home

LOOP = "def loop():\n    while True:\n        pass\n"


def test_the_functions_are_the_kernels_and_the_text_is_not_run_again():
    names = {"count": 0}
    exec("def add(n):\n    global count\n    count += n\n    return count", names)
    student = Home(names).open("raise SystemExit")
    assert student.add(2) == 2
    assert names["count"] == 2
    exec("def add(n):\n    return -n", names)  # the student has run the cell anew
    assert student.add(2) == -2


IN_IPYTHON = """
from IPython.core.interactiveshell import InteractiveShell
from attention_course.errors import StudentError
from attention_course.student_code.workshop import Home

shell = InteractiveShell.instance()
cell = "import torch\\n\\ndef scale(x, by=2):\\n    print('scaling')\\n    return x * by"
shell.run_cell(cell)
student = Home(shell.user_ns).open(cell)
call = student.call("scale", shell.user_ns["torch"].ones(2))
print(call.value.tolist(), repr(call.printed))
try:
    student.scale(None)
except StudentError as error:
    print(error.line, error.code, error.kind)
print(student.outline()["defines"])
"""


def test_it_works_over_ipythons_names():
    done = subprocess.run([sys.executable, "-c", IN_IPYTHON], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.splitlines() == ["[2.0, 2.0] 'scaling\\n'", "5 return x * by TypeError", "['scale']"]


def test_a_text_runs_in_a_namespace_of_its_own():
    main = sys.modules["__main__"]
    with Home().open("value = 1\ndef where():\n    return __name__") as student:
        assert student.where() == "__main__"
        assert sys.modules["__main__"] is main
        assert not hasattr(main, "where")


def test_cells_run_one_after_another_and_an_error_names_the_last_ones_line():
    cells = ["def given(f):\n    return f()", "def own():\n    return given(lambda: 1 / 0)"]
    with pytest.raises(StudentError) as caught:
        Home().open(cells).own()
    assert (caught.value.line, caught.value.code) == (2, "return given(lambda: 1 / 0)")


def test_an_endless_loop_is_ended_and_the_kernel_goes_on():
    student = Home().open(LOOP, seconds=0.2)
    with pytest.raises(StudentError) as caught:
        student.loop()
    assert (caught.value.cause, str(caught.value)) == ("too slow", "it took longer than 0.2 seconds")
    assert Home().open("def one():\n    return 1").one() == 1


CATCHES_SOME = """
def loop():
    for _ in range(3):
        try:
            while True:
                pass
        except BaseException:
            pass
    while True:
        pass
"""


def test_an_endless_loop_that_catches_exceptions_is_ended_at_the_next_one_that_does_not():
    with pytest.raises(StudentError, match="took longer"):
        Home().open(CATCHES_SOME, seconds=0.1).loop()


def test_an_endless_loop_at_loading_is_ended():
    with pytest.raises(StudentError, match="took longer"):
        Home().open("while True:\n    pass", seconds=0.2)


def test_a_loop_in_another_thread_than_the_main_one_is_ended():
    found = []

    def judge():
        try:
            Home().open(LOOP, seconds=0.2).loop()
        except StudentError as error:
            found.append(error.cause)

    thread = threading.Thread(target=judge)
    thread.start()
    thread.join()
    assert found == ["too slow"]


def test_nothing_is_raised_after_the_work_is_done():
    for number in range(300):
        with contextlib.suppress(stopwatch.TimeIsUp):
            assert stopwatch.within(number / 300_000, lambda: 1) == 1
    until(lambda: "stopwatch" not in [thread.name for thread in threading.enumerate()], "the last stopwatch ends")


def test_the_students_own_interruption_reaches_the_kernel():
    with pytest.raises(KeyboardInterrupt):
        Home().open("def stop():\n    raise KeyboardInterrupt").stop()


def test_what_it_prints_is_kept_and_what_the_notebook_prints_meanwhile_is_not(capsys):
    text = (
        "import sys\ndef speak():\n    print('to out')\n    print('to err', file=sys.stderr)\n    wait()\n    return 1"
    )
    said = threading.Event()
    names = {"wait": lambda: said.wait(10)}
    exec(text, names)
    thread = threading.Thread(target=lambda: (print("from the notebook"), said.set()))
    student = Home(names).open("")
    names["wait"] = lambda: (thread.start(), said.wait(10))
    assert student.call("speak").printed == "to out\nto err\n"
    thread.join()
    assert capsys.readouterr().out == "from the notebook\n"


def test_much_that_is_printed_is_cut_and_counted():
    printed = Home().open("def speak():\n    for n in range(100_000): print('ten letters')").call("speak").printed
    assert printed.startswith("ten letters\n" * 1000)
    assert printed.endswith("\n[1,180,000 characters more]")
    assert len(printed) < MOST_PRINTED + 100


def test_control_characters_are_not_printed():
    assert (
        Home().open("def speak():\n    print('a\\x1b[31m\\x00\\rb\\tc\\ud800')").call("speak").printed == "a[31mb\tc\n"
    )


def test_only_a_text_can_be_printed():
    with pytest.raises(TypeError, match="must be str, not bytes"):
        Printed().write(b"bytes")


def test_the_kernels_random_numbers_are_undisturbed():
    text = "import random, torch\nrandom.seed(9)\ndef draw():\n    return random.random(), torch.rand(1)"
    random.seed(1)
    torch.manual_seed(1)
    expected = random.random(), torch.rand(1)
    random.seed(1)
    torch.manual_seed(1)
    Home().open(text, seed=4).draw()
    assert (random.random(), torch.rand(1)) == expected


def test_memory_is_not_measured_at_home():
    assert Home().open("def one():\n    return 1").call("one").memory == 0
    assert Local().cpu() > 0
