"""The start page: all lessons as modes with what one has done in them, looked up in the notebooks beside it.

facts (what each lesson says of itself: lessons.json) and modes -> neighbours (notebooks and answer codes) -> standing
(how far a mode is) -> cards (as HTML, and as Markdown for a release) -> start_page. And keepsake: what was done, as a
picture. Nothing of a neighbour is run or changed.
"""

from attention_course.course.start_page import StartPage

__all__ = ["StartPage"]
