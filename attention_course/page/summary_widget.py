"""The widget of a lesson's summary: it follows every answer, and leads to the question that is to be gone on with."""

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from attention_course.page import assets


class SummaryWidget(anywidget.AnyWidget):
    """Shows a summary. `saved_bundle` is what the notebook keeps of it, for whoever opens it without a kernel.

    `looked` is called each time a page shows the summary or has saved its notebook, and tells it anew; `sit_again`
    where the student asks for another sitting.
    """

    _esm = assets.summary_script()
    _css = assets.summary_style()
    lesson = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    saved_bundle = traitlets.Dict().tag(sync=True)
    _ipython_display_ = None  # that of ipywidgets 7 would leave out what _repr_mimebundle_ adds

    def __init__(
        self,
        lesson: str,
        html: str,
        saved_bundle: dict[str, Any],
        looked: Callable[[], None],
        sit_again: Callable[[], None],
    ) -> None:
        super().__init__(lesson=lesson, html=html, saved_bundle=saved_bundle)
        self._looked, self._sit_again = looked, sit_again
        self.on_msg(self._on_message)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the widget alone: what is seen where there is no widget stands in an output of its own."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/plain": "", "text/html": ""}, metadata

    def tell(self, html: str, saved_bundle: dict[str, Any]) -> None:
        """Show what there is to say by now."""
        with self.hold_sync():
            self.html, self.saved_bundle = html, saved_bundle

    def _on_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        kind = content.get("kind") if isinstance(content, dict) else None
        if kind == "look":
            self._looked()
        elif kind == "sit":
            self._sit_again()
            self.send({"kind": "begun"})
