"""The authoring check of a question that is answered with code: do its tests accept the key, and no wrong answer?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attention_course.answers.code_answer import CodeAnswer
from attention_course.errors import NotAnswered, StudentError
from attention_course.exercises import examples, program
from attention_course.exercises.find_answer import CODE, does_define
from attention_course.exercises.suite import Suite, Tested
from attention_course.exercises.write import Write
from attention_course.instructor.source.cells import Cell
from attention_course.instructor.source.time_limit import TooLong, time_limit
from attention_course.student_code.workshop import Home

SEEDS = (1, 2)  # with which the tests are run
# Behind the key: its own modules have their parameters and parts in another order, and other first values.
OTHER_ORDER = """
def _in_another_order(kind):
    made = kind.__init__
    def __init__(self, *arguments, **named):
        import torch
        torch.rand(1)
        made(self, *arguments, **named)
        if type(self) is kind:
            for parts in (self._parameters, self._modules):
                turned = [*parts.items()][::-1]
                parts.clear()
                parts.update(turned)
    kind.__init__ = __init__
for _each in {names!r}:
    _in_another_order(globals()[_each])
"""


def misjudged(cell: Cell, answer: CodeAnswer, names: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is to be mended in a question that is answered with code; `names` are what the cells have defined."""
    question = answer.question
    yield from _unknown_uses(answer)
    run = program.run(cell.hidden_tests, given=names)  # which registers them; nothing is answered, so none runs
    if run.error:
        yield f"its hidden tests raise {str(run.error).rstrip('.')} before any answer is looked at: mend them."
        return
    yield from _registered(answer.tests, question)
    try:
        before = answer.before(own=False)
    except NotAnswered as error:
        yield f"its key cannot be run: {error}"
        return
    key = str(question.key)
    yield from _refused_keys(answer, before, key)
    yield from _failing_examples(question, before, key)
    if len(answer.tests):
        yield from _surviving(answer, before)


def defined_elsewhere(questions: Iterable[Write], cells: Iterable[Cell]) -> Iterator[str]:
    """Yield the cells that define what an answer is to define: such a cell could be taken for the answer."""
    free = [cell for cell in cells if not cell.nbgrader.get("locked")]
    for question in questions:
        name = question.defines[0]
        for cell in free:
            if cell.nbgrader.get("grade_id") != question.name + CODE and does_define(cell.source, name):
                yield (
                    f"Cell {cell.id}: it defines {name}, as the answer to {question.name!r} does, and could be "
                    "taken for that: choose another name."
                )


def _unknown_uses(answer: CodeAnswer) -> Iterator[str]:
    for name in answer.question.uses:
        if not isinstance(answer.others(name), CodeAnswer):
            yield f"uses= names {name!r}, which is no question above that is answered with code."


def _registered(tests: Suite, question: Write) -> Iterator[str]:
    if question.brings:
        yield from _carried(tests, question)
        return
    if not len(tests):
        yield "it has no hidden tests: register them with @answer.test(…) before answer.points(…)."
    elif round(tests.points, 9) != question.points:
        yield f"the points of its hidden tests add up to {tests.points:g}, but it is worth {question.points:g}."
    for test in tests:
        if not test.why.strip():
            yield f"its test {test.name!r} has no why=: say for students what fails."
    if not question.wrong:
        yield "it has no wrong answers: add to wrong= those that students give, each with the test that it fails."
    if not question.examples:
        yield "it has no example: add to examples= a call that a student sees."


def _carried(tests: Suite, question: Write) -> Iterator[str]:
    """Yield what is wrong where code is brought: it is not graded, and examples say whether it can be gone on with."""
    if len(tests):
        yield "what is brought is graded in its own lesson: leave out its hidden tests, all but answer.points(0)."
    if not question.examples:
        yield "it has no example: add to examples= a call that shows whether the code that is brought works here."


def _refused_keys(answer: CodeAnswer, before: Sequence[str], key: str) -> Iterator[str]:
    """Yield each test and check that the key fails, with some seed, or when its parameters stand in another order."""
    modules = _modules(answer)  # of a function there is no other order: that would be the first case once more
    for what, suite in (("hidden test", answer.tests), ("check", answer.checks)):
        failed: set[str] = set()
        cases = [(seed, key, f"with the seed {seed}") for seed in SEEDS]
        if modules:
            turned = key + OTHER_ORDER.replace("{names!r}", repr(modules))
            cases.append((SEEDS[0], turned, "when its modules make their parts in another order"))
        for seed, text, case in cases:
            for each in _results(suite, answer, before, text, seed):
                if not each.passed and each.name not in failed:
                    failed.add(each.name)
                    said = each.stumbled or each.raised
                    yield f"the key fails its {what} {each.name!r} {case}{f' ({said})' if said else ''}."


def _modules(answer: CodeAnswer) -> list[str]:
    """Return the names of the modules that the key defines; none where it cannot be run."""
    try:
        with time_limit(answer.question.longest_testing):
            key = vars(answer.right())
    except (Exception, TooLong):  # as the tests will say
        return []
    defined = {name: key.get(name) for name in answer.question.defines}
    return [name for name, kind in defined.items() if isinstance(kind, type) and hasattr(kind, "named_parameters")]


def _failing_examples(question: Write, before: Sequence[str], key: str) -> Iterator[str]:
    try:
        with time_limit(question.longest_testing):
            results = examples.run(question.examples, [*before, key], Home(), **question.limits)
    except (StudentError, TooLong) as error:
        yield f"its key cannot be run: {error or 'it does not end'}."
        return
    for example, came in zip(question.examples, results, strict=True):
        if came.error:
            yield f"its example {example.title!r} fails with the key: {came.error}."
        elif example.draw and (problem := _not_drawn(example, came.call.value if came.call else None)):
            yield f"its example {example.title!r} cannot be drawn: {problem}"


def _not_drawn(example: examples.Example, value: Any) -> str:
    from attention_course.pictures.heatmap import heatmap

    try:
        heatmap(example.drawn_part(value), kind=example.draw)
    except Exception as error:  # an author's expression, or what cannot be drawn
        return str(error)
    return ""


def _surviving(answer: CodeAnswer, before: Sequence[str]) -> Iterator[str]:
    """Yield each wrong answer, and a starter, that is accepted, or not refused by the test that is to refuse it."""
    question, tests = answer.question, {test.name for test in answer.tests}
    if question.starter and not _failed(answer.tests, answer, before, question.starter):
        yield "the program that its cell begins with passes every hidden test: plant a fault in it."
    for name, how in (question.wrong or {}).items():
        fails = how["fails"]
        if fails not in tests:
            yield f"the wrong answer {name!r} is to fail the test {fails!r}, which there is not."
            continue
        text = how.get("code") or _changed(str(question.key), how["change"])
        if text is None:
            yield f"the wrong answer {name!r} changes what is not in the key: {how['change'][0]!r}."
            continue
        failed = _failed(answer.tests.only(fails), answer, before, text) or _failed(answer.tests, answer, before, text)
        if not failed:
            yield f"the wrong answer {name!r} passes every hidden test."
        elif fails not in failed:
            yield f"the wrong answer {name!r} passes the test {fails!r} that is to refuse it; it fails {failed[0]!r}."


def _failed(tests: Suite, answer: CodeAnswer, before: Sequence[str], text: str) -> list[str]:
    """Return the names of the tests that an answer fails."""
    return [each.name for each in _results(tests, answer, before, text, SEEDS[0]) if not each.passed]


def _changed(key: str, change: Sequence[str]) -> str | None:
    old, new = change
    return key.replace(old, new) if old in key else None


def _results(suite: Suite, answer: CodeAnswer, before: Sequence[str], text: str, seed: int) -> list[Tested]:
    """Run tests over an answer here: it is the author's own."""
    answer.seed = seed
    try:
        with time_limit(answer.question.longest_testing):
            cells, limits = [*before, text], answer.question.limits
            return suite.run(lambda: Home().open(cells, seed=seed, **limits), answer.right(), seed=seed)
    except TooLong:
        return [test.failed("it does not end", "too slow") for test in suite]
    finally:
        answer.seed = SEEDS[0]
