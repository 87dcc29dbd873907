"""What a student may hand in, read in one way: for grading (runner) and for what is collected (lms/collect).

notebook_names (is it a notebook's name, and the lesson's?) -> unpack, zip_entries (archives, never trusted)
-> read_notebook (the file's content, by the same reader as nbgrader's steps).
"""
