"""Marks: what somebody gave by hand, scores and comments, and how it is changed for many and taken back."""
