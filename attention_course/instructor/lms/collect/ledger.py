"""What was collected before, from which download: so that an older submission never takes a newer one's place."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from attention_course.errors import CollectError
from attention_course.instructor.course_files import replace_file


@dataclass(frozen=True)
class Age:
    """How new a submission is: by Canvas's number of the file, by the download's time, by its own last attempt."""

    order: int
    time: float
    attempt: str  # ISO 8601, in UTC; "" for none

    def is_newer_than(self, other: "Age") -> bool | None:
        """Is it newer? None where nothing tells."""
        if self.order != other.order and self.order and other.order:
            return self.order > other.order
        mine, others = (self.time, self.attempt), (other.time, other.attempt)
        return None if mine == others else mine > others


@dataclass(frozen=True)
class Entry:
    """One student's collected submission."""

    age: Age
    digest: str  # of the notebook; "" while it is being written


class Ledger:
    """The file in which a course keeps what was collected for one assignment."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: dict[str, Entry] = {}
        if path.exists():
            try:
                known = json.loads(path.read_text(encoding="utf-8"))
                self.entries = {id: Entry(Age(**value["age"]), value["digest"]) for id, value in known.items()}
            except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
                raise CollectError(
                    f"{path} is damaged: remove it, and empty submitted/ where it is to be collected anew."
                ) from error

    def write(self, entries: dict[str, Entry]) -> None:
        """Put down entries; the file is replaced as a whole, so that it is never half written."""
        if all(self.entries.get(id) == entry for id, entry in entries.items()):
            return
        self.entries.update(entries)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        values = {id: asdict(entry) for id, entry in sorted(self.entries.items())}
        replace_file(self.path, json.dumps(values, indent=1, ensure_ascii=False) + "\n")
