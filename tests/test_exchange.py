"""nbgrader's exchange, played with real commands."""

from pathlib import Path

import pytest

from attention_course.demo import exchange

ROOT = Path(__file__).parent.parent


def test_every_attempt_comes_through_the_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert exchange.main([str(tmp_path / "played")]) == 0
    assert "Every attempt has arrived." in capsys.readouterr().out
    collected = sorted(path.parent.name for path in (tmp_path / "played/course/submitted").glob("*/practice"))
    assert collected == ["bjorn", "fatima", "hana"]
    (tmp_path / "played/course/submitted/hana/practice/practice.ipynb").write_text('{"cells": [], "metadata": {}}')
    played = exchange.Exchange.__new__(exchange.Exchange)
    played.course = type("Course", (), {"folder": tmp_path / "played/course"})()
    played.homes = tmp_path / "played/homes"
    assert [played.is_intact(student) for student in exchange.PLAYERS] == [True, True, False]


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").write_text("mine")
    assert exchange.main([str(tmp_path)]) == 1
    assert "is not empty: name a folder that is new." in capsys.readouterr().out
