"""The path: the order in which the lessons are best taken, and what each of them needs."""

# Each lesson with what it needs. A lesson that is not there (yet) is left out wherever the path is shown.
PATH = {
    "learn": "matrix products and some Python",
    "practice": "`learn`",
    "visualize": "`learn`",
    "code": "`learn`, `practice` and the basics of PyTorch",
    "experiment": "`code`, or the code that stands in for yours",
    "challenge": "`code`",
    "test": "nothing before the course, to skip what you know; after it, all of it",
    "recall": "any lesson",
}
START = "start"  # the page that shows all of them


def after(lesson: str) -> str:
    """Return the lesson that comes after one on the path, "" after the last one, and after one that is not on it."""
    on_it = list(PATH)
    place = on_it.index(lesson) + 1 if lesson in PATH else len(on_it)
    return on_it[place] if place < len(on_it) else ""
