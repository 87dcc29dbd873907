"""nbgrader looks for a file of this name; the course's configuration is in course_config.py."""

load_subconfig("course_config.py")  # noqa: F821
