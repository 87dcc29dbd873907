"""Looks at what stands beside the Hub's configuration: the proxy's program, and the Hub's own database."""

import sqlite3
import subprocess
from collections import defaultdict
from pathlib import Path

MEMBERS = """
select groups.name, users.name from user_group_map
join users on users.id = user_group_map.user_id join groups on groups.id = user_group_map.group_id
"""


def runs(command: tuple[str, ...]) -> bool:
    """Does a command end as it should?"""
    try:
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def read_members(database: str) -> dict[str, frozenset[str]]:
    """Return who is in which group by the Hub's database; nobody where there is none yet, or none that is a file."""
    found: dict[str, set[str]] = defaultdict(set)
    if database and Path(database).exists():
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            for group, person in connection.execute(MEMBERS):
                found[group].add(person)
        except sqlite3.Error:
            return {}  # of another version of the Hub's
        finally:
            connection.close()
    return {group: frozenset(people) for group, people in found.items()}
