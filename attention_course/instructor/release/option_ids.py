"""Ids for options: rewrites `options=["key", …]` in a question's source as `options={"key": "key", …}`."""

import ast
import json
import re
from collections.abc import Iterable, Iterator

from attention_course.exercises.blanks import Blanks
from attention_course.exercises.choice import Choice
from attention_course.exercises.options import letter
from attention_course.exercises.question import Question
from attention_course.instructor.release.question_calls import question_calls

LONGEST = 24  # characters of a made id, not counting a number behind it
Edit = tuple[int, int, str]  # replace the source's bytes from here to there by this text


def with_ids(source: str) -> str:
    """Return a cell's source with ids for the options of the questions that it asks; as it is where it is no Python."""
    try:
        asked = list(question_calls(source))
    except SyntaxError:
        return source
    lines = Lines(source)
    edits = [edit for call, kind in asked if kind.lists for edit in _edits(call, kind, lines)]
    data = source.encode()
    for start, end, text in sorted(edits, reverse=True):
        data = data[:start] + text.encode() + data[end:]
    return data.decode()


class Lines:
    """A source's lines, to find out where in its bytes a piece of it stands."""

    def __init__(self, source: str) -> None:
        self._begins = [0]
        for line in source.split("\n"):
            self._begins.append(self._begins[-1] + len(line.encode()) + 1)

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Return where a piece begins and ends; its columns count bytes, too."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return self._begins[node.lineno - 1] + node.col_offset, self._begins[end_line - 1] + end_column


def _edits(call: ast.Call, kind: type[Question], lines: Lines) -> Iterator[Edit]:
    """Yield what is to be replaced in a question; nothing where its options, or lines, are no list of plain texts."""
    arguments = {argument.arg: argument.value for argument in call.keywords}
    options = arguments.get(kind.lists)
    if not isinstance(options, ast.List):
        return
    texts = [item.value for item in options.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    if not texts or len(set(texts)) < len(options.elts):
        return  # the question itself refuses what is wrong with them
    by_letter = issubclass(kind, Choice)
    ids = texts if issubclass(kind, Blanks) else made_ids(texts)
    start, end = lines.span(options)
    yield start, start + 1, "{"
    yield end - 1, end, "}"
    for name, item in zip(ids, options.elts, strict=True):
        place, _ = lines.span(item)
        yield place, place, f"{_quoted(name)}: "
    renamed = dict(zip(map(letter, range(len(ids))) if by_letter else texts, ids, strict=True))
    why_not = arguments.get("why_not")
    reasons = why_not.keys if isinstance(why_not, ast.Dict) else []
    picks = [arguments.get("key"), arguments.get("also")] if by_letter else []
    yield from _renamed([*picks, *reasons], renamed, lines)


def _renamed(nodes: Iterable[ast.expr | None], renamed: dict[str, str], lines: Lines) -> Iterator[Edit]:
    """Yield the replacement of each letter or text, alone or in a list of texts, by the id that it stands for."""
    for node in nodes:
        if isinstance(node, ast.List):
            yield from _renamed(node.elts, renamed, lines)
        elif isinstance(node, ast.Constant) and node.value in renamed:
            yield *lines.span(node), _quoted(renamed[node.value])


def made_ids(texts: Iterable[str]) -> list[str]:
    """Return an id for each text, made of its first words: "let-the-model-focus-on"."""
    ids: list[str] = []
    for text in texts:
        words = "-".join(re.findall(r"\w+", text.casefold())) or "option"
        made = words if len(words) <= LONGEST else words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]
        number = 2
        name = made
        while name in ids:
            name, number = f"{made}-{number}", number + 1
        ids.append(name)
    return ids


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
