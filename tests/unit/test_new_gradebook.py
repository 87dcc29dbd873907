"""A new gradebook is marked with the newest form of nbgrader's database, which no other program is asked for."""

import re
from pathlib import Path

import nbgrader
from nbgrader.api import Gradebook
from sqlalchemy import text

from attention_course.instructor import nbgrader_internals  # noqa: F401  it is what is tested

CHANGES = Path(nbgrader.__file__).parent / "alembic/versions"


def test_it_is_marked_with_the_change_after_which_there_is_no_other(tmp_path: Path, monkeypatch) -> None:
    changes = "\n".join(path.read_text(encoding="utf-8") for path in CHANGES.glob("*.py"))
    (newest,) = set(re.findall(r"^revision = '(\w+)'", changes, re.M)) - set(
        re.findall(r"^down_revision = '(\w+)'", changes, re.M)
    )
    monkeypatch.setenv("PATH", "")
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        assert gradebook.db.execute(text("select version_num from alembic_version")).scalar() == newest
