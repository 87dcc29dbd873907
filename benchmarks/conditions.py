"""What a measurement was made under, kept beside its figures: machine, day, and how busy others kept the machine."""

import ctypes
import json
import os
import platform
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from attention_course.instructor.one_thread import ONE_THREAD

MEASURED = Path(__file__).parent / "measured"
# With the first of these each process compiles anew all that it imports; the others hide what more threads cost.
NOT_USUAL = ("PYTHONDONTWRITEBYTECODE", *ONE_THREAD)
ADOPT_ORPHANS = 36  # prctl's PR_SET_CHILD_SUBREAPER


@contextmanager
def measuring(name: str, folder: Path = MEASURED) -> Iterator[dict[str, Any]]:
    """Give out a dict for figures; write it, with the conditions, to NAME.json, where nothing goes wrong meanwhile.

    What was measured before under other keys stays: a benchmark may be run in parts.
    """
    adopt_orphans()
    for name in NOT_USUAL:
        os.environ.pop(name, None)
    path = folder / f"{name}.json"
    figures: dict[str, Any] = {}
    load, begun, busy, own = os.getloadavg(), time.perf_counter(), _busy(), own_seconds()
    yield figures
    reap_orphans(patience=3)  # a fork server of this process's own stays to its end
    seconds = time.perf_counter() - begun
    others = max(_busy() - busy - (own_seconds() - own), 0) / (seconds * (os.cpu_count() or 1))
    conditions = {
        **machine(),
        "date": time.strftime("%Y-%m-%d"),
        "load before": [round(one, 2) for one in load],
        "others' share of the processors": round(others, 3),
        "seconds": round(seconds, 1),
    }
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept = before | {what: {"figures": value, "conditions": conditions} for what, value in figures.items()}
    folder.mkdir(exist_ok=True)
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """Return what is known of this machine, but not its name."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "cores": os.cpu_count(),
        "processor": models[0] if models else platform.machine(),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
    }


def _busy() -> float:
    """Return the seconds for which the processors were busy since the machine was started."""
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0) + getattr(times, "guest", 0) + getattr(times, "guest_nice", 0)
    return sum(times) - idle


def own_seconds() -> float:
    """Return the processor seconds of this process and of those it has started that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def adopt_orphans() -> None:
    """Become the parent of whatever outlives its own parent among the processes that descend from this one."""
    if platform.system() == "Linux":
        ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)


def reap_orphans(patience: float = 10) -> list[str]:
    """Wait until all descendants have ended, so that their seconds count; return the commands of those that stay."""
    deadline = time.monotonic() + patience
    while alive := _descendants():
        if time.monotonic() > deadline:
            return [" ".join(one.cmdline())[:200] for one in alive]
        time.sleep(0.05)
    return []


def _descendants() -> list[psutil.Process]:
    alive = []
    for process in psutil.Process().children(recursive=True):
        try:
            if process.status() != psutil.STATUS_ZOMBIE:
                alive.append(process)
            elif process.ppid() == os.getpid():
                os.waitpid(process.pid, os.WNOHANG)
        except (psutil.Error, ChildProcessError):
            continue
    return alive
