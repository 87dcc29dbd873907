"""What is put away whole: a term that is over, a student who has left. It lies in archive/, and nothing is deleted.

leftovers (what there is) -> put_away (moves it, and goes on where it was stopped) -> empty_gradebook (to begin with)
"""
