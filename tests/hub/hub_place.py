"""A JupyterHub as docs/jupyterhub.md has it made, in a folder of the test's own, with accounts of the test's own."""

import importlib.util
import json
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import classroom
import psutil
import unix_accounts
from waiting import until

EXAMPLE = classroom.ROOT / "examples/jupyterhub"
ENVIRONMENTS = classroom.ROOT / ".venv-hub"
# The example's own file, with ports of which the others on this machine know nothing.
PORTS = """
c = get_config()
load_subconfig("jupyterhub_config.py")
c.JupyterHub.hub_port = {hub}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy}"
"""
COURSES = {"ht-one": (["ht-irene"], ["ht-ada", "ht-bela"]), "ht-two": (["ht-jonas"], ["ht-chen", "ht-dora"])}


class HubPlace:
    """The folder, the accounts and the Hub itself; `close` removes all of them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="attention-hub-"))
        self.folder.chmod(0o755)
        self.place = self._place()
        self.password = secrets.token_hex()
        self._process: subprocess.Popen[bytes] | None = None
        self.log = self.folder / "hub.log"

    def _place(self) -> dict[str, Any]:
        courses = {
            name: {
                "account": f"grader-{name}",
                "folder": str(self.folder / "courses" / name),
                "port": free_port(),
                "instructors": instructors,
                "students": students,
            }
            for name, (instructors, students) in COURSES.items()
        }
        courses["ht-two"]["kernels"] = str(self.folder / "kernels")
        return {
            "address": f"http://127.0.0.1:{free_port()}",
            "state": str(self.folder / "state"),
            "exchange": str(self.folder / "exchange"),
            "students": str(ENVIRONMENTS / "students"),
            "instructors": str(ENVIRONMENTS / "instructors"),
            "proxy": str(ENVIRONMENTS / "node/node_modules/.bin/configurable-http-proxy"),
            "admins": [],
            "courses": courses,
        }

    @property
    def url(self) -> str:
        """The address of the Hub, without a slash at its end."""
        return self.place["address"]

    @property
    def config(self) -> Path:
        """The Hub's configuration."""
        return self.folder / "etc/jupyterhub_config.py"

    def course(self, name: str) -> dict[str, Any]:
        """Return what courses.toml says of a course."""
        return self.place["courses"][name]

    def people(self) -> list[str]:
        """Return the accounts that log in."""
        return [name for kinds in COURSES.values() for kind in kinds for name in kind]

    def accounts(self) -> list[str]:
        """Return all accounts that are made."""
        return [*self.people(), *(course["account"] for course in self.place["courses"].values())]

    # ---- what the guide says

    def set_up(self) -> None:
        """Copy the example, say what differs here, and run its set_up.py."""
        self.remove_accounts()  # of a run that was killed
        etc = Path(shutil.copytree(EXAMPLE, self.folder / "etc"))
        (etc / "courses.toml").write_text(as_toml(self.place), encoding="utf-8")
        (etc / "courses.toml").chmod(0o600)
        (etc / "ports.py").write_text(PORTS.format(hub=free_port(), proxy=free_port()), encoding="utf-8")
        spec = importlib.util.spec_from_file_location("set_up", etc / "set_up.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.main(self.place, classroom.ROOT)
        # The second course has a kernel of its own, which none but its people see.
        python, kernels = ENVIRONMENTS / "students/bin/python", self.course("ht-two")["kernels"]
        install = [python, "-m", "ipykernel", "install", "--prefix", kernels, "--name", "of-two"]
        subprocess.run(install, check=True, capture_output=True)
        for name in self.accounts():
            unix_accounts.claim(name)
        unix_accounts.give_password(self.people(), self.password)

    def start(self) -> None:
        """Start the Hub, and wait until it answers."""
        environment = {"PATH": f"{ENVIRONMENTS}/students/bin:/usr/local/bin:/usr/bin:/bin", "HOME": "/root"}
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                [ENVIRONMENTS / "students/bin/python", "-m", "jupyterhub", "--config", "ports.py"],
                cwd=self.folder / "etc",
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until(self._answers, f"the Hub starts ({self.log})", lambda _: time.sleep(0.5))

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/hub/api", timeout=5) as answer:
                return "version" in json.load(answer)
        except OSError:
            return False

    def processes(self) -> list[psutil.Process]:
        """Return what was started in the folder and runs."""
        return [one for one in psutil.process_iter(["cwd"]) if str(self.folder) in str(one.info["cwd"])]

    def close(self) -> None:
        """Stop the Hub, and remove accounts, groups, processes and folders."""
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
        for process in self.processes():  # a Hub that ended by itself leaves its proxy
            process.kill()
        self.remove_accounts()
        shutil.rmtree(self.folder)

    def remove_accounts(self) -> None:
        """Remove the accounts and groups that are there."""
        for name in self.accounts():
            unix_accounts.remove(name)
        for name in COURSES:
            unix_accounts.remove_group(f"nbgrader-{name}")


def why_not() -> str:
    """Return the sentence that says why the test's accounts cannot be made, "" where they can."""
    if not (ENVIRONMENTS / ".ready").exists():
        return "JupyterHub is not installed here: `make test-hub` does that, and runs this test."
    names = [name for kinds in COURSES.values() for kind in kinds for name in kind]
    if taken := [name for name in names if unix_accounts.exists(name) and not unix_accounts.is_ours(name)]:
        return f"Accounts of these names are somebody's, and the test would remove them: {', '.join(taken)}."
    return ""


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def as_toml(place: dict[str, Any]) -> str:
    """Write what courses.toml holds: JSON's strings, numbers and lists are TOML's, too."""
    lines = [f"{name} = {json.dumps(value)}" for name, value in place.items() if name != "courses"]
    for course, values in place["courses"].items():
        lines += [f"[courses.{course}]", *(f"{name} = {json.dumps(value)}" for name, value in values.items())]
    return "\n".join(lines) + "\n"
