"""Self-contained HTML pages for the instructor and the student: templates, one style, nothing from the network."""

import re
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from attention_course.page import assets
from attention_course.pictures.picture import readable

FOLDER = Path(__file__).parent
_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER),
    autoescape=True,  # names and comments are text, whatever they hold
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def number(value: float) -> str:
    """Return points as people write them: 1, 0.5, 2.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def counted(count: float, thing: str) -> str:
    """Return a number with its noun: "1 point", "2 points"."""
    return f"{number(count)} {thing}{'' if count == 1 else 's'}"


def full_name(first: str | None, last: str | None, student: str) -> str:
    """Return a student's name on one line, or the id where there is none; nothing in it turns the text around it."""
    name = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", f"{first or ''} {last or ''}").strip()
    return readable(name or student)


_environment.filters |= {"number": number, "counted": counted}
_environment.globals["colours"] = Markup(assets.colours(":root"))


def render(template: str, **values: Any) -> str:
    """Return a page: a template of this folder with its values, texts escaped and `markupsafe.Markup` taken as HTML."""
    return _environment.get_template(template).render(**values)
