"""Drawing: code of the instructor's makes a picture of what a program computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from attention_course.exercises import program
from attention_course.pictures.picture import Picture


@dataclass(frozen=True)
class Shown:
    """What an answer did: its run (None where nothing ran), and the picture of it or why there is none.

    `words` are sentences in the light markup on what came out; `on_page` says that the page of the question draws the
    picture by itself.
    """

    run: program.Run | None
    picture: Picture | None
    complaint: str = ""
    words: Sequence[str] = ()
    on_page: bool = False


def draw(code: str, names: dict[str, Any]) -> tuple[Picture | None, str]:
    """Run drawing code among the given names; its last line is a Picture or a matrix to be drawn as a heatmap.

    Returns the picture, or None and a sentence that says why there is none.
    """
    from attention_course.pictures.heatmap import heatmap
    from attention_course.pictures.strips import strips

    drawn = program.run(code, given={**names, "heatmap": heatmap, "strips": strips, "Picture": Picture})
    if drawn.error:
        return None, f"There is nothing to draw: {drawn.error}"
    if isinstance(drawn.value, Picture):
        return drawn.value, ""
    try:
        return heatmap(drawn.value, title=code if code.isidentifier() else None), ""
    except Exception as error:  # a picture that fails costs nobody the verdict
        return None, f"There is nothing to draw: {error}"


def shown(run: program.Run, drawing: str | None, picks: list[str]) -> Shown:
    """Return what a run did, drawn by code that finds what the run defined, and the answer as `picks`.

    It is drawn when the program raised, too: a picture of how far it came, or of what it would have made, teaches more
    than the error alone.
    """
    if not drawing:
        return Shown(run, None)
    picture, complaint = draw(drawing, {**run.names, "picks": picks})
    return Shown(run, picture, "" if run.error else complaint)
