"""Accounts of this machine that a test has made, and what it takes to leave nothing of them behind."""

import grp
import pwd
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import psutil

OURS = "test of attention-course"


def exists(name: str) -> bool:
    """Is there an account of this name?"""
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def claim(name: str) -> None:
    """Write into an account that it is the test's, which may remove it whenever it finds it."""
    subprocess.run(["usermod", "--comment", OURS, name], check=True)


def is_ours(name: str) -> bool:
    """Is an account one that the test has made?"""
    return pwd.getpwnam(name).pw_gecos == OURS


def give_password(names: Iterable[str], password: str) -> None:
    """Give accounts a password."""
    subprocess.run(["chpasswd"], input="".join(f"{name}:{password}\n" for name in names), text=True, check=True)


def run_as(name: str, *command: str, folder: str | Path = "/") -> subprocess.CompletedProcess[str]:
    """Run a command as somebody, with the groups of that account."""
    return subprocess.run(
        ["runuser", "-u", name, "--", *command],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def end_processes(name: str) -> None:
    """End every process of an account."""
    user = pwd.getpwnam(name).pw_uid
    theirs = [one for one in psutil.process_iter(["uids"]) if one.info["uids"] and one.info["uids"].real == user]
    for process in theirs:
        process.kill()
    psutil.wait_procs(theirs, timeout=5)


def remove(name: str) -> None:
    """Remove an account with its processes and its home."""
    if not exists(name):
        return
    end_processes(name)
    home = Path(pwd.getpwnam(name).pw_dir)
    subprocess.run(["userdel", "--force", name], check=True, capture_output=True)
    shutil.rmtree(home)


def remove_group(name: str) -> None:
    """Remove a group, if there is one."""
    if name in {group.gr_name for group in grp.getgrall()}:
        subprocess.run(["groupdel", name], check=True)
