"""The start page, `test` and `recall`, each alone with Colab's versions, where torch is not installed."""

import shutil
from pathlib import Path

import pytest
from classroom import ROOT
from test_alone import WHERE

SAYS = {
    "start": ("where", "Test this pattern"),
    "test": ("summary", "0 of 10 answered"),
    "recall": ("summary", "Not judged: 0 of 24 reviewed"),
}


@pytest.mark.parametrize("lesson", SAYS)
def test_every_cell_runs(student, colab, tmp_path: Path, lesson: str) -> None:
    learner = student(colab, Path(shutil.copy(ROOT / f"release/{lesson}/{lesson}.ipynb", tmp_path)))
    assert learner.run() == []
    learner.execute(WHERE)
    cell, text = SAYS[lesson]
    assert text in learner.said(cell)
