"""ExecuteForked: runs a submission in a forked process that sends back its outputs."""

import functools
import logging
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from nbclient.client import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbgrader.preprocessors import Execute
from traitlets import List, Unicode

from attention_course.answers import record
from attention_course.instructor.forkserver import client
from attention_course.instructor.forkserver.running_cells import Message, RunningCells, TooSlow
from attention_course.instructor.grading.known_cells import instructors_code, known_cells
from attention_course.instructor.sandbox import offer, shared

GRACE = 5.0  # seconds that an interrupted cell has to come to its end


class ExecuteForked(Execute):
    """nbgrader's Execute, without the time that it takes to start a kernel, to import torch in it, and to talk to it.

    The cells run in ipykernel's own shell, and nbclient makes the outputs of its messages. Where processes cannot be
    forked, or a kernel is asked for by its name (`--Execute.kernel_name=python3`), it is nbgrader's Execute.
    """

    instructors_cells = List(
        Unicode(),
        help="The instructor's code, run once before the first submission is; from the gradebook where not given.",
    ).tag(config=True)
    kept_pictures = List(
        Unicode(), help="Where pictures are kept for another time, and of which course: KeptPictures; [] for nowhere."
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any = None, km: Any = None) -> tuple[Any, Any]:
        """Run one submission; raise DeadKernelError where a cell ends the process, TooSlow where none ends the cell.

        Raises NoSandbox, before anything has run, where a question is answered with code that cannot be locked in here.
        """
        asks_for_code = offer.is_needed(nb)
        if asks_for_code:
            shared.begin()  # meanwhile the fork server gets ready
        server = None if self.kernel_name else self._server(resources)
        if asks_for_code:
            offer.offer()
        if server is None:
            return super().preprocess(nb, resources, km)
        NotebookClient.__init__(self, nb)  # as nbconvert does, for each notebook
        self.reset_execution_trackers()
        self.resources = resources
        waiting = [index for index, cell in enumerate(nb.cells) if self._is_run(cell)]
        cells = [nb.cells[index].source for index in waiting]
        about = resources["metadata"]
        running = server.run_cells(cells, self.extra_arguments, about.get("path"), _answers(nb, about.get("name", "")))
        with closing(running):
            try:
                self._take_outputs(running, waiting)
            except EOFError as end:
                raise DeadKernelError("Kernel died") from end
        return nb, resources

    def _server(self, resources: Any) -> client.ForkServer | None:
        """Return the server that the instructor's cells have run in; None, and say so once, where there is none."""
        try:
            server = client.shared()
            server.prewarm(self.instructors_cells or _from_gradebook(resources), self.kept_pictures)
            return server
        except client.NoForkServer as problem:
            _say_once(self.log, f"{problem} So each submission gets its own kernel, which takes some seconds more.")
            return None

    def _is_run(self, cell: Any) -> bool:
        tagged = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        return cell.cell_type == "code" and bool(cell.source.strip()) and not tagged

    def _take_outputs(self, running: RunningCells, waiting: list[int]) -> None:
        """Give each cell its outputs as they come."""
        info = running.next(self.startup_timeout)
        self.nb.metadata["language_info"] = info["content"]["language_info"]
        for index in waiting:
            cell = self.nb.cells[index]
            cell.outputs = []
            self.clear_before_next_output = False
            reply = self._run_one(running, index, cell)
            self.on_cell_executed(cell=cell, cell_index=index, execute_reply=reply)

    def _run_one(self, running: RunningCells, index: int, cell: Any) -> Message:
        """Return the reply to one cell; when it takes too long, interrupt it, as nbclient does."""
        try:
            for message in running.until_reply(self._limit(cell)):
                self.process_message(message, cell, index)
        except TooSlow:
            running.interrupt()
            for _ in running.until_reply(GRACE):
                pass
            return {"content": {**self.error_on_timeout, "status": "error"}}
        cell.execution_count = running.reply["content"]["execution_count"]
        return running.reply

    def _limit(self, cell: Any) -> float | None:
        """Return the seconds that a cell may take; None where there is no limit, which nbclient writes as -1, too."""
        limit = self.timeout_func(cell) if self.timeout_func else self.timeout
        return limit if limit and limit > 0 else None


def _from_gradebook(resources: Any) -> list[str]:
    return instructors_code(known_cells(resources)) if "nbgrader" in resources else []


def _answers(nb: Any, lesson: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return what a student last picked, by lesson and question."""
    records = record.read(nb, lesson)[0]
    return {lesson: {name: answered.attempts[-1].picks for name, answered in records.items() if answered.attempts}}


@functools.cache
def _say_once(log: logging.Logger, sentence: str) -> None:
    log.warning(sentence)
