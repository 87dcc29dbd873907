"""Takes a student out of the course, and proves it.

person (who that is) -> tables (lines of CSV files) -> traces (all there is of the student) -> remove
-> search (the proof).
"""
