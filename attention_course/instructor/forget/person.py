"""Who is to be forgotten: the id, and what else tells this student from everybody else."""

import html
import json
import re
from dataclasses import dataclass

# Letters, digits and hyphens go on with a word: ann is no part of anna, of joann, or of ann-marie.
BEFORE, AFTER = r"(?<![\w-])", r"(?![\w-])"


@dataclass(frozen=True)
class Person:
    """A student, as far as the gradebook knows ("" where it does not)."""

    id: str
    name: str = ""
    email: str = ""
    lms_id: str = ""
    in_gradebook: bool = False
    submissions: int = 0

    def is_called(self, cell: str) -> bool:
        """Is this, in a column that tells students apart, the student?"""
        return cell == self.id or (bool(cell) and cell in (self.email, self.lms_id))

    def named_in(self, text: str) -> bool:
        """Does a text name the student by id or address, however it was written into a file?"""
        return re.search(self._pattern(self.id, self.email), text) is not None

    def shown_in(self, text: str) -> bool:
        """Does a page show the student, perhaps by name?"""
        return re.search(self._pattern(self.id, self.email, self.name), text) is not None

    @staticmethod
    def _pattern(*words: str) -> str:
        forms = {form for word in words if word for form in (word, html.escape(word), json.dumps(word)[1:-1])}
        return f"{BEFORE}(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))}){AFTER}"
