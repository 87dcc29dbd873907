"""What makes a student's feedback page of a graded notebook."""
