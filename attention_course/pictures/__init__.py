"""Matrices as pictures, for a page in light or dark, with a text alternative."""
