"""Grades a whole class: executes in parallel, keeps the gradebook in one hand, goes on where it was stopped."""
