"""WriteCards: the start page has the modes and the path in Markdown, as the lessons themselves say what they are."""

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.course import cards, facts

PLACES = {"<!-- modes -->": cards.modes_in_markdown, "<!-- path -->": cards.path_in_markdown}


class WriteCards(NbGraderPreprocessor):
    """Writes both lists in the place of a comment that names it; a notebook without such comments stays as it is."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Write into one cell."""
        if cell.cell_type == "markdown":
            for place, in_markdown in PLACES.items():
                if place in cell.source:
                    cell.source = cell.source.replace(place, in_markdown(facts.known()))
        return cell, resources
