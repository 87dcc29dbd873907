"""Self-contained HTML pages for the instructor and the student: templates, one style, nothing from the network."""

from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from attention_course.instructor.formatting import counted, number
from attention_course.page import assets

FOLDER = Path(__file__).parent
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
    """Return a page: a template of this folder with its values, texts escaped and `markupsafe.Markup` taken as HTML."""
    return _environment.get_template(template).render(**values)
