"""The cards for Anki, in Anki's own text format, with their pictures as SVG in the text.

No package (.apkg) is made: it would need a library, which a released notebook that lies alone has not. A card has the
same id in each file: whoever imports a newer one has no card twice, and keeps what Anki knows of it.
"""

import csv
import io
from collections.abc import Iterable

from attention_course.exercises import text_html
from attention_course.exercises.card import Card

DECK = "Attention mechanism"
COLUMNS = {"guid": 1, "tags": 4}  # Anki counts from 1; what is between them are the fields of a note: front, back
HEAD = f"#separator:tab\n#html:true\n#notetype:Basic\n#deck:{DECK}\n" + "".join(
    f"#{what} column:{column}\n" for what, column in COLUMNS.items()
)


def text(lesson: str, cards: Iterable[Card]) -> str:
    """Return the file: a line for each card."""
    file = io.StringIO()
    rows = csv.writer(file, delimiter="\t", lineterminator="\n")
    for card in cards:
        back = text_html.paragraphs(card.answer or "") + _picture(card)
        front = text_html.paragraphs(card.prompt)
        rows.writerow([f"attention-course/{lesson}/{card.name}", front, _line(back), f"attention {card.concept}"])
    return HEAD + file.getvalue()


def _picture(card: Card) -> str:
    picture = card.perform(()).picture if card.draw else None
    return f'<div style="max-width: {picture.width}px; margin: 1em auto">{picture.svg()}</div>' if picture else ""


def _line(html: str) -> str:
    return " ".join(html.split())
