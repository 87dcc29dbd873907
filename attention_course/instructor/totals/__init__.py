"""What a course comes to: every student's work in every lesson, and the total that the course's weights make of it.

read_class (gradebook and folders -> who has what) + rules (CourseTotal, as configured) -> total (a number, exactly)
"""
