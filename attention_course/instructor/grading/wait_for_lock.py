"""A gradebook that somebody else is writing to is waited for."""

import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

SECONDS = 60


def wait_for_lock(connection: Any, _record: Any) -> None:
    """Let one SQLite connection wait for a lock; after the usual 5 seconds nbgrader would give up the whole class."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {SECONDS * 1000}")


def install() -> None:
    """Let every connection of this process wait.

    `?timeout=60` in nbgrader's db_url would do the same, but `nbgrader db upgrade` takes it for part of a file's name.
    """
    if not event.contains(Engine, "connect", wait_for_lock):
        event.listen(Engine, "connect", wait_for_lock)
