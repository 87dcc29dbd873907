"""What a question allows an answer reaches the locked process that the hidden tests call, and no other answer's."""

import sys

import pytest

from attention_course import Write
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.record import Attempt, Record

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

AT = "2026-03-01T09:41:00+01:00"
BURNS = "import time\n\ndef burn(until):\n    while time.process_time() < until: pass\n    return until"
TAKES = "def take(megabytes):\n    return len(bytearray(megabytes << 20))"


def graded(sandbox, text, argument, **limits):
    """Return what came of a hidden test that calls the function with this argument."""
    name = text.split("def ")[1].split("(")[0]
    question = Write(name, "easy", prompt="Take much.", defines=[name], key=text, **limits)
    answer = CodeAnswer(question, Record((Attempt((text,), AT),), 1))
    answer.workshop = sandbox

    @answer.test("takes it", points=1, why="It must be done within its limits.")
    def takes(student):
        student.call(name, argument)

    answer.points(1)
    return answer.tested[0]


def test_a_question_gives_its_answers_more_or_less_time(sandbox):
    stopped = graded(sandbox, BURNS, 2, seconds=0.3)
    assert (stopped.passed, stopped.cause, stopped.raised) == (False, "too slow", "it took longer than 0.3 seconds")
    assert graded(sandbox, BURNS, 0.8, seconds=8).passed


def test_all_calls_of_an_answer_together_take_twice_that_time(sandbox):
    question = Write("burn", "easy", prompt="Take much.", defines=["burn"], key=BURNS, seconds=1)
    answer = CodeAnswer(question, Record((Attempt((BURNS,), AT),), 1))
    answer.workshop = sandbox
    untils = iter([0.8, 1.6, 2.4])  # seconds of computing, of which each call adds 0.8, on a busy machine in any time

    def burns(student):
        student.call("burn", next(untils), seconds=60)

    for number in (1, 2, 3):
        answer.test(f"call {number}", points=1, why="It must be done.")(burns)
    answer.points(1)
    assert [(each.passed, each.raised) for each in answer.tested] == [
        (True, ""),
        (True, ""),
        (False, "all calls together took more than 2 seconds of computing time"),
    ]


def test_a_question_gives_its_answers_more_or_less_memory(sandbox):
    assert "MemoryError" in graded(sandbox, TAKES, 300, memory=0.2).raised
    assert graded(sandbox, TAKES, 300, memory=0.5).passed


def test_a_forbidden_name_is_found_under_another_one_and_is_said(sandbox):
    text = "import torch.nn as layers\n\ndef take(number):\n    layers.MultiheadAttention(2, 1)\n    return number"
    refused = graded(sandbox, text, 1, forbids={"nn.MultiheadAttention": "Build it yourself."})
    assert (refused.passed, refused.cause) == (False, "raised")
    assert "Build it yourself." in refused.raised
