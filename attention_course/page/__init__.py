"""What the student sees of a question: widget, verdict, receipt, summary, and the same as static HTML."""
