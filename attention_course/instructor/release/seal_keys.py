"""SealKeys: what a release must not show in plain becomes one sealed line, or is dropped."""

import ast
import re
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum

from attention_course.errors import QuestionError
from attention_course.exercises import seal
from attention_course.exercises.kinds import KINDS
from attention_course.exercises.question import Question
from attention_course.instructor import regions
from attention_course.instructor.checked_options import CheckedOptions
from attention_course.instructor.release.question_calls import question_calls


class SealKeys(CheckedOptions, NbGraderPreprocessor):
    """Replaces the KEY region of each question by `sealed="…",`; refuses a question whose key would stay in sight."""

    feedback = Enum(
        ["at_once", "after_grading"],
        default_value="at_once",
        help="Whether the notebook judges an attempt at once, or the key is left out until the class is graded.",
    ).tag(config=True)

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Seal one cell; raise QuestionError, naming the cell, where its source is not as it must be."""
        if cell.cell_type == "code":
            try:
                cell.source = sealed(cell.source, keep=self.feedback == "at_once")
            except QuestionError as error:
                name = cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", cell_index)
                raise QuestionError(f"Cell {name!r}: {error}") from None
        return cell, resources


def sealed(source: str, *, keep: bool) -> str:
    """Return a cell's source with its KEY regions sealed, or dropped where they are not to be kept."""
    found = regions.find(source, regions.KEY)
    questions = _questions(source, must_parse=bool(found))
    substitutes = []
    for region in found:
        inside = [(call, kind) for call, kind in questions if _lines(call).start < region.start in _lines(call)]
        _demand(
            bool(inside), "a KEY region stands outside of a question; put its markers among the question's arguments"
        )
        kind = inside[-1][1]
        hidden, needed = _hidden(*inside[-1], region), kind.needed
        _demand(kind.secret in hidden, f"its KEY region holds no {kind.secret}=; add it there")
        indent = re.match(r"\s*", source.split("\n")[region.start])
        released = {name: value for name, value in hidden.items() if keep or name in needed}
        substitutes.append([f'{indent[0] if indent else ""}sealed="{_sealed(released)}",'] if released else [])
    for question, kind in questions:
        _check_nothing_in_sight(question, kind, found)
    return regions.replace(source, found, substitutes)


def in_sight(source: str) -> str:
    """Say what of a cell's questions a release would refuse to show in plain, "" where nothing is."""
    found = regions.find(source, regions.KEY)
    try:
        for question, kind in _questions(source, must_parse=True):
            _check_nothing_in_sight(question, kind, found)
    except QuestionError as error:
        return str(error)
    return ""


def _questions(source: str, *, must_parse: bool) -> list[tuple[ast.Call, type[Question]]]:
    """Return the calls that make a question, outer before inner."""
    try:
        return list(question_calls(source))
    except SyntaxError as error:  # a cell with %magics is none of ours, as long as no question is in it
        asks = re.search(rf"\b({'|'.join(KINDS)})\(", source)
        _demand(not must_parse and not asks, f"it is not plain Python: {error.msg} in line {error.lineno}")
        return []


def _hidden(question: ast.Call, kind: type[Question], region: range) -> dict[str, Any]:
    """Return the literal keyword arguments within a region, by name, without those that no release holds."""
    hidden, sealable = {}, kind.sealable() | kind.unreleased
    for argument in question.keywords:
        if argument.arg and _lines(argument).start in region:
            _demand(argument.arg in sealable, f"{argument.arg}= cannot be sealed; move it out of the KEY region")
            _demand(_lines(argument)[-1] in region, f"{argument.arg}= goes on after ### END KEY; move the marker down")
            if argument.arg not in kind.unreleased:
                hidden[argument.arg] = _literal(argument)
    return hidden


def _literal(argument: ast.keyword) -> Any:
    try:
        return ast.literal_eval(argument.value)
    except ValueError:
        raise QuestionError(f"{argument.arg}= is not a literal; write out its texts, lists and dicts.") from None


def _sealed(hidden: dict[str, Any]) -> str:
    try:
        return seal.seal(hidden)
    except TypeError as error:
        raise QuestionError(f"its KEY region may hold texts, numbers, lists and dicts only ({error}).") from None


def _check_nothing_in_sight(question: ast.Call, kind: type[Question], found: list[range]) -> None:
    own = [region for region in found if region.start in _lines(question)]
    _demand(
        len(own) == 1, "a question has one KEY region, from ### BEGIN KEY to ### END KEY, around its key= and solution="
    )
    for argument in question.keywords:
        _demand(argument.arg is not None, "a question's arguments are written out, not given as **arguments")
        in_sight = _lines(argument).start not in own[0] and argument.arg in kind.hidden | kind.unreleased
        _demand(not in_sight, f"{argument.arg}= would be released; move it into the KEY region")


def _lines(node: ast.Call | ast.keyword) -> range:
    """Return the line numbers of a piece of source, counted from 0."""
    return range(node.lineno - 1, node.end_lineno or node.lineno)


def _demand(condition: bool, sentence: str) -> None:
    if not condition:
        raise QuestionError(f"{sentence}.")
