"""ExecuteCells: runs a submission in a forked process that sends back its outputs over one pipe."""

import json
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from nbclient.client import NotebookClient
from nbclient.exceptions import DeadKernelError

from attention_course.errors import CourseError
from attention_course.instructor.forkserver import client
from attention_course.instructor.forkserver.child_process import KernelProcess
from attention_course.instructor.forkserver.execute import WARM, ExecuteWarm

Message = dict[str, Any]
GRACE = 5.0  # seconds that an interrupted cell has to come to its end


class TooSlow(CourseError):
    """No message came in time."""


class ExecuteCells(ExecuteWarm):
    """Does what ExecuteWarm does, without a kernel's protocol: starting one and talking to it takes most of the time.

    A cell runs in ipykernel's own shell, and nbclient makes the outputs of its messages. Where kernels cannot be
    forked, or another one is asked for by its name, it is ExecuteWarm.
    """

    def preprocess(self, nb: Any, resources: Any = None, km: Any = None) -> tuple[Any, Any]:
        """Run one submission; raise DeadKernelError where a cell ends the process, TooSlow where none ends the cell."""
        try:
            warm = client.shared() if self.kernel_name == WARM else None
        except client.NoNursery:
            warm = None
        if warm is None:
            return super().preprocess(nb, resources, km)
        self._rehearse(warm, nb, resources)
        NotebookClient.__init__(self, nb)
        self.reset_execution_trackers()
        self._check_assign_resources(resources)
        waiting = [index for index, cell in enumerate(nb.cells) if self._is_run(cell)]
        process, messages = warm.start_cells(
            [nb.cells[index].source for index in waiting], self.extra_arguments, self.resources["metadata"].get("path")
        )
        with closing(Messages(messages)) as received:
            try:
                self._take(received, waiting, process)
            finally:
                process.kill()
        return nb, self.resources

    def _is_run(self, cell: Any) -> bool:
        tagged = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        return cell.cell_type == "code" and bool(cell.source.strip()) and not tagged

    def _take(self, messages: "Messages", waiting: list[int], process: KernelProcess) -> None:
        """Give each cell its outputs as they come."""
        info = messages.next(self.startup_timeout)
        self.nb.metadata["language_info"] = info["content"]["language_info"]
        for index in waiting:
            cell = self.nb.cells[index]
            cell.outputs = []
            self.clear_before_next_output = False
            reply = self._run_one(messages, index, cell, process)
            self.on_cell_executed(cell=cell, cell_index=index, execute_reply=reply)

    def _run_one(self, messages: "Messages", index: int, cell: Any, process: KernelProcess) -> Message:
        """Return the reply to one cell; when it takes too long, interrupt it, as nbclient does."""
        try:
            for message in messages.until_reply(self.timeout):
                self.process_message(message, cell, index)
        except TooSlow:
            process.send_signal(signal.SIGINT)
            for _ in messages.until_reply(GRACE):
                pass
            return {"content": {**self.error_on_timeout, "status": "error"}}
        cell.execution_count = messages.reply["content"]["execution_count"]
        return messages.reply


class Messages:
    """The messages of a process, one a line."""

    def __init__(self, stream: socket.socket) -> None:
        self._stream = stream
        self._text = b""
        self.reply: Message = {}

    def next(self, timeout: float | None) -> Message:
        """Return the next message; raise TooSlow where none comes in time, DeadKernelError at the end."""
        self._stream.settimeout(timeout)
        parts = [self._text]
        while b"\n" not in parts[-1]:
            try:
                parts.append(self._stream.recv(1 << 20))
            except TimeoutError as error:
                self._text = b"".join(parts)
                raise TooSlow("A cell took too long, and went on when it was interrupted.") from error
            if not parts[-1]:
                raise DeadKernelError("Kernel died")
        line, _, self._text = b"".join(parts).partition(b"\n")
        return json.loads(line)

    def until_reply(self, timeout: float | None) -> Iterator[Message]:
        """Yield the messages of one cell; then `reply` is the reply to it. Raises as `next` does."""
        end = time.monotonic() + (timeout or float("inf"))
        while True:
            left = end - time.monotonic()
            message = self.next(None if left == float("inf") else max(left, 0.001))
            if message["msg_type"] == "execute_reply":
                self.reply = message
                return
            yield message

    def close(self) -> None:
        """Listen no longer."""
        self._stream.close()
