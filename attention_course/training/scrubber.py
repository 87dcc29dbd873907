"""Scrubber: a slider over the checkpoints of a training run, as a widget. All that it shows is sent once."""

import html
import os
import pkgutil
from typing import Any

import anywidget
import traitlets

from attention_course.page import assets, joining
from attention_course.training.film import film
from attention_course.training.run import Run
from attention_course.training.tasks import Batch

NOTHING_YET = "Nothing is trained yet: first run the cell above that trains."


def scrubber(run: Run, one: Batch) -> "ScrubberWidget | None":
    """Show a run as a slider over its checkpoints, with numbers, curves, and the maps of one sequence.

    `one` is a batch of that sequence. Where nothing is trained yet, this is said, and nothing is shown.
    """
    if len(run.checkpoints) < 2:
        print(NOTHING_YET)
        return None
    return ScrubberWidget(film(run, one))


def _packaged(name: str) -> str:
    """Return the text of one of the package's files, also where the package was imported from memory."""
    return (pkgutil.get_data("attention_course", name) or b"").decode()


class ScrubberWidget(anywidget.AnyWidget):
    """Shows the film of a run; nothing of it is recorded."""

    _esm = joining.script("training/scrubber.js", _packaged)
    _css = assets.colours(".attention-question", themed=True) + joining.style("training/scrubber.css", _packaged)
    film = traitlets.Dict().tag(sync=True)
    _ipython_display_ = None  # that of ipywidgets 7 would leave out what _repr_mimebundle_ adds

    def __init__(self, film: dict[str, Any]) -> None:
        super().__init__(film=film)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the widget, and beside it what is seen where no widget can be: how the run ended."""
        words = in_words(self.film)
        beside = {"text/plain": words, "text/html": f"<p>{html.escape(words)}</p>"}
        if os.environ.get("NBGRADER_EXECUTION"):  # what nbgrader runs becomes a static page
            return beside, {}
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, **beside}, metadata


def in_words(film: dict[str, Any]) -> str:
    """Say where a run ended."""
    layers = [
        f"layer {number} has {mass:.2f} of its weight on the right keys"
        for number, mass in enumerate(film["mass"][-1], 1)
    ]
    return (
        f"{len(film['steps'])} checkpoints. After {film['steps'][-1]} steps: loss {film['loss'][-1]:.2f}, "
        f"accuracy {film['accuracy'][-1]:.2f}; {'; '.join(layers)}."
    )
