"""Which names in code stand for a role of attention: they are marked, so that each role has its colour everywhere."""

import html
import re

ROLES = {
    "query": ("query", "queries", "Q"),
    "key": ("key", "keys", "K"),
    "scores": ("scores", "attention_scores"),
    "weights": ("weights", "attention_weights"),
    "value": ("value", "values", "V"),
    "output": ("output", "outputs", "weighted_sum"),
}
ROLE_OF = {name: role for role, names in ROLES.items() for name in names}
NAME = "|".join(ROLE_OF)
WORD = re.compile(rf"\b(?:{NAME})\b")
TOKEN = re.compile(rf'<span class="n">({NAME})</span>')  # a name, as Pygments marks it
WHOLE = re.compile(rf"({NAME})(?:\.T)?")  # transposed, it is what it was


def marked_text(text: str) -> str:
    """Return a piece of code as HTML, with the roles' names in it marked."""
    marked = WORD.sub(lambda found: _marked(found[0], found[0]), html.escape(text))
    return _as_a_whole(text, marked)


def marked_tokens(source: str, highlighted: str) -> str:
    """Return highlighted code with the roles' names marked: those of the program, not those in texts and comments."""
    return _as_a_whole(source, TOKEN.sub(lambda found: _marked(found[1], found[0]), highlighted))


def _marked(name: str, shown: str) -> str:
    return f'<span data-role="{ROLE_OF[name]}">{shown}</span>'


def _as_a_whole(source: str, marked: str) -> str:
    """Say of code that is nothing but a role's name that it is, so that a blank or an option can take its colour."""
    whole = WHOLE.fullmatch(source.strip())
    if not whole:
        return marked
    role = ROLE_OF[whole[1]]
    return f'<span data-role="{role}" data-whole="{role}">{marked}</span>'
