"""What nbgrader loads: one step a file; course_config.py lists them and says why they stand in that order."""
