"""Written answers: which code of a handed-in notebook is the answer to which question; as text, which is not run."""

import ast
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from nbformat.v4 import new_code_cell

from attention_course.answers.record import Attempt, Record
from attention_course.exercises.find_answer import CODE, Cell, Found, find_answer
from attention_course.exercises.starter import is_starter
from attention_course.exercises.write import MOST_BYTES
from attention_course.instructor import regions
from attention_course.instructor.grading.known_cells import KnownCells
from attention_course.instructor.release.question_calls import ASKS_FOR_CODE, name_of, question_calls

NO_TIME = datetime.fromtimestamp(0, UTC).isoformat(timespec="seconds")
TOO_LONG = (
    "The answer to {name!r} has {size:,} bytes where {most:,} are allowed, so it is not run, and counts as no answer."
)
SHOWN = 2000  # characters of an answer that is too long


@dataclass(frozen=True)
class Asked:
    """A question that is answered with code: the names to be defined, and what the answer's cell began with."""

    name: str
    defines: tuple[str, ...]
    starter: str
    brings: bool = False


def written_questions(known: KnownCells) -> Iterator[Asked]:
    """Yield the questions of the instructor's cells that are answered with code."""
    for cell in known.values():
        if cell.cell_type == "code" and cell.locked and ASKS_FOR_CODE.search(cell.source):
            for call, kind in question_calls(cell.source):
                if kind.written and (name := name_of(call)):
                    starter = known[name + CODE].source if name + CODE in known else ""
                    yield Asked(name, _defines(call), starter, _given(call, "brings") is not None)


def _defines(call: ast.Call) -> tuple[str, ...]:
    given = _given(call, "defines")
    return tuple(ast.literal_eval(given)) if given is not None else ("",)


def _given(call: ast.Call, name: str) -> ast.expr | None:
    return next((argument.value for argument in call.keywords if argument.arg == name), None)


def code_cells(cells: Iterable[Any], known: KnownCells) -> list[Cell]:
    """Return the code cells of a handed-in notebook as they are looked through for answers."""
    found = []
    for cell in cells:
        about = cell.metadata.get("nbgrader")
        name = about.get("grade_id") if isinstance(about, dict) else None
        name = name if isinstance(name, str) else ""
        ours = known[name].locked if name in known else regions.is_question(cell.source)
        if cell.cell_type == "code":
            found.append(Cell(name, cell.source, ours))
    return found


def found_for(asked: Asked, cells: list[Cell], record: Record | None) -> Found | None:
    """Return the answer to a question, None where there is none, or only what its cell began with."""
    recorded = record.attempts[-1].picks[0] if record and record.attempts and record.attempts[-1].picks else ""
    found = find_answer(
        cells,
        asked.name,
        asked.defines,
        untouched=lambda text: _is_untouched(text, asked),
        recorded=recorded,
        brought=recorded if asked.brings else "",
    )
    return None if found is None or _is_untouched(found.text, asked) else found


def _is_untouched(text: str, asked: Asked) -> bool:
    return not text.strip() or is_starter(text, asked.starter or None)


def problem_with(asked: Asked, text: str) -> str:
    """Return a sentence where a text is too long to be an answer, else ""."""
    size = len(json.dumps(text, ensure_ascii=False).encode(errors="replace"))
    return TOO_LONG.format(name=asked.name, size=size, most=MOST_BYTES) if size > MOST_BYTES else ""


def with_text(record: Record | None, text: str) -> Record:
    """Return a record whose last text is the one that counts; no attempt is added: they may be limited."""
    record = record or Record()
    if record.attempts and record.attempts[-1].picks == (text,):
        return record
    at = record.attempts[-1].at if record.attempts else NO_TIME
    attempts = (*record.attempts[:-1], Attempt((text,), at))
    return replace(record, attempts=attempts, revision=record.revision + 1).in_short()


def put_into_its_cell(cells: list[Any], asked: Asked, text: str) -> None:
    """Have the text that counts stand in the answer's own cell, where an instructor looks for it."""
    marked = [cell for cell in cells if _is_called(cell, asked.name + CODE)]
    if not marked:
        marked.append(new_code_cell(metadata={"nbgrader": {"grade_id": asked.name + CODE}}))
        cells.append(marked[0])
    marked[0].cell_type, marked[0].source = "code", text


def _is_called(cell: Any, name: str) -> bool:
    about = cell.metadata.get("nbgrader")
    return isinstance(about, dict) and about.get("grade_id") == name
