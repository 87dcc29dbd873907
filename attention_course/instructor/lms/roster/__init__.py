"""The list of a course's students, as Canvas, Moodle or a spreadsheet gives it: one reader for all who need it.

table (what a CSV file says of each student) -> enrol (the gradebook); attention_course/instructor/lms/collect and
attention_course/instructor/lms/export read it, too. gradebook opens the gradebook for whoever only reads it.
"""
