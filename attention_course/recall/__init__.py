"""The lesson `recall`: which cards are due today, and the files to take them along. Packed where a lesson imports it.

misses (what went wrong elsewhere) -> agenda (what is due) -> today_html -> shown_today, which today_widget shows and
anki_file and calendar_file hand out. The cards themselves are a kind like others: exercises/card.py.
"""

from attention_course.recall.shown_today import today

__all__ = ["today"]
