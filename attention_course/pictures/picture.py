"""Finished pictures: a matplotlib figure and the words that stand for it."""

from __future__ import annotations

import base64
import html
import io
import os
import re
import secrets
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from attention_course.pictures.palette import ROLES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CSS_PIXELS_PER_INCH = 96
SANS_SERIF = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

# A role's colour is mixed with the ink, so that it can be read wherever the ink can.
MIXED = "; ".join(f"--ac-{name}: color-mix(in srgb, {one.light} 55%, currentColor)" for name, one in ROLES.items())
# In a notebook the SVG is shown, in print the PNG. Where a front end trusts an output so little that it takes style and
# SVG away, as JupyterLab does with a notebook of somebody else's, nothing hides the PNG, and what the SVG leaves, its
# texts, stays hidden by the style of its box.
IN_A_NOTEBOOK = f"""<style>
.attention-picture {{ {MIXED}; }}
@media not print {{
  .attention-picture > img {{ display: none; }}
  .attention-picture > div {{ display: block !important; }}
}}
</style>"""

# matplotlib draws with shared settings, so two threads must not draw at once.
_drawing = threading.Lock()


def readable(text: object) -> str:
    """Return `text` as one line that XML, HTML and a font can carry: no control characters."""
    line = str(text).replace("\r\n", "⏎").replace("\n", "⏎").replace("\t", "⇥")
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]", "\N{REPLACEMENT CHARACTER}", line)


class Picture:
    """A matplotlib figure with its text alternative, as PNG, as SVG, and as a notebook's output.

    Build the figure with `matplotlib.figure.Figure`, not with pyplot, which would keep it and show it twice.
    Black is the ink: in the SVG whatever is black takes the colour of the text around it, so that the
    picture follows a dark theme. Give a legend `frameon=False` there.
    """

    def __init__(self, figure: Figure, alt: str) -> None:
        if not hasattr(figure, "savefig"):
            raise TypeError(f"Picture needs a matplotlib Figure, but got {type(figure).__name__}.")
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError("Picture needs a text alternative: say in `alt` what the figure shows.")
        self.figure = figure
        self.alt = readable(alt.strip())

    def png(self) -> bytes:
        """Return the picture as PNG: opaque white paper, twice the resolution it is shown at."""
        return self._png

    def svg(self) -> str:
        """Return the picture as an `<svg>` element to put into a page: transparent, following its theme."""
        return self._svg

    def html(self) -> str:
        """Return an `<img>` element that holds the PNG."""
        return self._html

    @property
    def width(self) -> int:
        """The natural width in CSS pixels."""
        return round(self.figure.get_figwidth() * CSS_PIXELS_PER_INCH)

    @cached_property
    def _png(self) -> bytes:
        with _matplotlib_alone():
            file = io.BytesIO()
            # Without the `Software` entry the same picture is the same bytes under every matplotlib version.
            self.figure.savefig(
                file,
                format="png",
                dpi=2 * CSS_PIXELS_PER_INCH,
                facecolor="white",
                edgecolor="none",
                metadata={"Software": None},
            )
        return file.getvalue()

    @cached_property
    def _svg(self) -> str:
        with _matplotlib_alone():
            file = io.StringIO()
            self.figure.savefig(file, format="svg", transparent=True)
        return _inline_svg(file.getvalue(), self.alt, self.width)

    @cached_property
    def _html(self) -> str:
        data = base64.b64encode(self.png()).decode("ascii")
        style = f"width:{self.width}px;max-width:100%;height:auto"
        return f'<img src="data:image/png;base64,{data}" alt="{html.escape(self.alt)}" style="{style}">'

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # What nbgrader runs becomes a static page, which is light, and printed.
        shown = self.html() if os.environ.get("NBGRADER_EXECUTION") else self._for_a_notebook()
        return {"text/html": shown, "text/plain": self.alt}

    def _for_a_notebook(self) -> str:
        """Return HTML that follows the theme of the notebook around it."""
        drawn = f'<div style="display:none">{self.svg()}</div>'
        return f'<div class="attention-picture">{IN_A_NOTEBOOK}{drawn}{self.html()}</div>'

    def __repr__(self) -> str:
        return f"Picture({self.alt!r})"


@contextmanager
def _matplotlib_alone() -> Iterator[None]:
    """Draw with our own settings, one thread at a time, silent about letters the font lacks."""
    import matplotlib

    settings: Any = {
        "savefig.bbox": "standard",
        "savefig.transparent": False,
        "svg.fonttype": "none",
        "svg.image_inline": True,
    }
    with _drawing, matplotlib.rc_context(settings), warnings.catch_warnings():
        # A warning would end up in stderr, and nbgrader gives no points to a cell that writes there.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def _inline_svg(document: str, alt: str, width: int) -> str:
    """Turn matplotlib's SVG document into an element that can stand in a page beside others."""
    root = ElementTree.fromstring(document)
    referenced = set(re.findall(r'(?:url\(|href=")#([\w-]+)', document))
    prefix = f"p{secrets.token_hex(4)}-"
    for element in root.iter():
        _drop_page_wide_children(element)
        element.tag = _local(element.tag)
        element.attrib = {
            _local(name): _themed(value, prefix)
            for name, value in element.attrib.items()
            if name != "id" or value in referenced
        }
        if "id" in element.attrib:
            element.set("id", prefix + element.attrib["id"])
        if element.tag == "text":
            element.set("style", _in_page_colours(element.get("style", "")))
        if element.tag not in ("text", "tspan"):
            element.text = None
        element.tail = None
    root.attrib = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": root.attrib["viewBox"],
        "role": "img",
        "aria-label": alt,
        "fill": "currentColor",  # matplotlib names no fill where it is black
        "style": f"display:block;width:100%;max-width:{width}px;height:auto;font-family:{SANS_SERIF};"
        "stroke-linejoin:round;stroke-linecap:butt",
    }
    return ElementTree.tostring(root, encoding="unicode")


def _in_page_colours(style: str) -> str:
    """Let a text in a role's colour take it from the page, where it follows the theme."""
    for role, colour in ROLES.items():
        style = style.replace(f"fill: {colour.light}", f"fill: var(--ac-{role}, {colour.light})")
    return style


def _drop_page_wide_children(element: ElementTree.Element) -> None:
    """Remove metadata, and the `<style>` element whose `*` rule would hold for the whole page."""
    for child in list(element):
        if not isinstance(child.tag, str) or _local(child.tag) in ("metadata", "style"):
            element.remove(child)


def _local(name: str) -> str:
    """Return a name without its XML namespace."""
    return name.rpartition("}")[2]


def _themed(value: str, prefix: str) -> str:
    """Let black follow the theme, leave the typeface to the root, and make references this picture's own."""
    if value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    value = re.sub(r"\b(fill|stroke): #000000\b", r"\1: currentColor", value)
    value = re.sub(r"\bfont-family: [^;]*;? ?", "", value)
    return value.replace("url(#", f"url(#{prefix}")
