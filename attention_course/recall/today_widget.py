"""The widget that says which cards are due: it follows every review, leads to the cards, and hands out files."""

import pkgutil
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from attention_course.answers import clock
from attention_course.page import assets, joining

RUN_IT = "Run this cell: it says which cards are due today."


def _packaged(name: str) -> str:
    """Return the text of one of the package's files, also where the package was imported from memory."""
    return (pkgutil.get_data("attention_course", name) or b"").decode()


class TodayWidget(anywidget.AnyWidget):
    """Shows what is due. `due` has the names of the cards in the order in which they come.

    `looked` is called each time a page shows it, and `file` returns the name, the type and the text of a file.
    """

    _esm = joining.script("recall/today.js", _packaged)
    _css = assets.colours(".attention-question", themed=True) + joining.style("recall/today.css", _packaged)
    lesson = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    due = traitlets.List().tag(sync=True)
    _ipython_display_ = None  # that of ipywidgets 7 would leave out what _repr_mimebundle_ adds

    def __init__(self, lesson: str, looked: Callable[[], None], file: Callable[[str], tuple[str, str, str]]) -> None:
        super().__init__(lesson=lesson)
        self._looked, self._file = looked, file
        self.on_msg(self._on_message)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the widget, and beside it what is seen where there is none: days pass, so nothing else is kept."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/plain": RUN_IT, "text/html": f"<p>{RUN_IT}</p>"}, metadata

    def tell(self, html: str, due: list[str]) -> None:
        """Show what there is to say by now."""
        with self.hold_sync():
            self.due, self.html = due, html

    def _on_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        kind = content.get("kind") if isinstance(content, dict) else None
        if kind == "look":
            clock.set_zone(content.get("zone"))
            self._looked()
        elif kind == "file" and content.get("file") in ("anki", "calendar"):
            name, media_type, text = self._file(content["file"])
            self.send({"kind": "file", "id": content.get("id"), "name": name, "type": media_type, "text": text})
