"""Which ids a student may have."""

import re

FORBIDDEN = re.compile(r"""^\.|^-|\.\.|[/\\*?\[\]]""")


def can_name_folder(student: str) -> bool:
    """Can a student's id be the name of a folder, and of nothing but a folder in submitted/?"""
    return bool(student) and student == student.strip() and student.isprintable() and not FORBIDDEN.search(student)
