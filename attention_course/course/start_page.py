"""StartPage: what a notebook shows of all lessons, from the records of its neighbours as they are now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from attention_course.answers import colab
from attention_course.course import cards, facts, neighbours, standing
from attention_course.course.neighbours import Found
from attention_course.course.standing import Standing

if TYPE_CHECKING:
    from attention_course.course.keepsake import Keepsake

IN_COLAB = (
    "Google Colab lets no notebook read another one: open the lessons by the links above. To see here what you have "
    "done in one, copy the answer code that its last cells show, and paste it between the quotes in this cell."
)
NONE_HERE = (
    "No lesson's notebook lies beside this page: put them into its folder and run this cell again, or paste the answer "
    "codes that the lessons show between the quotes in this cell."
)


class StartPage:
    """All modes as cards, with how far one is in each; `codes` has answer codes that lessons show, if any.

    It looks at the notebooks in its folder each time it is shown, and changes nothing in them.
    """

    def __init__(self, codes: str = "", *, folder: Path | None = None) -> None:
        self._codes, self._folder = codes, folder or Path.cwd()
        self._facts = facts.known()

    def look(self) -> tuple[list[Standing], list[str]]:
        """Return how far one is in each mode, and a sentence on each thing that could not be used."""
        in_colab = colab.is_here()
        if in_colab:
            found = Found()
            neighbours.take_codes(self._codes, self._facts, found)
        else:
            found = neighbours.look(self._folder, self._facts, self._codes)
        if not found.neighbours:
            found.sentences.insert(0, IN_COLAB if in_colab else NONE_HERE)
        return standing.of_modes(self._facts, found), found.sentences

    def card(self, name: str = "") -> Keepsake | None:
        """Return a dated picture of what is done, to keep; says so where nothing is. `name` stands on it, if given."""
        standings, _ = self.look()
        if not any(each.answered for each in standings):
            print("Nothing is answered yet, so there is nothing to put on a card.")
            return None
        from attention_course.course.keepsake import Keepsake  # it draws, which needs numpy

        return Keepsake(standings, name)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        standings, sentences = self.look()
        folder = None if colab.is_here() else self._folder
        return {
            "text/html": cards.as_html(standings, self._facts, sentences, folder),
            "text/plain": cards.as_text(standings, sentences),
        }
