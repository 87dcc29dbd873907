"""Workers: notebooks are executed by a Dask cluster."""

import logging
from collections.abc import Callable
from typing import Any

from attention_course.errors import CourseError
from attention_course.instructor.runner.execute import Task, execute


class NoWorkers(CourseError):
    """There is nobody to execute notebooks; the message says why."""


class Workers:
    """Executes notebooks in parallel: on this machine, or on a cluster there is.

    Here a worker is a thread, since the cells run in processes of their own. So all share one fork
    server, and no scheduler has a port: whoever reaches that of a Dask scheduler can run anything. Nothing is started
    before the first notebook comes. A worker executes one notebook at a time.
    """

    def __init__(self, count: int, scheduler: str | None = None) -> None:
        self.count, self.scheduler = count, scheduler
        self._client: Any = None

    def submit(self, task: Task, done: Callable[[Any], None]) -> None:
        """Have a notebook executed; `done` is called, in another thread, with the finished future."""
        if self._client is None:
            self._client = self._connected()
        self._client.submit(execute, task, pure=False, retries=0).add_done_callback(done)

    def _connected(self) -> Any:
        import dask
        from distributed import Client, LocalCluster

        if not self.scheduler:
            dask.config.set({"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []})
            try:
                self._cluster = LocalCluster(
                    n_workers=1,
                    threads_per_worker=self.count,
                    processes=False,
                    # There are always two web servers; ours have no routes, any port, and nobody outside to talk to.
                    dashboard_address="127.0.0.1:0",
                    worker_dashboard_address="127.0.0.1:0",
                    memory_limit=None,
                    silence_logs=logging.CRITICAL,
                )
            except (OSError, RuntimeError) as error:
                raise NoWorkers(f"Notebooks cannot be executed in parallel here ({error}).") from error
            return Client(self._cluster, set_as_default=False)
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
        if self._client is not None:
            self._client.close()
            if not self.scheduler:
                self._cluster.close()
