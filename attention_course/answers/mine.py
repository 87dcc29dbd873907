"""Mine: a function that a task asked for, to go on with: the student's own where it passed, else the reference."""

from collections.abc import Iterable
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.errors import LessonError, NotAnswered


def function(answers: Iterable[Answer], name: str, *, own: bool = True) -> Any:
    """Return the function or class of this name, and print in a line whose it is.

    What is the student's is run in this process: without `own` it never is. Raises LessonError where no task asks for
    it, and NotAnswered where nobody has written it or it cannot be run.
    """
    answer, wanted = _asked(answers, name)
    is_own = own and answer.is_good and answer.picks is not None
    code = answer.code_for_others(own=own)
    names: dict[str, Any] = {"__name__": "__main__"}
    try:
        for source in dict.fromkeys([*answer.before(own=own), code]):
            exec(compile(source, f"<{wanted}>", "exec", dont_inherit=True), names)
        found = names[wanted]
    except Exception as error:
        raise NotAnswered(f"{wanted} of {answer.question.title} cannot be used: {error!r}.") from None
    if own:
        print(f"{wanted}: {'yours' if is_own else 'the reference'}, from {answer.question.title}.")
    return found


def _asked(answers: Iterable[Answer], name: str) -> tuple[CodeAnswer, str]:
    for answer in answers:
        if isinstance(answer, CodeAnswer):
            if name in answer.question.defines:
                return answer, name
            if name == answer.question.name:
                return answer, answer.question.defines[0]
    raise LessonError(f"No task above asks for {name!r}: run the cells above first.")
