"""A lesson that is changed after its release: what changed, whom it costs, and what a regrade makes of it."""

from attention_course.instructor import nbgrader_internals  # noqa: F401  before anything imports what it leaves out
