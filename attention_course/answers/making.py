"""Which form of an answer a question needs."""

from typing import Any

from attention_course.answers.answer import Answer
from attention_course.answers.card_answer import CardAnswer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.explore_answer import ExploreAnswer
from attention_course.exercises.question import Question


def answer_to(question: Question, *arguments: Any, **named: Any) -> Answer:
    """Return a new answer of the form that the question's kind needs; the arguments are those of `Answer`."""
    if question.bank:
        return question.bank.answer_to(question, *arguments, **named)
    return _form(question)(question, *arguments, **named)


def _form(question: Question) -> type[Answer]:
    if question.written:
        return CodeAnswer
    if question.reviewed:
        return CardAnswer
    return ExploreAnswer if question.explored else Answer
