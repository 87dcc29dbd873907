"""Cards: the modes as a list, as HTML that follows the notebook's theme, as plain text, and as Markdown."""

import html
import os
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from attention_course.course import modes, words
from attention_course.course.facts import Facts
from attention_course.course.standing import Standing
from attention_course.page import assets, joining
from attention_course.page.path import PATH

LINK = "../{lesson}/{lesson}.ipynb"  # from a release to its neighbour


def as_html(
    standings: Sequence[Standing], facts: Mapping[str, Facts], sentences: Sequence[str], folder: Path | None
) -> str:
    """Return the cards as HTML; `folder` is where their links lead from, None where no link leads anywhere."""
    said, first = words.advice(standings)
    all_done = "" if first else f"<p><strong>{html.escape(said)}</strong></p>"
    notes = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in sentences)
    listed = f'<ul class="ac-notes">{notes}</ul>' if notes else ""
    items = "".join(_card(standing, facts, folder, said if standing is first else "") for standing in standings)
    modes_list = f'<ul class="ac-modes" role="list">{items}</ul>'
    return (
        f'<style>{style()}</style><div class="attention-question attention-start">{all_done}{listed}{modes_list}</div>'
    )


def _card(standing: Standing, facts: Mapping[str, Facts], folder: Path | None, advice: str) -> str:
    mode = standing.mode
    about = " · ".join([modes.time(mode, facts), words.counted(modes.points(mode, facts), "point")])
    share = 100 * standing.answered / standing.asked if standing.asked else 0
    advised = f'<p class="ac-advice">{html.escape(advice)}</p>' if advice else ""
    return (
        f'<li class="ac-mode{" ac-first" if advice else ""}"><h3>{html.escape(mode.title)}</h3>{advised}'
        f'<p>{html.escape(mode.what)}</p><p class="ac-about">{html.escape(about)}</p>'
        f'<div class="ac-bar" aria-hidden="true"><div style="width: {share:.0f}%"></div></div>'
        f'<p class="ac-far">{html.escape(words.how_far(standing))}</p><p>{_next(standing, folder)}</p></li>'
    )


def _next(standing: Standing, folder: Path | None) -> str:
    text = html.escape(words.next_step(standing))
    if standing.file is None or folder is None:
        return text
    return f'<a href="{href(standing.file, folder)}">{text}</a>'


def href(file: Path, folder: Path) -> str:
    """Return how a link in a notebook of a folder leads to a file."""
    return html.escape(quote(Path(os.path.relpath(file, folder)).as_posix()))


def as_text(standings: Sequence[Standing], sentences: Sequence[str]) -> str:
    """Return the cards as plain text."""
    said, first = words.advice(standings)
    lines = [f"{each.mode.title}: {words.how_far(each)}. {words.next_step(each)}." for each in standings]
    return "\n".join([*sentences, f"{first.mode.title}: {said}" if first else said, *lines])


@cache
def style() -> str:
    """Return the cards' style, whose colours follow the notebook's theme."""
    return assets.colours(".attention-question", themed=True) + joining.style("course/start.css", _packaged)


def _packaged(name: str) -> str:
    """Return the text of one of the package's files, also where the package was imported from memory."""
    return (pkgutil.get_data("attention_course", name) or b"").decode()


# ---- as a release has them, before anything is run


def modes_in_markdown(facts: Mapping[str, Facts]) -> str:
    """Return the modes as a list in Markdown, with links from a release to its neighbours."""
    lines = []
    for mode in modes.there(facts):
        link = f"[**{mode.title}**]({LINK.format(lesson=mode.lesson)})"
        about = f"{modes.time(mode, facts)}, {words.counted(modes.points(mode, facts), 'point')}"
        first = f" **{words.TEST_FIRST}**" if mode.name == "test" else ""
        lines.append(f"- {link} · {mode.what} *{about[0].upper()}{about[1:]}.*{first}")
    return "\n".join(lines)


def path_in_markdown(facts: Mapping[str, Facts]) -> str:
    """Return the path as a numbered list in Markdown, with what each lesson needs."""
    lines = [
        f"{place}. [`{lesson}`]({LINK.format(lesson=lesson)}) · {facts[lesson].time} · "
        f"{words.counted(facts[lesson].points, 'point')} · needs {PATH[lesson]}"
        for place, lesson in enumerate(modes.path(facts), start=1)
    ]
    hours = round(sum(each.minutes for each in facts.values()) / 30) / 2
    points = words.counted(sum(each.points for each in facts.values()), "point")
    return "\n".join([*lines, "", f"Together about {words.counted(hours, 'hour')} and {points}."])
