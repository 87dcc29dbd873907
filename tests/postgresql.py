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
from machines import Machine

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
def server(machine: Machine | None = None, address: str = "", password: str = "") -> Iterator[str]:
    """Run a server, and give out the db_url of an empty database in it.

    On a machine of the tests' own it listens on that one's `address`, too, to the user "grader" with this password.
    """
    bin_folder = programs()
    user = "postgres" if ROOT else pwd.getpwuid(os.geteuid()).pw_name  # it refuses to run as root
    with tempfile.TemporaryDirectory(prefix="postgresql-", dir="/tmp") as folder:  # a socket's path must be short
        if ROOT:
            shutil.chown(folder, user)
        secret = Path(folder, "password")
        secret.write_text(f"{password}\n", encoding="utf-8")
        secret.chmod(0o644)  # for the server's user

        def run(program: str, *arguments: str) -> None:
            if machine:
                machine.run(bin_folder / program, *arguments, folder=folder, user=user)
                return
            subprocess.run(
                [bin_folder / program, *arguments],
                cwd=folder,
                user=user if ROOT else None,
                check=True,
                stdout=subprocess.DEVNULL,
            )

        asked = ["--auth-host=scram-sha-256", f"--pwfile={secret}"] if password else []
        run("initdb", "--pgdata=data", "--username=grader", "--auth-local=trust", "--no-sync", *asked)
        if address:
            with Path(folder, "data/pg_hba.conf").open("a", encoding="utf-8") as who:
                who.write("host gradebook grader all scram-sha-256\n")
        options = f"-c listen_addresses='{address}' -c unix_socket_directories='{folder}' -c fsync=off"
        run("pg_ctl", "--pgdata=data", "--wait", "--log=log", f"--options={options}", "start")
        try:
            run("createdb", f"--host={folder}", "--username=grader", "gradebook")
            yield f"postgresql+psycopg://grader@/gradebook?host={folder}"
        finally:
            run("pg_ctl", "--pgdata=data", "--wait", "--mode=immediate", "stop")
