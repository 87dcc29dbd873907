"""What is asked, as data, and how an answer to it is judged: one file a kind."""
