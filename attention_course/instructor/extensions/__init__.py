"""Students who differ: a later due date, and extra attempts, kept in the course's folder in extensions.csv.

extension (what one line says) -> file (reads and writes the file) -> extra_codes (codes for the notebook)
-> late (what of it the gradebook is told, and what a page says of it).
"""
