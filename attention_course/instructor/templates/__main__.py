"""Writes the items of the test's bank, or with --check says whether they are what the templates make.

python -m attention_course.instructor.templates [--check]
"""

import json
import sys

from attention_course.exercises.seal import unseal
from attention_course.instructor.templates import ITEMS, items, text


def _opened(made: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return items with what is sealed in them: how it is packed depends on the version of zlib."""
    return [{**item, "sealed": unseal(str(item["sealed"]), str(item["id"]))} for item in made]


def main(arguments: list[str]) -> int:
    """Write the file, or check it."""
    kept = json.loads(ITEMS.read_text(encoding="utf-8")) if ITEMS.exists() else []
    if _opened(kept) == _opened(items()):
        return 0
    if "--check" in arguments:
        print(f"{ITEMS.name} is not what the templates make: run python -m attention_course.instructor.templates.")
        return 1
    ITEMS.parent.mkdir(exist_ok=True)
    ITEMS.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
