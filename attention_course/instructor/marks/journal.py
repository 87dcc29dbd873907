"""The journal of marks that were given to many at once: a line an action, so that each can be taken back."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attention_course.errors import MarksError
from attention_course.instructor.course_files import replace_file
from attention_course.instructor.marks.marks import Change

FILE = "marks.jsonl"  # in the course's folder; it holds students' ids and comments


@dataclass(frozen=True)
class Action:
    """What was done at once; `number` is its line in the journal, `question` "" where it was about several."""

    number: int
    at: str
    lesson: str
    question: str
    did: str  # in words
    changes: list[Change]


class Journal:
    """The journal of a course; lines are only added, and no student's id stays in it who is to be forgotten."""

    def __init__(self, root: Path) -> None:
        self.path = root / FILE

    def add(self, lesson: str, question: str, did: str, changes: Sequence[Change]) -> None:
        """Write down what is about to be done."""
        self._append(
            {"lesson": lesson, "question": question, "did": did, "changes": [asdict(change) for change in changes]}
        )

    def add_undone(self, action: Action) -> None:
        """Write down that an action is taken back."""
        self._append({"undone": action.number})

    def last(self, lesson: str, question: str = "") -> Action:
        """Return the last action in a lesson, or on one question, that is not taken back.

        Raises MarksError where there is none, or the journal is damaged.
        """
        lines = self._lines()
        undone = {line["undone"] for line in lines if "undone" in line}
        for number, line in reversed([*enumerate(lines, start=1)]):
            about = "undone" not in line and number not in undone and line["lesson"] == lesson
            if about and question in ("", line["question"]):
                changes = [Change(**change) for change in line["changes"]]
                return Action(number, line["at"], lesson, line["question"], line["did"], changes)
        raise MarksError(f"{self.path.name} knows nothing in {question or lesson} that could be taken back.")

    def names(self, student: str) -> bool:
        """Is anything in it about a student? A damaged journal names nobody."""
        try:
            return any(change["student"] == student for line in self._lines() for change in line.get("changes", ()))
        except MarksError:
            return False

    def forget(self, student: str) -> None:
        """Take a student out; every action keeps its number."""
        lines = self._lines()
        for line in lines:
            if "changes" in line:
                line["changes"] = [change for change in line["changes"] if change["student"] != student]
        replace_file(self.path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))

    def _lines(self) -> list[dict[str, Any]]:
        text = self.path.read_text(encoding="utf-8") if self.path.is_file() else ""
        lines = []
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                lines.append(_checked(json.loads(line)))
            except (ValueError, TypeError, KeyError) as error:
                raise MarksError(f"{self.path.name} is damaged in line {number}: mend or remove that line.") from error
        return lines

    def _append(self, line: dict[str, Any]) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"at": at, **line}, ensure_ascii=False) + "\n")
        except OSError as error:
            raise MarksError(f"{self.path} cannot be written, so nothing was changed: {error.strerror}.") from error


def _checked(line: dict[str, Any]) -> dict[str, Any]:
    """Return a line that has all that it needs; raise KeyError or TypeError for any other."""
    if "undone" not in line:
        for needed in ("at", "lesson", "question", "did"):
            line[needed]
        [Change(**change) for change in line["changes"]]
    return line
