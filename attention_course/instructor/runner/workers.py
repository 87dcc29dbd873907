"""Workers: notebooks are executed in parallel, on this machine or by a Dask cluster."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from attention_course.errors import CourseError
from attention_course.instructor.runner.execute import Task, execute


class NoWorkers(CourseError):
    """There is nobody to execute notebooks; the message says why."""


class Workers:
    """Executes notebooks in parallel: on this machine, or on a cluster there is.

    Here a worker is a thread, since the cells run in processes of their own. So all share one fork server, and Dask,
    which takes a second to import and to start, is not needed. Nothing is started before the first notebook comes. A
    worker executes one notebook at a time.
    """

    def __init__(self, count: int, scheduler: str | None = None) -> None:
        self.count, self.scheduler = count, scheduler
        self._client: Any = None

    def submit(self, task: Task, done: Callable[[Any], None]) -> None:
        """Have a notebook executed; `done` is called, in another thread, with the finished future."""
        if self._client is None:
            self._client = self._connected()
        how = {"pure": False, "retries": 0} if self.scheduler else {}
        self._client.submit(execute, task, **how).add_done_callback(done)

    def _connected(self) -> Any:
        if not self.scheduler:
            return ThreadPoolExecutor(self.count, thread_name_prefix="worker")
        from distributed import Client

        try:
            client = Client(self.scheduler, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as error:
            sentence = f"No Dask scheduler answers at {self.scheduler}: start it, or leave out --scheduler."
            raise NoWorkers(sentence) from error
        self.count = max(len(client.scheduler_info()["workers"]), 1)
        return client

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        if self.scheduler and self._client is not None:
            self._client.close()
        elif self._client is not None:
            self._client.shutdown(cancel_futures=True)
