"""A Jupyter server and a browser of the tests' own, with no settings of the user's."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import forked_kernels
import psutil
from playwright.sync_api import Browser, Playwright
from waiting import PATIENCE, until

OWN_FOLDERS = ["JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"]
OWN_FOLDERS += ["JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"]
# The first is a Chromium that has no windows at all: a page takes a third less of it.
CHROMIUMS = ["chromium-headless-shell", "chromium", "google-chrome", "chromium-browser"]
QUIET = ["--no-first-run", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
OPTIONS = [
    "--no-browser",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    "--LabApp.expose_app_in_browser=True",
    "--JupyterNotebookApp.expose_app_in_browser=True",
    "--KernelManager.shutdown_wait_time=0.2",  # seconds: nothing of a kernel's is needed when it is to end
]

# Panels and viewers that a lesson has nothing to do with. To load and to feed them takes a fifth of a test's time.
LEFT_OUT = "audio celltags console csvviewer debugger extensionmanager fileeditor help htmlviewer hub imageviewer"
LEFT_OUT += " inspector javascript json launcher logconsole lsp markdownviewer mermaid metadataform pdf pluginmanager"
LEFT_OUT += " settingeditor terminal toc tooltip vega5 video workspaces"
# What the server loads for those, and for nbgrader's panels, which have servers of their own.
SERVER_LEFT_OUT = ["jupyter_lsp", "jupyter_server_terminals"]
SERVER_LEFT_OUT += [
    f"nbgrader.server_extensions.{name}"
    for name in ("assignment_list", "course_list", "formgrader", "validate_assignment")
]


def launch(playwright: Playwright) -> Browser:
    """Start the machine's own Chromium, which asks the network for nothing of its own accord."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not found:
        raise RuntimeError("The browser tests need Chromium: install it (Debian: sudo apt-get install chromium).")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=found, args=[*QUIET, *as_root])


class JupyterServer:
    """A server that serves one folder until it is stopped; its own settings lie in another.

    Its kernels are forked from a process that has imported what a lesson needs, and its JupyterLab is without LEFT_OUT;
    or else both are as ever.
    """

    def __init__(self, folder: Path, settings: Path, *, forks: bool = False, **environment: str) -> None:
        self.folder, self.token = folder, secrets.token_hex()
        own = {name: str(settings / name.lower()) for name in OWN_FOLDERS}
        for path in [folder, *own.values()]:
            Path(path).mkdir(parents=True, exist_ok=True)
        quiet = settings / "jupyterlab_settings_dir/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
        quiet.parent.mkdir(parents=True)
        quiet.write_text('{"fetchNews": "false", "checkForUpdates": false}')
        configure(Path(own["JUPYTER_CONFIG_DIR"]), leaves_out=forks)
        as_root = ["--allow-root"] if os.geteuid() == 0 else []
        program = [forked_kernels.__file__] if forks else ["-m", "jupyterlab"]
        with (settings / "server.log").open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, *program, *OPTIONS, *as_root, f"--ServerApp.root_dir={folder}"],
                cwd=folder,
                env={**os.environ, **own, **environment, "JUPYTER_TOKEN": self.token},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._runtime = Path(own["JUPYTER_RUNTIME_DIR"])
        info = self._runtime / f"jpserver-{self._process.pid}.json"
        try:
            self.url = f"http://127.0.0.1:{until(lambda: _port(info), 'the server starts')}"
        except TimeoutError:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server and its kernels."""
        kernels = psutil.Process(self._process.pid).children(recursive=True)
        self._process.terminate()
        self._process.wait()
        for kernel in kernels:
            if kernel.is_running():
                kernel.kill()

    def sessions(self) -> list[dict[str, Any]]:
        """Return the running notebooks with their kernels."""
        return json.loads(self._ask("GET", "/api/sessions"))

    def kernel_of(self, path: str) -> psutil.Process:
        """Return the process of the kernel that runs a notebook."""
        (kernel_id,) = [session["kernel"]["id"] for session in self.sessions() if session["path"] == path]
        note = self._runtime / f"kernel-{kernel_id}.pid"
        if note.exists():
            return psutil.Process(int(note.read_text()))
        processes = psutil.Process(self._process.pid).children(recursive=True)
        (process,) = [process for process in processes if any(kernel_id in word for word in process.cmdline())]
        return process

    def end_kernels(self) -> None:
        """End every kernel, as a test that is over leaves it running."""
        while sessions := self.sessions():  # two of them may have one kernel, and then end together
            self._ask("DELETE", f"/api/sessions/{sessions[0]['id']}")

    def _ask(self, method: str, path: str) -> bytes:
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.url + path, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read()


def configure(config: Path, leaves_out: bool) -> None:
    """Have no page ask whether JupyterLab has to be built, which starts yarn, nor, perhaps, for what is left out."""
    page: dict[str, Any] = {"buildCheck": False}
    if leaves_out:
        names = [*(f"@jupyterlab/{name}-extension" for name in LEFT_OUT.split()), "@jupyter/nbgrader"]
        page["disabledExtensions"] = dict.fromkeys(names, True)
        server = {"ServerApp": {"jpserver_extensions": dict.fromkeys(SERVER_LEFT_OUT, False)}}
        (config / "jupyter_server_config.json").write_text(json.dumps(server))
    page_config = config / "labconfig/page_config.json"
    page_config.parent.mkdir()
    page_config.write_text(json.dumps(page))


def _port(info: Path) -> int:
    try:
        return json.loads(info.read_text())["port"]
    except (OSError, ValueError):  # not there, or not yet written to its end
        return 0
