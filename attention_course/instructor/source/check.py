"""The authoring check: is every exercise of a source notebook complete, and do its hidden tests accept only the key?"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.explore_answer import ExploreAnswer
from attention_course.errors import NotebookError
from attention_course.exercises import program
from attention_course.exercises.question import Question
from attention_course.instructor import regions
from attention_course.instructor.formatting import counted
from attention_course.instructor.release.seal_keys import in_sight
from attention_course.instructor.source import fillings, leftovers, words, written
from attention_course.instructor.source.cells import Cell, code_cells, load_source
from attention_course.instructor.source.time_limit import TooLong, time_limit
from attention_course.lesson import Lesson
from attention_course.page import again
from attention_course.page.path import START

LONGEST_CELL = 60  # seconds
NO_CODE = (
    "it has no key: put the right code between ### BEGIN SOLUTION and ### END SOLUTION into a cell above it, an "
    "“Autograded answer” with the ID {name}-code."
)


def check(notebook: dict[str, Any], lesson: str) -> list[str]:
    """Return what is to be mended in a source notebook, one sentence each."""
    findings = [f"{left}; `make clean` removes it." for left in leftovers.find(notebook)]
    findings += _check_ids(notebook)
    names: dict[str, Any] = {}  # what the notebook's cells have defined so far
    asked: dict[str, Answer] = {}
    cells = list(code_cells(notebook))
    for cell in cells:
        about = f"Cell {cell.id}: "
        try:
            with time_limit(LONGEST_CELL):
                run = program.run(cell.shown, given=names)
        except TooLong:
            findings.append(f"{about}it does not end within {LONGEST_CELL} seconds.")
            continue
        names.update(run.names)
        answers = names["lesson"].answers if isinstance(names.get("lesson"), Lesson) else {}
        new = [answer for name, answer in answers.items() if name not in asked]
        asked.update(answers)
        if run.error:
            findings.append(f"{about}it raises {str(run.error).rstrip('.')}.")
            continue
        if cell.nbgrader.get("grade") or new:
            findings += [about + finding for finding in _check_graded(cell, new, names)]
    questions = [answer.question for answer in asked.values() if isinstance(answer, CodeAnswer)]
    findings += written.defined_elsewhere(questions, cells)
    findings += _check_titles([answer.question.title for answer in asked.values()])
    if not asked and lesson != START:
        findings.append("No cell asks a question with `lesson.ask(…)`, where `lesson` is a Lesson.")
    elif asked and names["lesson"].name != lesson:
        findings.append(f"The lesson is named {names['lesson'].name!r}, but its file {lesson!r}: give both one name.")
    return findings


def _check_ids(notebook: dict[str, Any]) -> Iterator[str]:
    """Yield the ids that two cells share: nbgrader's, which are the names in the gradebook, and the notebook's own."""
    for what, ids in {
        "nbgrader ID": [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"]],
        "cell id": [cell.get("id") for cell in notebook["cells"]],
    }.items():
        for name, count in Counter(ids).items():
            if name and count > 1:
                yield f"The {what} {name!r} is that of {count} cells: give each one of its own."


def _check_titles(titles: list[str]) -> Iterator[str]:
    """Yield the titles that several questions share: students, feedback and reports tell them apart by these."""
    for title, count in Counter(titles).items():
        if count > 1:
            yield f"{count} questions are called {title}: give each a number= of its own."


def _check_graded(cell: Cell, asked: list[Answer], names: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a graded cell and the one question it asks."""
    if len(asked) != 1:
        yield f"a graded cell asks one question with a name of its own, this one asks {len(asked)}."
        return
    question = asked[0].question
    wanted = {"grade": True, "locked": True, "solution": False, "points": question.points, "grade_id": question.name}
    for key, value in wanted.items():
        if cell.nbgrader.get(key) != value:
            yield (
                f"nbgrader's {key!r} is {cell.nbgrader.get(key)!r} where it must be {value!r}: make the cell "
                f"“Autograder tests” with {counted(question.points, 'point')} and the question's name as its ID."
            )
    if not question.bank:  # of a bank all items are checked, by its own tests
        if len(regions.find_paired(cell.source, regions.KEY)) != 1:
            yield "it needs one region between the lines `### BEGIN KEY` and `### END KEY`."
        elif refused := in_sight(cell.source):
            yield refused
        yield from words.missing(question)
        yield from words.giveaways(question)
        yield from words.twins(question)
        yield from _unknown_template(question)
    if isinstance(asked[0], ExploreAnswer):
        yield from _unknown_prediction(asked[0])
        yield from _unknown_function(asked[0])
    if not question.judged:
        no_key = f"it has no {question.secret}: add {question.secret}= to the KEY region."
        yield NO_CODE.format(name=question.name) if question.written else no_key
        return
    if isinstance(asked[0], CodeAnswer):
        yield from written.misjudged(cell, asked[0], names)
        return
    try:
        with time_limit(fillings.LONGEST):
            against, failure, picture = question.contradiction(), _failure(question), list(_check_picture(question))
    except TooLong:
        against, picture = "", []
        failure = f"its program or its picture does not end within {fillings.LONGEST} seconds with the key: mend it."
    if against:
        yield against
    if failure:
        yield failure
        return
    yield from picture
    if cell.hidden_tests:
        yield from fillings.misjudged(cell.hidden_tests, asked[0], names)
    else:
        yield "it needs lines between `### BEGIN HIDDEN TESTS` and `### END HIDDEN TESTS`."


def _unknown_template(question: Question) -> Iterator[str]:
    """Yield where a question is to be asked again in other numbers, and never can be."""
    if question.again and again.deck(question.again) is None:
        yield f"again= names {question.again!r}, which is no template of the bank's: see docs/test-bank.md."
    elif question.again and (question.committed or question.attempts is None):
        yield "again= stands where nothing is finished with a verdict, so it would never be offered: leave it out."


def _unknown_prediction(answer: ExploreAnswer) -> Iterator[str]:
    """Yield where an explorer waits for a question that there is not, or that nobody commits."""
    name = answer.question.predict
    prediction = answer.others(name)
    if name and not (prediction and prediction.question.committed):
        yield f"predict= names {name!r}, which is no question above that is committed."


def _unknown_function(answer: ExploreAnswer) -> Iterator[str]:
    """Yield where an explorer asks for a function that no question of the lesson asks the student to write."""
    name, asks = answer.question.uses, answer.question.asks
    code = answer.others(name)
    if name and not (isinstance(code, CodeAnswer) and asks in code.question.defines):
        yield f"uses= names {name!r}, which is no question above that has the student write {asks}."


def _failure(question: Question) -> str:
    """Say what a program raises with its key, "" where it runs."""
    error = question.run(question.key).error if question.performs and not question.committed else None
    return f"its program raises {str(error).rstrip('.')} with the key: mend the program, or the key." if error else ""


def _check_picture(question: Question) -> Iterator[str]:
    if question.draw and (shown := question.perform(question.key)).picture is None:
        yield f"its picture cannot be drawn with the key: {shown.complaint}"


def check_files(paths: list[str]) -> int:
    """Check the notebooks, print the findings, and return 1 where there are any."""
    status = 0
    for path in map(Path, paths):
        try:
            findings = check(load_source(path), path.stem)
        except NotebookError as error:
            findings = [str(error)]
        print(*(f"{path}: {finding}" for finding in findings or ["every exercise is complete."]), sep="\n")
        status = 1 if findings else status
    return status
