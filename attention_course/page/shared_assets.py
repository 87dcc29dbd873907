"""SharedAssets: the script and the style of all questions, which a page is sent once, however many it shows.

anywidget sends each widget's script and style with the widget, imports the one and replaces the other: for 25 questions
that is 6 MB and 25 times all styles of the page. So a question's own script is a short one, `js/loader.js`, that takes
the rest from here.
"""

import functools
from typing import Any

import ipywidgets
import traitlets

from attention_course.page import assets


class SharedAssets(ipywidgets.Widget):
    """A model without a view that holds a script and a style."""

    script = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


@functools.cache
def of_questions() -> SharedAssets:
    """Return what all questions of this kernel share; it is sent when it is first asked for."""
    return SharedAssets(script=assets.question_script(), style=assets.question_style())


def content() -> dict[str, Any]:
    """Return the same as a message, for a page that cannot find it by its id."""
    return {"script": assets.question_script(), "style": assets.question_style()}
