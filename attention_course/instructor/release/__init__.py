"""What makes a release of a source notebook: nbgrader's steps of this course, one a file."""
