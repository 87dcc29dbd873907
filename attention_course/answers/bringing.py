"""Bringing: a student's own code from another lesson's notebook, which lies beside this one; only when asked for."""

from collections.abc import Sequence
from pathlib import Path

from attention_course.answers import colab, notebook, record
from attention_course.answers.record import Record
from attention_course.errors import NotebookError, PicksError
from attention_course.exercises.find_answer import Found
from attention_course.exercises.write import Write

OR_PASTE = "or paste your code into the cell above."
IN_COLAB = "Google Colab lets no notebook read another one: paste your code into the cell above."
NONE = "Beside this notebook lies no {lesson}.ipynb: put it into the same folder and press again, " + OR_PASTE
SEVERAL = "Several notebooks here are of the lesson {lesson!r} ({files}): leave one of them, then press again."
UNREADABLE = "{why} Open it there, save it, and press again, " + OR_PASTE
NOT_PASSED = (
    "In {file}, {name!r} has not passed yet: check it there, save, and press again. Until then the course's code "
    "is used."
)


def bring(question: Write, page_path: str | None = None) -> Found:
    """Return the code that passed in the lesson that a question names, with a sentence on whose is what.

    `page_path` is where the page says that its own notebook is. Nothing of the reference is in the text. Raises
    PicksError with what to do where there is no such notebook, or more than one, where it cannot be read, or where the
    last one of the questions was not passed there: what is asked for here is what that one defines.
    """
    lesson, names = question.brings_from, (question.brings or {})[question.brings_from]
    file = _file_of(lesson, page_path)
    try:
        records, problems = record.read(notebook.load(file), lesson)
    except NotebookError as error:
        raise PicksError(UNREADABLE.format(why=error)) from None
    passed = [name for name in names if name in records and _is_passed(records[name], judged=question.judged)]
    if names[-1] not in passed:
        why = problems.get(names[-1], "" if names[-1] in records else problems.get("", ""))
        raise PicksError(UNREADABLE.format(why=why) if why else NOT_PASSED.format(file=file.name, name=names[-1]))
    texts = [records[name].attempts[-1].picks[0] for name in passed]
    return Found("\n\n\n".join(text.strip("\n") for text in texts) + "\n", _whose(names, passed, file))


def _file_of(lesson: str, page_path: str | None) -> Path:
    if colab.is_here():
        raise PicksError(IN_COLAB)
    files = notebook.beside(lesson, page_path)
    if not files:
        raise PicksError(NONE.format(lesson=lesson))
    if len(files) > 1:
        raise PicksError(SEVERAL.format(lesson=lesson, files=", ".join(file.name for file in files)))
    return files[0]


def _is_passed(kept: Record, *, judged: bool) -> bool:
    """Did the last text pass all that was run? Where keys are held back nobody can tell, and what there is counts."""
    if not kept.attempts or len(kept.attempts[-1].picks) != 1:
        return False
    results = [one for part in kept.attempts[-1].result.values() for one in part]
    return all(results) if results else not judged


def _whose(names: Sequence[str], passed: Sequence[str], file: Path) -> str:
    others = [name for name in names if name not in passed]
    course = f" The course's, since yours did not pass there: {', '.join(others)}." if others else ""
    return f"Yours, from {file.name}: {', '.join(passed)}.{course}"
