"""A student without a browser: runs a notebook in a kernel of some environment and sends what the page would send."""

import asyncio
import contextlib
import json
import time
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from waiting import PATIENCE

WIDGET = "application/vnd.jupyter.widget-view+json"


class Student:
    """Works at one notebook file, as VS Code and Colab let one: outputs are kept, metadata is not written.

    Use it as a context; the kernel runs as long.
    """

    def __init__(self, path: Path, environment: Mapping[str, str]) -> None:
        self.path = path
        self.notebook = nbformat.read(path, as_version=4)
        self.environment = {**environment, "HOME": str(path.parent)}
        # nbclient finds the kernel's specification by the variables of this process, hence the specification's folder.
        manager = AsyncKernelManager(kernel_name="python3")
        manager.kernel_spec_manager.kernel_dirs = [f"{environment['JUPYTER_PATH']}/kernels"]
        self.client = NotebookClient(
            self.notebook,
            km=manager,
            timeout=PATIENCE,
            allow_errors=True,
            resources={"metadata": {"path": path.parent}},
        )
        self.states: dict[str, dict[str, Any]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = ThreadPoolExecutor(max_workers=1)  # in this one a browser's loop may be running

    def __enter__(self) -> "Student":
        # cleanup_kc: nbclient would leave a kernel running, and its sockets open, whose manager it was handed.
        self._kernel = self.client.async_setup_kernel(env=self.environment, cleanup_kc=True)
        self._wait_for(self._kernel.__aenter__())
        return self

    def __exit__(self, *error: object) -> None:
        self._wait_for(self._kernel.__aexit__(None, None, None))
        self._thread.shutdown()
        self._loop.close()

    def _wait_for(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._thread.submit(self._loop.run_until_complete, work).result()

    def cell(self, name: str) -> Any:
        """Return a cell by its id."""
        return next(cell for cell in self.notebook.cells if cell.id == name)

    def run(self, *names: str) -> list[str]:
        """Run cells by their ids, all of them where none is named; return the ids of those that raised something."""
        for index, cell in enumerate(self.notebook.cells):
            if cell.cell_type == "code" and (not names or cell.id in names):
                self.client.clear_display_id_mapping(index)  # of outputs that the cell had before
                self._wait_for(self.client.async_execute_cell(cell, index))
        return [c.id for c in self.notebook.cells if any(o.output_type == "error" for o in c.get("outputs", []))]

    def execute(self, source: str) -> None:
        """Run code in the kernel that is in no cell, as a front end does before the student's first cell."""
        self.notebook.cells.append(nbformat.v4.new_code_cell(source, id="in-no-cell"))
        self.run("in-no-cell")
        outputs = self.notebook.cells.pop().outputs
        assert not [output for output in outputs if output.output_type == "error"], outputs

    def said(self, name: str) -> str:
        """Return the text of a cell's outputs."""
        texts = []
        for output in self.cell(name).outputs:
            texts.append(output.get("text") or output.get("evalue") or output.get("data", {}).get("text/plain", ""))
        return "\n".join(texts)

    def check(self, name: str, picks: Sequence[str]) -> dict[str, Any]:
        """Press Check in a question's widget; return the widget's state when all of the kernel's answer has come."""
        return self._wait_for(self._check(name, list(picks)))

    async def _check(self, name: str, picks: list[str]) -> dict[str, Any]:
        (output,) = [output for output in self.cell(name).outputs if WIDGET in output.get("data", {})]
        comm = output.data[WIDGET]["model_id"]
        attempt = self.client.widget_state[comm]["state"]["attempts"]
        await self._send(comm, {"kind": "hello", "record": None, "path": None})
        await self._send(comm, {"kind": "check", "id": "1", "picks": picks, "attempt": attempt})
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            message = await self.client.kc.get_iopub_msg(timeout=PATIENCE)
            with contextlib.suppress(CellExecutionComplete):  # no cell runs, but the kernel is idle now and again
                self.client.process_message(message, self.cell(name), self.notebook.cells.index(self.cell(name)))
            content = message["content"].get("data", {}).get("content", {}) if message["msg_type"] == "comm_msg" else {}
            assert content.get("kind") not in ("refused", "failed"), content
            if content.get("kind") == "finished":
                return self.client.widget_state[comm]["state"]
        raise TimeoutError(f"{name} was not answered within {PATIENCE:.0f} s")

    async def _send(self, comm: str, content: dict[str, Any]) -> None:
        data = {"method": "custom", "content": content}
        message = self.client.kc.session.msg("comm_msg", {"comm_id": comm, "data": data})
        self.client.kc.shell_channel.send(message)

    def save(self) -> dict[str, Any]:
        """Save the notebook as Colab and VS Code do, without widget state; return what is on disk."""
        self.notebook.metadata.pop("widgets", None)
        nbformat.write(self.notebook, self.path)
        return json.loads(self.path.read_text(encoding="utf-8"))
