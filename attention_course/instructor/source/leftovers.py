"""What an instructor leaves behind in a source notebook by trying it: outputs, counts, answers.

The standard library is enough, so that cleaning needs no installation:

    python attention_course/instructor/source/leftovers.py NOTEBOOK…
"""

import json
import sys
from pathlib import Path
from typing import Any

# Metadata that trying a notebook leaves; the first is this course's record of answers.
NOTEBOOK_KEYS = ("attention_course", "widgets", "signature")
CELL_KEYS = ("execution", "ExecuteTime", "collapsed", "scrolled")


def find(notebook: dict[str, Any]) -> list[str]:
    """Return what was left in a notebook, one sentence each."""
    found = [f"the notebook's metadata holds {key!r}" for key in NOTEBOOK_KEYS if key in notebook["metadata"]]
    for number, cell in enumerate(notebook["cells"]):
        name = cell.get("id", f"number {number}")
        if cell.get("outputs"):
            found.append(f"cell {name} holds outputs")
        if cell.get("execution_count") is not None:
            found.append(f"cell {name} holds an execution count")
        found += [f"cell {name} holds the metadata {key!r}" for key in CELL_KEYS if key in cell["metadata"]]
    return found


def strip(notebook: dict[str, Any]) -> None:
    """Remove from a notebook all that `find` finds."""
    for key in NOTEBOOK_KEYS:
        notebook["metadata"].pop(key, None)
    for cell in notebook["cells"]:
        for key in CELL_KEYS:
            cell["metadata"].pop(key, None)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None


def main(paths: list[str]) -> int:
    """Strip each notebook that needs it, and say so."""
    for path in map(Path, paths):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if find(notebook):
            strip(notebook)
            text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
            path.write_text(text, encoding="utf-8")
            print(f"{path}: outputs and answers removed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
