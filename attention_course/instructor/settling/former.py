"""The former versions of a lesson's questions: what a student's notebook said can be told later.

Beside the gradebook, in releases/LESSON.json, stands each question as it was released before it was changed, its key
sealed as in the release: {"version": 1, "former": [{"until": "2026-03-03T…", "questions": {"purpose": "…"}}]}. Where
the lesson's rule of credit was changed, "credit" and "partial" say what it was.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attention_course.errors import CourseFailure, LessonError
from attention_course.exercises import credit
from attention_course.exercises.credit import Credit
from attention_course.instructor.course_files import replace_file
from attention_course.instructor.settling.asked import Asked, asked_in
from attention_course.instructor.settling.marks import mark_of

FOLDER = "releases"
VERSION = 1


class Former(dict[str, list[Asked]]):
    """The former versions of each question, the latest last. Nobody changes them, so a copy is the same object.

    `rules` are the lesson's former rules of credit, the latest last.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.rules: list[Credit] = []

    def __deepcopy__(self, memo: Any) -> "Former":
        """Return itself: nbconvert copies all that its steps are given, for every notebook anew."""
        return self

    def held(self, name: str, mark: str, now: str) -> Asked | None:
        """Return the former version that a notebook with this mark holds; None where it holds the one of `now`.

        A notebook that holds neither, because the cell was deleted, say, is taken for one of the latest former version.
        """
        known = self.get(name, [])
        if not known or mark == now:
            return None
        return next((each for each in reversed(known) if each.mark == mark), known[-1])

    def promised(self, rule: Credit | None, now: Credit) -> Credit | None:
        """Return the former rule that a notebook with this one promised its student; None where it promised `now`.

        A notebook with another one, or with none, because its setup cell was deleted, promised the latest former one.
        """
        if not self.rules or rule == now:
            return None
        return rule if rule in self.rules else self.rules[-1]


def read(root: Path, lesson: str) -> Former:
    """Return the former versions of a lesson's questions; raise CourseFailure where the file cannot be read."""
    path = path_of(root, lesson)
    former = Former()
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["former"]
        for entry in entries:
            for name, asked in asked_in(entry["questions"].values()).items():
                former.setdefault(name, []).append(asked)
            if "partial" in entry:
                former.rules.append(credit.rule(entry["credit"], entry["partial"]))
    except FileNotFoundError:
        pass
    except (OSError, ValueError, TypeError, KeyError, AttributeError, LessonError) as error:
        raise CourseFailure(
            f"{path} is damaged, so nobody can tell what notebooks said before: put an earlier copy of it back."
        ) from error
    return former


def changed(before: Mapping[str, Asked], now: Mapping[str, Asked]) -> list[Asked]:
    """Return which of the questions before are gone or otherwise now, maybe under another name."""
    renamed = {one.question.formerly: one for one in now.values() if one.question and one.question.formerly}
    later = {name: now.get(name) or renamed.get(name) for name in before}
    return [one for name, one in before.items() if (new := later[name]) is None or new.mark != one.mark]


def add(root: Path, lesson: str, questions: Mapping[str, str], until: str, rule: Credit | None = None) -> None:
    """Note questions that have been released and are now changed, by name, as a release has them.

    `rule` is the rule of credit that is now changed, None where it is not.
    """
    path = path_of(root, lesson)
    entries = json.loads(path.read_text(encoding="utf-8"))["former"] if path.is_file() else []
    known = {(name, mark_of(source)) for entry in entries for name, source in entry["questions"].items()}
    new = {name: source for name, source in questions.items() if (name, mark_of(source)) not in known}
    if new or rule:
        path.parent.mkdir(parents=True, exist_ok=True)
        was = {"credit": list(rule.by_attempt) or None, "partial": rule.partial} if rule else {}
        entries.append({"until": until, "questions": new, **was})
        replace_file(path, json.dumps({"version": VERSION, "former": entries}, indent=1, ensure_ascii=False) + "\n")


def path_of(root: Path, lesson: str) -> Path:
    """Return where a lesson's former questions are kept."""
    return root / FOLDER / f"{lesson}.json"
