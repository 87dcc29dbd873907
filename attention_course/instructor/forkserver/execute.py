"""ExecuteWarm: nbgrader's Execute, in a warm kernel and with less waiting."""

import time
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from nbgrader.preprocessors import Execute
from traitlets import List, Unicode

from attention_course.answers import record
from attention_course.instructor.forkserver import client
from attention_course.instructor.grading.known_cells import known_cells

WARM = "attention-course-warm"
KERNELS = Path(__file__).parent / "kernels"


class ExecuteWarm(Execute):
    """Runs a submission in a kernel that is forked from a warm process.

    `--Execute.kernel_name=python3` runs it in an ordinary kernel. Ours is known to this step alone: it is not
    installed, so nobody's notebook can be opened with it.
    """

    kernel_name = Unicode(WARM, help=Execute.kernel_name.help).tag(config=True)

    rehearsal = List(
        Unicode(),
        help="The instructor's cells, run once before the first submission is; from the gradebook where not given.",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any = None, km: Any = None) -> tuple[Any, Any]:
        """Run one submission; before the first one, the lesson is rehearsed with the instructor's cells alone."""
        if self.kernel_name == WARM:
            with suppress(client.NoNursery):
                self._rehearse(client.shared(), nb, resources)
        return super().preprocess(nb, resources, km)

    def _rehearse(self, warm: client.Nursery, nb: Any, resources: Any) -> None:
        """Have done once, for all students, what is the same for each: the lesson, and what a filling does."""
        about = resources.get("nbgrader", {})
        lesson = tuple(self.rehearsal) or (about.get("db_url"), about.get("assignment"), about.get("notebook"))
        warm.rehearse(lesson, lambda: self.rehearsal or (instructors_code(resources) if about else []))
        name = resources["metadata"].get("name", "")
        for question, answered in record.read(nb, name)[0].items():
            if answered.attempts:
                warm.draw(name, question, answered.attempts[-1].picks)

    def create_kernel_manager(self) -> Any:
        """Create a kernel manager that finds our kernel, and a client for it that waits no longer than it must."""
        manager = super().create_kernel_manager()
        manager.kernel_spec_manager.kernel_dirs.insert(0, str(KERNELS))
        manager.client_factory = PromptClient
        return manager


def instructors_code(resources: Any) -> list[str]:
    """Return the code cells of the notebook that is being graded which are the instructor's, from the gradebook."""
    return [cell.source for cell in known_cells(resources).values() if cell.cell_type == "code" and cell.locked]


class PromptClient(AsyncKernelClient):
    """A client that takes a kernel for ready when it has heard all of its first answer.

    jupyter_client takes it for ready when it has been silent for 0.2 s after that.
    """

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, 5)  # milliseconds; the kernel is likely not to listen yet when we connect
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its outputs arrive; raise RuntimeError when it dies or takes too long."""
        end = time.monotonic() + (timeout or float("inf"))
        while time.monotonic() < end:
            asked = self.kernel_info()
            if await self._answered(asked) and await self._idle(asked):
                return
            if not await self._async_is_alive():
                raise RuntimeError("The kernel died before it was ready.")
        raise RuntimeError(f"The kernel was not ready within {timeout} seconds.")

    async def _answered(self, asked: str) -> bool:
        try:
            while (await self.get_shell_msg(timeout=1))["parent_header"].get("msg_id") != asked:
                pass
        except Empty:
            return False
        return True

    async def _idle(self, asked: str) -> bool:
        """Has the last message about the question come? The first ones are lost while the kernel's outputs connect."""
        try:
            while True:
                message = await self.get_iopub_msg(timeout=0.2)
                idle = message["content"].get("execution_state") == "idle"
                if idle and message["parent_header"].get("msg_id") == asked:
                    return True
        except Empty:
            return False
