"""Every colour of the course, on light and on dark paper: of its roles, its pages and exercises, and its pictures.

A role has one colour wherever it is met: in programs, texts, blanks, options and heatmaps.
"""

from typing import NamedTuple


class Colour(NamedTuple):
    """One colour as it is seen on light and on dark paper."""

    light: str
    dark: str


ROLES = {
    "query": Colour("#a3246e", "#ff9fd0"),  # magenta
    "key": Colour("#7a5a00", "#e6c35c"),  # gold
    "scores": Colour("#6a3fb5", "#c9adff"),  # violet
    "weights": Colour("#2553b5", "#92b4ff"),  # blue
    "value": Colour("#006d5b", "#5fd6b5"),  # green that leans to blue
    "output": Colour("#00678a", "#62cbef"),  # between the weights' blue and the values' green, of which it is made
}
PAGE = {
    "ink": Colour("#1f2328", "#e8eaed"),
    "muted": Colour("#5b6168", "#a9b0b7"),
    "paper": Colour("#ffffff", "#212121"),
    "code-paper": Colour("#f6f7f8", "#2a2c2f"),
    "line": Colour("#d5d9dd", "#4a4f55"),
    "strong-line": Colour("#868d95", "#8b929a"),
    "accent": Colour("#3c4f63", "#b9cbdd"),  # what can be done: buttons, links, focus; the colour of no role
    "on-accent": Colour("#ffffff", "#16202a"),
    "accent-paper": Colour("#e9eef3", "#2c3947"),
    "right": Colour("#1b6e2d", "#7ccf8a"),
    "wrong": Colour("#b3261e", "#ff9a8f"),
}
# The paper of the numbers of each token, where they are moved about. A number says its token, too.
TOKENS = {
    "token-0": Colour("#f6e3b4", "#6b5a2a"),
    "token-1": Colour("#a9cfee", "#2b5876"),
    "token-2": Colour("#e0a277", "#8a3f1d"),
    "token-3": Colour("#b3aee0", "#3d3580"),
}

# A heatmap's cells have their own paper, so they look the same in both themes. What is positive takes the light colour
# of its role, what is negative one that no role has; brown keeps apart from blue, green and violet for every kind of
# colour blindness.
ZERO = "#f7f7f7"
NEGATIVE = "#8c4a14"  # brown
NEGATIVE_KEY = "#4f6485"  # steel, as brown is too near to the keys' gold
OUTSIDE = "#e8890c"  # orange: a weight below 0 or above 1
BROKEN = "#a8a8a8"  # grey: NaN or infinite
BROKEN_HATCH = "#cfcfcf"
# Texts in cells. Not quite black: black is the ink that follows the page's theme, and a cell's colour does not.
DARK, LIGHT = "#010101", "#ffffff"

# How a student came out of a question, in the class report: right at once, right later, wrong, not attempted, committed
# where nobody judges, could not be graded.
# Told apart by their lightness alone, too: in print, and by whoever sees no colours. Cells carry a symbol besides.
STANDINGS = ("#1b4f8f", "#b5d3f1", "#cc7020", "#f6f6f6", "#a49bb0", "#6b6b6b")
