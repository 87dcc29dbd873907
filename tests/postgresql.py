"""A PostgreSQL server of the tests' own, on a socket in a folder of its own."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = os.geteuid() == 0


def programs() -> Path:
    """Return the folder of PostgreSQL's programs; skip the test where there are none and we may not install them."""
    for _ in range(2):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb")) or [shutil.which("initdb")]
        if found[-1]:
            return Path(found[-1]).parent
        if not (ROOT and shutil.which("apt-get")):
            break
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "postgresql"], check=True)
    pytest.skip("PostgreSQL is not installed (Debian: sudo apt-get install postgresql)")


@contextmanager
def server() -> Iterator[str]:
    """Run a server, and give out the db_url of an empty database in it."""
    bin_folder = programs()
    user = "postgres" if ROOT else pwd.getpwuid(os.geteuid()).pw_name  # it refuses to run as root
    with tempfile.TemporaryDirectory(prefix="postgresql-", dir="/tmp") as folder:  # a socket's path must be short
        if ROOT:
            shutil.chown(folder, user)

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [bin_folder / program, *arguments],
                cwd=folder,
                user=user if ROOT else None,
                check=True,
                stdout=subprocess.DEVNULL,
            )

        run("initdb", "--pgdata=data", "--username=grader", "--auth=trust", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run("pg_ctl", "--pgdata=data", "--wait", "--log=log", f"--options={options}", "start")
        try:
            run("createdb", f"--host={folder}", "--username=grader", "gradebook")
            yield f"postgresql+psycopg://grader@/gradebook?host={folder}"
        finally:
            run("pg_ctl", "--pgdata=data", "--wait", "--mode=immediate", "stop")
