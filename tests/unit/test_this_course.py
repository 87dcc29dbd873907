"""Commands in a folder that is no course's: one sentence, and nothing is made."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from attention_course.instructor import cli

COMMANDS = (
    ("extend",),
    ("extend", "kim", "practice", "--attempts", "2"),
    ("forget", "kim"),
    ("report",),
    ("report", "practice"),
    ("answers", "practice", "purpose"),
    ("ungraded", "practice"),
    ("new-term", "2027"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_folder_without_source_is_said_to_be_no_course(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli.app, [*command])
    assert (done.exit_code, done.output) == (2, f"{tmp_path} is no course's folder: there is no source/ in it.\n")
    assert list(tmp_path.iterdir()) == []
