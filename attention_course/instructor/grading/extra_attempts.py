"""Extra attempts at grading: those count that are granted; of others the attempts before them."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace

from attention_course.answers.record import Record
from attention_course.instructor.grading.known_cells import KnownCells
from attention_course.instructor.release.question_calls import name_of, question_calls

NOT_GRANTED = (
    "The code {code} for extra attempts is not granted to this student: of {names} only the attempts before it count."
)


def vetted(
    records: Mapping[str, Record], known: KnownCells, is_granted: Callable[[str], bool]
) -> tuple[dict[str, Record], list[str]]:
    """Return the records, and a sentence on each code in them that is not granted, without what it was used for."""
    kept, refused = dict(records), dict[str, list[str]]()
    for name, record in records.items():
        if record.extra and not is_granted(record.extra):
            refused.setdefault(record.extra, []).append(name)
            kept[name] = _without_extra(record, allowed(name, known))
    return kept, [NOT_GRANTED.format(code=code, names=", ".join(names)) for code, names in refused.items()]


def _without_extra(record: Record, most: int | None) -> Record:
    """Return the record with the attempts that its question allows; the first ones of a long record are not kept."""
    attempts = record.attempts if most is None or record.earlier else record.attempts[:most]
    return replace(record, attempts=attempts, extra="")


def allowed(name: str, known: KnownCells) -> int | None:
    """Return how many attempts the instructor's cell allows at a question; None where they are not limited."""
    if name not in known or known[name].cell_type != "code":
        return None
    for call, kind in question_calls(known[name].source):
        if name_of(call) == name:
            given = next((argument.value for argument in call.keywords if argument.arg == "attempts"), None)
            return ast.literal_eval(given) if given is not None else kind.attempts
    return None
