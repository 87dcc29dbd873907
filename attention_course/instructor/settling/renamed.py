"""A question that has another name now: what a student's notebook calls by the old one is called by the new one."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from attention_course.exercises.find_answer import CODE

Value = TypeVar("Value")


def renamed(values: Mapping[str, Value], aliases: Mapping[str, str]) -> dict[str, Value]:
    """Return values by the names that questions have now; what stands there already under such a name is kept."""
    kept = {name: value for name, value in values.items() if name not in aliases}
    return {aliases[name]: value for name, value in values.items() if name in aliases} | kept


def rename_cells(cells: Iterable[Any], aliases: Mapping[str, str]) -> None:
    """Have the cells of a handed-in notebook known by the names that questions have now, those with code, too."""
    with_code = {f"{old}{CODE}": f"{new}{CODE}" for old, new in aliases.items()}
    every = {**aliases, **with_code}
    for cell in cells:
        about = cell["metadata"].get("nbgrader")
        name = about.get("grade_id") if isinstance(about, dict) else None
        if isinstance(name, str) and name in every:
            about["grade_id"] = every[name]
