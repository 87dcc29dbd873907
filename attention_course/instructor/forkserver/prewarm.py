"""Prewarm: what is the same for many students is run and drawn before the processes are forked that need it."""

import functools
import gc
import json
import os
import select
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NoReturn

import torch

from attention_course.answers import trying
from attention_course.answers.answer import Answer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.errors import PicksError
from attention_course.exercises import program
from attention_course.exercises.question import Picks, Question
from attention_course.exercises.tried import Seen
from attention_course.instructor.forkserver import shell
from attention_course.instructor.forkserver.remembering import Remembering
from attention_course.lesson import Lesson
from attention_course.page import code_html
from attention_course.page.verdicts import STATIC

Asked = dict[tuple[str, str], Answer]  # answers that nobody gave yet, by the lesson's name and the question's

remembering = Remembering()
Lesson.runner = remembering
LONGEST_DRAWING = 20  # seconds; what takes longer is left to the child, and its time limit


def run_lesson(cells: list[str]) -> Asked:
    """Run an instructor's cells as a student who answered nothing would have them run.

    What they draw, every worked solution's picture among it, is remembered. Returns what they ask.
    """
    shell.look_at(cells)
    names: dict[str, Any] = {}
    for cell in cells:
        names.update(program.run(cell, given=names).names)
    torch.set_num_threads(1)
    lessons = [value for value in names.values() if isinstance(value, Lesson)]
    asked = {(each.name, name): answer for each in lessons for name, answer in each.answers.items()}
    if any(isinstance(answer, CodeAnswer) for answer in asked.values()):
        get_ready_for_code()
    freeze()
    return asked


def freeze() -> None:
    """Have the garbage collector leave alone what is there: in a child its first look would copy every page."""
    gc.freeze()


def draw_answers(asked: Asked, answers: Mapping[str, Mapping[str, Picks]]) -> None:
    """Draw what answers do, given by lesson and question; none where a question is not known or never offered them."""
    for lesson, picked in answers.items():
        for name, picks in picked.items():
            answer = asked.get((lesson, name))
            if isinstance(answer, CodeAnswer):
                draw_right(answer)
            elif answer:
                with suppress(PicksError):
                    draw_once(answer.question, answer.question.check_picks(picks))


def draw_once(question: Question, picks: Picks) -> None:
    """Remember what an answer does, where that is not known."""
    if not question.performs or not question.trusted or remembering.knows(question, picks):
        return
    get_ready_to_draw()
    result = _beside(lambda: remembering.perform(question, picks, STATIC.result))
    if result:
        remembering.remember(question, picks, result)


@functools.cache
def draw_right(answer: CodeAnswer) -> None:
    """Remember the pictures of what the course's own code does in the examples: those of every right answer, too."""
    get_ready_to_draw()
    drawn = _beside(lambda: json.dumps(_pictures_of_key(answer)))
    if drawn:
        remembering.remember_pictures(json.loads(drawn))


def _pictures_of_key(answer: CodeAnswer) -> list[tuple[str, str]]:
    """Return the pictures that were not known, each by its name."""
    for example, right in zip(answer.question.examples, trying.with_key(answer), strict=True):
        if right:
            code_html.picture(Seen(example, right, right), STATIC, remembering)
    return remembering.new_pictures()


@functools.cache
def get_ready_to_draw() -> None:
    """Draw one picture, with what drawing imports: no process that is forked from here on needs to do that anew."""
    from attention_course.pictures.heatmap import heatmap

    heatmap([[0.5, 0.5]], ["query"], ["key", "value"], title="weights").png()


@functools.cache
def get_ready_for_code() -> None:
    """Import what the first gradient imports, which hidden tests take."""
    torch.ones(1, requires_grad=True).backward(torch.ones(1))


def _beside(work: Callable[[], str]) -> str | None:
    """Return what a function returns in a process that leaves nothing behind; None if it fails, or takes too long."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        _work_into(writer, work)
    os.close(writer)
    result = _read(reader)
    if result is None:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return result.decode() if result and status == 0 else None  # the work itself may have ended the process


def _work_into(handle: int, work: Callable[[], str]) -> NoReturn:
    code = 1
    try:
        with open(handle, "wb") as file:
            file.write(work().encode(errors="replace"))
        code = 0
    finally:
        os._exit(code)


def _read(handle: int) -> bytes | None:
    """Return all that comes, None where its end does not come in time."""
    parts, end = [], time.monotonic() + LONGEST_DRAWING
    with open(handle, "rb", buffering=0) as file:
        while select.select([file], [], [], max(end - time.monotonic(), 0))[0]:
            parts.append(file.read(1 << 20))
            if not parts[-1]:
                return b"".join(parts)
    return None
