"""What students handed in to Moodle, Canvas or Blackboard, sorted into the course's submitted/ folder.

downloads -> unpack_downloads (handed_in opens archives) -> whose is it (file_names, owners) -> which is the newest
(by_student, ledger) -> submitted/ (collect_app, which is nbgrader's own collector). collect_downloads is all of it.
"""
