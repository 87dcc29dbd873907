"""Prewarm: what is the same for many students is run and drawn before the processes are forked that need it."""

import functools
import gc
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

import torch

from attention_course.answers import trying
from attention_course.answers.answer import Answer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.errors import PicksError
from attention_course.exercises import program
from attention_course.exercises.question import Picks, Question
from attention_course.exercises.tried import Seen
from attention_course.instructor.forkserver import shell
from attention_course.instructor.forkserver.beside import Beside
from attention_course.instructor.forkserver.remembering import Remembering, Work
from attention_course.lesson import Lesson
from attention_course.page import code_html
from attention_course.page.verdicts import STATIC

Asked = dict[tuple[str, str], Answer]  # answers that nobody gave yet, by the lesson's name and the question's

remembering = Remembering()
Lesson.runner = remembering
CORES = os.cpu_count() or 1
_handed_in: set[CodeAnswer] = set()  # whose right code was drawn


def run_lesson(cells: list[str]) -> Asked:
    """Run an instructor's cells as a student who answered nothing would have them run.

    What they draw, every worked solution's picture among it, is remembered. Returns what they ask.
    """
    shell.look_at(cells)
    names: dict[str, Any] = {}
    with remembering.postponing() as postponed:
        for cell in cells:
            names.update(program.run(cell, given=names).names)
    draw(postponed.values())
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
    works: list[Work] = []
    for lesson, picked in answers.items():
        for name, picks in picked.items():
            answer = asked.get((lesson, name))
            if isinstance(answer, CodeAnswer):
                works += _with_right_code(answer)
            elif answer:
                with suppress(PicksError):
                    works += performing(answer.question, answer.question.check_picks(picks))
    draw(works)


def performing(question: Question, picks: Picks) -> list[Work]:
    """Return the work of drawing what an answer does; none where nothing is drawn, or it is known."""
    if not question.performs or not question.trusted or remembering.knows(question, picks):
        return []
    return [functools.partial(remembering.perform, question, picks, STATIC.result)]


def _with_right_code(answer: CodeAnswer) -> list[Work]:
    """Return the work of drawing the examples with the course's own code, as every right answer has them; once."""
    if answer in _handed_in:
        return []
    _handed_in.add(answer)
    return [functools.partial(_draw_examples, answer)]


def _draw_examples(answer: CodeAnswer) -> None:
    for example, right in zip(answer.question.examples, trying.with_key(answer), strict=True):
        if right:
            code_html.picture(Seen(example, right, right), STATIC, remembering)


def draw(works: Collection[Work]) -> None:
    """Do the work, one for each core at once, and remember what it draws. What does not come is left to the child."""
    if works:
        get_ready_to_draw()
    drawing = [functools.partial(remembering.drawn_by, work) for work in works]
    for first in range(0, len(drawing), CORES):
        begun = [Beside(work) for work in drawing[first : first + CORES]]
        for drawn in filter(None, [beside.result() for beside in begun]):
            remembering.take_over(drawn)


@functools.cache
def get_ready_to_draw() -> None:
    """Draw one picture, with what drawing imports: no process that is forked from here on needs to do that anew."""
    from attention_course.pictures.heatmap import heatmap

    heatmap([[0.5, 0.5]], ["query"], ["key", "value"], title="weights").png()
    freeze()


@functools.cache
def get_ready_for_code() -> None:
    """Import what the first gradient imports, which hidden tests take."""
    torch.ones(1, requires_grad=True).backward(torch.ones(1))
