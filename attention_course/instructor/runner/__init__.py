"""Grades a whole class: executes in parallel, keeps the gradebook in one hand, goes on where it was stopped."""

from attention_course.instructor import nbgrader_internals  # noqa: F401  before anything imports what it leaves out
