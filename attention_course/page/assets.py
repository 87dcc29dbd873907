"""What a page is given: the script and the styles, each as one text, and the palette's colours as CSS variables."""

import functools
import pkgutil

from attention_course.page import joining
from attention_course.pictures import palette


def loader_script() -> str:
    """Return the script that each question's widget carries, which loads that of all questions."""
    return joining.script("js/loader.js", _packaged)


@functools.cache
def question_script() -> str:
    """Return the script of all questions."""
    return joining.script("js/widget.js", _packaged)


@functools.cache
def question_style() -> str:
    """Return the style of a question in a notebook, whose colours follow the notebook's theme."""
    return colours(".attention-question", themed=True) + joining.style("css/question.css", _packaged)


def summary_script() -> str:
    """Return the script of a summary's widget."""
    return joining.script("js/summary.js", _packaged)


def summary_style() -> str:
    """Return the style of a summary in a notebook, which looks like a question."""
    return colours(".attention-question", themed=True) + joining.style("css/summary.css", _packaged)


def answer_style() -> str:
    """Return the style of an answered question as a static page: light only, since it is printed, too."""
    return colours(".attention-answer") + joining.style("css/answer.css", _packaged)


def colours(selector: str, *, themed: bool = False, dark: bool = False) -> str:
    """Return the palette as CSS variables, `--ac-key` and so on, for the elements that a selector finds.

    They are the light ones, or the `dark` ones; where they are `themed`, `color-scheme` says which.
    """
    rows = [
        f"  --ac-{name}: {f'light-dark({one.light}, {one.dark})' if themed else one.dark if dark else one.light};\n"
        for name, one in {**palette.ROLES, **palette.PAGE, **palette.TOKENS}.items()
    ]
    return f"{selector} {{\n{''.join(rows)}}}\n"


def _packaged(name: str) -> str:
    """Return the text of a file that lies beside this one, also where the package was imported from memory."""
    return (pkgutil.get_data("attention_course.page", name) or b"").decode()
