"""Is the proxy there, through which everybody reaches the Hub?"""

from collections.abc import Iterator

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import Settings


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence where the program that the configuration names does not run."""
    if settings.proxy and not machine.proxy_runs:
        yield (
            f"The proxy {settings.proxy[0]} cannot be run, and without it nobody reaches the Hub: it needs Node.js and "
            "`npm install --prefix FOLDER configurable-http-proxy@5.3.0`."
        )
