"""Prewarm: what is the same for many students is run and drawn before the processes are forked that need it."""

import functools
import gc
import os
import select
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NoReturn

import torch

from attention_course.errors import PicksError
from attention_course.exercises import program
from attention_course.exercises.question import Picks, Question
from attention_course.instructor.forkserver.remembering import Remembering
from attention_course.lesson import Lesson
from attention_course.page.verdicts import STATIC

Questions = dict[tuple[str, str], Question]  # by the lesson's name and the question's

remembering = Remembering()
Lesson.runner = remembering
LONGEST_DRAWING = 20  # seconds; what takes longer is left to the child, and its time limit


def run_lesson(cells: list[str]) -> Questions:
    """Run an instructor's cells as a student who answered nothing would have them run.

    What they draw, every worked solution's picture among it, is remembered. Returns the questions that they ask.
    """
    names: dict[str, Any] = {}
    for cell in cells:
        names.update(program.run(cell, given=names).names)
    torch.set_num_threads(1)
    freeze()
    lessons = [value for value in names.values() if isinstance(value, Lesson)]
    return {(each.name, name): answer.question for each in lessons for name, answer in each.answers.items()}


def freeze() -> None:
    """Have the garbage collector leave alone what is there: in a child its first look would copy every page."""
    gc.freeze()


def draw_answers(questions: Questions, answers: Mapping[str, Mapping[str, Picks]]) -> None:
    """Draw what answers do, given by lesson and question; none where a question is not known or never offered them."""
    for lesson, picked in answers.items():
        for name, picks in picked.items():
            question = questions.get((lesson, name))
            if question:
                with suppress(PicksError):
                    draw_once(question, question.check_picks(picks))


def draw_once(question: Question, picks: Picks) -> None:
    """Remember what an answer does, where that is not known; it is run in a process that leaves nothing behind."""
    if not question.performs or not question.trusted or remembering.knows(question, picks):
        return
    get_ready_to_draw()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        _draw_into(writer, question, picks)
    os.close(writer)
    result = _read(reader)
    if result is None:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if result and status == 0:  # the filling itself may have ended the process
        remembering.remember(question, picks, result.decode())


@functools.cache
def get_ready_to_draw() -> None:
    """Draw one picture, with what drawing imports: no process that is forked from here on needs to do that anew."""
    from attention_course.pictures.heatmap import heatmap

    heatmap([[0.5, 0.5]], ["query"], ["key", "value"], title="weights").png()


def _draw_into(handle: int, question: Question, picks: Picks) -> NoReturn:
    code = 1
    try:
        with open(handle, "wb") as file:
            file.write(remembering.perform(question, picks, STATIC.result).encode(errors="replace"))
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
