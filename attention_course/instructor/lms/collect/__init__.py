"""What students handed in to a learning management system (Moodle, Canvas), sorted into the course's submitted/ folder.

downloads -> unpack (archives) -> whose is it (names, roster) -> which is the newest (choose, ledger) -> submitted/
"""
