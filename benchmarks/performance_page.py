"""Puts docs/performance.md together again, from what each benchmark has written down in benchmarks/measured/.

    python benchmarks/performance_page.py [--check]

Between `<!-- measured: NAME -->` and `<!-- end of NAME -->` it writes the tables of NAME.json; all else on the page is
prose, and stays. So does a table of what is not measured yet. --check writes nothing, and fails where it would.
"""

import json
import re
import sys
from pathlib import Path

from conditions import MEASURED
from tables import TABLES, conditions

PAGE = Path(__file__).parents[1] / "docs/performance.md"
PART = re.compile(r"(<!-- measured: (\w+) -->\n)(.*?)(<!-- end of \2 -->)", re.DOTALL)


def put_together(text: str, measured: Path = MEASURED) -> str:
    """Return the page with the tables of what is measured; raise KeyError where it names what no benchmark makes."""

    def filled(part: re.Match[str]) -> str:
        begin, name, before, end = part.groups()
        table, path = TABLES[name], measured / f"{name}.json"
        if not path.exists():
            return begin + before + end
        found = json.loads(path.read_text(encoding="utf-8"))
        return begin + "\n".join([*table(found), "", *conditions(found)]) + "\n" + end

    return PART.sub(filled, text)


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it would be another one."""
    text = PAGE.read_text(encoding="utf-8")
    made = put_together(text)
    if "--check" in arguments:
        if made != text:
            print("docs/performance.md is not what was measured: python benchmarks/performance_page.py")
        return int(made != text)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
