"""The list of a course's students, as Canvas, Moodle or a spreadsheet gives it: one reader for all who need it.

read_roster (what a CSV file says of each student) -> enrol (the gradebook); lms/collect and lms/export read it, too.
"""
