"""A student's answers: the record of them, and every place where it is kept."""
