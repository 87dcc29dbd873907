"""Keepsake: a dated picture of what was done, with its numbers as text. It is a note to oneself, no certificate."""

import base64
import html
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from textwrap import wrap
from typing import Any

import numpy as np

from attention_course.answers import clock
from attention_course.bank import result, verdict
from attention_course.course import words
from attention_course.course.standing import Standing
from attention_course.exercises import spacing
from attention_course.pictures.palette import PAGE
from attention_course.pictures.paper import Paper, shortened
from attention_course.pictures.picture import Picture, readable

TITLE = "Attention mechanism in depth"
MODEST = "A note to myself, made by my own notebooks from my own answers. Nobody watched, and it certifies nothing."
HOW_SURE = "With several attempts, “right” says what I did, not how much I know."
WIDTH, TOP, ROW = 560, 74, 25
BAR, FAR = 138, 212  # where in a row the bar begins, and what is said beside it


class Keepsake:
    """A card with the modes that were begun, and the day; shown as a picture with a link to keep it."""

    def __init__(self, standings: Sequence[Standing], name: str = "", day: date | None = None) -> None:
        self.standings = [standing for standing in standings if standing.answered]
        self.name, self.day = readable(name).strip(), day or clock.today()

    @property
    def lines(self) -> list[str]:
        """What stands on it, as text."""
        heading = " · ".join([TITLE, *([self.name] if self.name else []), spacing.in_words(self.day)])
        rows = [f"{standing.mode.title}: {words.how_far(standing)}" for standing in self.standings]
        return [heading, *rows, *self.notes]

    @property
    def notes(self) -> list[str]:
        """How sure that is."""
        test = next((one for one in self.standings if one.mode.name == "test" and one.judged), None)
        if test is None:
            return [HOW_SURE, MODEST]
        low, high = (f"{100 * share:.0f} %" for share in verdict.interval(test.right, test.judged))
        return [f"Test: {test.right} of {test.judged} right. {result.FEW.format(low=low, high=high)}", MODEST]

    @cached_property
    def picture(self) -> Picture:
        """The card as a picture."""
        notes = [line for note in self.notes for line in wrap(note, 84)]
        paper = Paper(WIDTH, TOP + ROW * len(self.standings) + 18 + 16 * len(notes))
        paper.frame(0, 0, WIDTH, TOP + ROW * len(self.standings) + 18 + 16 * len(notes))
        paper.text(16, 26, TITLE, 19, ha="left", weight="bold")
        whose = [shortened(self.name, 44)] if self.name else []
        paper.text(16, 52, " · ".join([*whose, spacing.in_words(self.day)]), 13, ha="left")
        for number, standing in enumerate(self.standings):
            _row(paper, TOP + ROW * (number + 0.5), standing)
        for number, line in enumerate(notes):
            paper.text(16, TOP + ROW * len(self.standings) + 10 + 16 * (number + 0.5), line, 11, ha="left", alpha=0.8)
        return Picture(paper.figure, " ".join(f"{line.rstrip('.')}." for line in self.lines))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        data = base64.b64encode(self.picture.png()).decode("ascii")
        keep = (
            f'<a download="attention-{self.day.isoformat()}.png" href="data:image/png;base64,{data}">Keep the card</a>'
        )
        items = "".join(f"<li>{html.escape(line)}</li>" for line in self.lines)
        text = f"<details><summary>The same as text</summary><ul>{items}</ul></details>"
        shown = self.picture._repr_mimebundle_()["text/html"]
        return {"text/html": f"{shown}<p>{keep} (a PNG file)</p>{text}", "text/plain": "\n".join(self.lines)}


def _row(paper: Paper, y: float, standing: Standing) -> None:
    paper.text(16, y, standing.mode.title, 13, ha="left")
    share = standing.answered / standing.asked if standing.asked else 0
    paper.cells(np.array([[BAR, y - 4]]), 60 * share, 8, PAGE["strong-line"].light)
    paper.frame(BAR, y - 4, 60, 8)
    paper.text(FAR, y, words.how_far(standing, short=True), 11.5, ha="left")
