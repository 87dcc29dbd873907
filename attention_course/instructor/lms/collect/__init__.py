"""What students handed in to a learning management system (Moodle, Canvas), sorted into the course's submitted/ folder.

downloads -> unpack, zip_entries -> whose is it (file_names, owners) -> which is the newest (by_student, ledger)
-> submitted/ (collect_app, which is nbgrader's own collector). collect_downloads is all of it.
"""
