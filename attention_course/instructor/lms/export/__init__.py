"""Grades out: CSV files as the gradebooks of Canvas and Moodle import them, for `nbgrader export --exporter`.

scores (what the gradebook holds) + match_rows (who that is on the roster) -> canvas, moodle (the file's columns)
"""

from attention_course.instructor.lms.export.canvas import CanvasExport
from attention_course.instructor.lms.export.moodle import MoodleExport

__all__ = ["CanvasExport", "MoodleExport"]
