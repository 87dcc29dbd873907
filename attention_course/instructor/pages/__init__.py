"""Self-contained HTML pages for the instructor and the student: templates, one style, nothing from the network."""

import re
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from attention_course.instructor.formatting import counted, number
from attention_course.page import assets

FOLDER = Path(__file__).parent
# What no page may hold: control characters and half signs, and what has text stand in another order than it is read in.
HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER),
    autoescape=True,  # names and comments are text, whatever they hold
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters |= {"number": number, "counted": counted}
_environment.globals["colours"] = Markup(assets.colours(":root"))
# On a dark screen; on paper all is light. An answered question brings the light colours along, which are not to win.
_DARK = assets.colours(":root, :root .attention-answer", dark=True)
_environment.globals["dark_colours"] = Markup(
    f"@media screen and (prefers-color-scheme: dark) {{\n:root {{ color-scheme: dark; }}\n{_DARK}}}\n"
)


def render(template: str, **values: Any) -> str:
    """Return a page: a template of this folder with its values, texts escaped and `markupsafe.Markup` taken as HTML.

    Each sign that would harm it, as in a student's code, is replaced.
    """
    return HARMFUL.sub("\N{REPLACEMENT CHARACTER}", _environment.get_template(template).render(**values))
