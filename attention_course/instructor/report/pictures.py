"""The class at a glance, as pictures."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from attention_course.instructor.formatting import counted, number, short_title
from attention_course.instructor.report.items import Item
from attention_course.instructor.report.results import ClassResults, Standing, StudentResults
from attention_course.pictures import palette
from attention_course.pictures.colours import rgb, text_colour
from attention_course.pictures.paper import Paper, shortened, text_width
from attention_course.pictures.picture import Picture

COLOURS = dict(zip(Standing, palette.STANDINGS, strict=True))
SYMBOLS = {
    Standing.FIRST: "✓",
    Standing.LATER: "(2, 3: at that attempt)",
    Standing.WRONG: "✗",
    Standing.NONE: "·",
    Standing.COMMITTED: "●",
    Standing.UNGRADED: "?",
}
MOST_ROWS = 60  # with more students the rows are too thin for symbols and names
ROW, COLUMN, TEXT = 21, 40, 12
THIN_HEIGHT = 480
BAR_WIDTH, BAR_HEIGHT = 420, 22


def class_picture(whole: ClassResults) -> Picture:
    """Draw students × questions, those with the most points first."""
    students = sorted(whole.students, key=lambda student: -student.total)
    named = len(students) <= MOST_ROWS
    row = ROW if named else max(THIN_HEIGHT / len(students), 0.2)
    labels = [shortened(student.name, 28) for student in students] if named else []
    left = max([text_width(label, TEXT) for label in labels], default=0) + 10
    width, height = left + COLUMN * len(whole.questions) + 70, ROW + row * len(students)
    legend = _legend(named, whole.standings)
    paper = Paper(max(width, legend[-1][2] + 160), height + 34)
    for column, question in enumerate(whole.questions):
        paper.text(left + COLUMN * (column + 0.5), ROW / 2, short_title(question), TEXT)
    if named:
        _draw_cells(paper, students, labels, left)
    else:
        colours = np.array([[rgb(COLOURS[result.standing]) for result in student.results] for student in students])
        paper.image(left, ROW, COLUMN * len(whole.questions), height - ROW, colours)
        paper.frame(left, ROW, COLUMN * len(whole.questions), height - ROW)
    for standing, words, x in legend:
        paper.cells(np.array([[x, height + 14]]), 14, 14, COLOURS[standing])
        paper.frame(x, height + 14, 14, 14)
        paper.text(x + 20, height + 21, words, TEXT, ha="left")
    return Picture(paper.figure, _described(whole))


def _legend(named: bool, standings: Sequence[Standing]) -> list[tuple[Standing, str, float]]:
    """Return what stands in the legend, and where."""
    entries, x = [], 0.0
    for standing in standings:
        words = f"{standing} {SYMBOLS[standing]}" if named else standing.value
        entries.append((standing, words, x))
        x += 36 + text_width(words, TEXT)
    return entries


def _draw_cells(paper: Paper, students: Sequence[StudentResults], labels: Sequence[str], left: float) -> None:
    for i, student in enumerate(students):
        y = ROW * (i + 1)
        paper.text(left - 8, y + ROW / 2, labels[i], TEXT, ha="right")
        for column, result in enumerate(student.results):
            x = left + COLUMN * column
            paper.cells(np.array([[x, y]]), COLUMN - 1, ROW - 1, COLOURS[result.standing])
            paper.text(x + COLUMN / 2, y + ROW / 2, result.symbol, TEXT, color=_ink(result.standing))
        paper.text(left + COLUMN * len(student.results) + 10, y + ROW / 2, number(student.total), TEXT, ha="left")


def _described(whole: ClassResults) -> str:
    counts = Counter(result.standing for student in whole.students for result in student.results)
    told = ", ".join(f"{counts[standing]} {standing}" for standing in whole.standings)
    return (
        f"{counted(len(whole.students), 'student')} by {counted(len(whole.questions), 'question')}, "
        f"the students with the most points first. Of all cells, {told}. The table below holds the same."
    )


def _ink(standing: Standing) -> str:
    return text_colour(rgb(COLOURS[standing]))


def questions_picture(items: Sequence[Item]) -> Picture:
    """Draw, for each question, how many students came out of it in which way."""
    names = [item.question.title for item in items]
    left = max(text_width(name, TEXT) for name in names) + 10
    paper = Paper(left + BAR_WIDTH, (BAR_HEIGHT + 4) * len(items))
    for i, item in enumerate(items):
        y, x = (BAR_HEIGHT + 4) * i, left
        paper.text(left - 8, y + BAR_HEIGHT / 2, names[i], TEXT, ha="right")
        for standing, count in item.standings.items():
            width = BAR_WIDTH * count / item.count
            paper.cells(np.array([[x, y]]), width, BAR_HEIGHT, COLOURS[standing])
            if width > text_width(str(count), TEXT) + 4:
                paper.text(x + width / 2, y + BAR_HEIGHT / 2, str(count), TEXT, color=_ink(standing))
            x += width
        paper.frame(left, y, BAR_WIDTH, BAR_HEIGHT)
    told = "; ".join(f"{item.question.title}: {item.came_out}" for item in items)
    return Picture(paper.figure, f"How many students got each question right. {told}.")


def scores_picture(totals: Sequence[float], most: float) -> Picture:
    """Draw how many students have how many points."""
    counts, labels = _binned(totals, most)
    step, highest = 44, 120
    paper = Paper(step * len(counts) + 20, highest + 62)
    for i, (count, label) in enumerate(zip(counts, labels, strict=True)):
        x, height = 10 + step * i, highest * count / max(counts)
        paper.cells(np.array([[x + 3, 20 + highest - height]]), step - 6, height, COLOURS[Standing.FIRST])
        paper.text(x + step / 2, 20 + highest - height - 9, str(count), TEXT)
        paper.text(x + step / 2, highest + 32, label, TEXT)
    paper.text(10 + step * len(counts) / 2, highest + 52, "points", TEXT)
    told = "; ".join(f"{label}: {count}" for count, label in zip(counts, labels, strict=True) if count)
    return Picture(paper.figure, f"How many students have how many points (points: students). {told}.")


def _binned(totals: Sequence[float], most: float) -> tuple[list[int], list[str]]:
    """Return counts and labels: one bar for each whole number of points, or ten bars where there are many."""
    width = 1 if most <= 20 else most / 10
    bars = int(np.ceil(max(most, *totals, 1) / width)) + (width == 1)
    places = Counter(min(max(int(total // width), 0), bars - 1) for total in totals)
    labels = [number(i) if width == 1 else f"{number(i * width)}–{number((i + 1) * width)}" for i in range(bars)]
    return [places[i] for i in range(bars)], labels
