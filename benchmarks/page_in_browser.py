"""Measures a page of 25 questions in JupyterLab (many_questions.py), and keeps the figures for docs/performance.md.

python benchmarks/page_in_browser.py
"""

import tempfile
from pathlib import Path

import many_questions
from conditions import measuring


def main() -> None:
    """Measure, print, and keep the figures."""
    with measuring("page") as figures, tempfile.TemporaryDirectory(prefix="page-") as folder:
        figures["page"] = many_questions.measured(Path(folder))
        print("\n".join(many_questions.lines(figures["page"])))


if __name__ == "__main__":
    main()
