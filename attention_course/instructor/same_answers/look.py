"""Looks at a graded class's answers to one question, or counts those to each."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from attention_course.errors import MarksError
from attention_course.exercises.question import Question
from attention_course.instructor.gradebook import connected
from attention_course.instructor.marks.marks import Mark, Place, read_marks
from attention_course.instructor.report.read_course import Grades, open_course, read_grades, read_questions
from attention_course.instructor.report.results import ClassResults, Result, StudentResults, gather
from attention_course.instructor.same_answers.groups import VERDICTS, Given, Group, grouped


@dataclass(frozen=True)
class Answers:
    """The different answers to one question."""

    question: Question
    most: float
    groups: list[Group]
    open: list[str]  # names of those who handed in and did not answer
    notes: list[str]

    @property
    def answered(self) -> int:
        """How many answered."""
        return sum(len(group.members) for group in self.groups)


@dataclass(frozen=True)
class Course:
    """What is known of a lesson before a question is chosen."""

    coursedir: Any
    questions: list[Question]
    grades: Grades
    marks: dict[Place, Mark]

    @classmethod
    def read(cls, lesson: str) -> "Course":
        """Read it in the course of the working directory; raise CourseError where there is nothing to look at."""
        coursedir = open_course(lesson)
        return cls(coursedir, read_questions(coursedir), Grades({}, {}), {}).again()

    def again(self) -> "Course":
        """Return it as the gradebook has it now; the questions stay, and are not asked anew."""
        lesson, db_url = self.coursedir.assignment_id, self.coursedir.db_url
        with connected(db_url) as session:
            marks = read_marks(session, lesson)
        return replace(self, grades=read_grades(db_url, lesson), marks=marks)

    def question(self, name: str) -> Question:
        """Return the question of a name; raise MarksError, with names that are near, where there is none."""
        by_name = {question.name: question for question in self.questions}
        if name in by_name:
            return by_name[name]
        known = {**{question.title.casefold(): question.name for question in self.questions}, **{n: n for n in by_name}}
        asked_for = name.casefold()  # "Task 3", too
        near = [known[each] for each in difflib.get_close_matches(asked_for, known, 1 if asked_for in known else 3)]
        offered = f"Did you mean {' or '.join(dict.fromkeys(near))}?" if near else f"It asks {', '.join(by_name)}."
        raise MarksError(f"{self.coursedir.assignment_id} asks no question {name!r}. {offered}")

    def answers_to(self, question: Question) -> Answers:
        """Return the different answers to one question."""
        # Which sitting of drawn questions counts is told by all of them.
        return self._answers(self.whole(self.questions if question.bank else [question]), question)

    def all_answers(self) -> list[Answers]:
        """Return the different answers to every question, in the lesson's order."""
        whole = self.whole(self.questions)
        return [self._answers(whole, question) for question in self.questions]

    def whole(self, questions: Sequence[Question]) -> ClassResults:
        """Return what the class did with these questions."""
        return gather(self.coursedir, questions, self.grades)

    def _answers(self, whole: ClassResults, question: Question) -> Answers:
        index = [each.name for each in whole.questions].index(question.name)
        given = [self._given(student, question, student.results[index]) for student in whole.students]
        notes = list(whole.notes)
        if whole.ungraded:
            notes.append(f"Handed in, but not graded, and so not among these: {', '.join(whole.ungraded)}.")
        open_ones = [student.name for student, one in zip(whole.students, given, strict=True) if one is None]
        return Answers(question, whole.most[index], grouped(one for one in given if one), open_ones, notes)

    def _given(self, student: StudentResults, question: Question, result: Result) -> Given | None:
        if not result.attempts:
            return None
        mark = self.marks.get((student.id, question.name), Mark())
        return Given(
            student.id,
            student.name,
            result.asked or question,
            result.attempts[-1],
            VERDICTS[result.standing],
            mark,
            tuple(test for test, passed in result.tests if not passed),
        )


def without_names(answers: Answers) -> Answers:
    """Return the answers without who gave them."""
    groups = [
        replace(group, members=tuple(replace(one, name="", student="") for one in group.members))
        for group in answers.groups
    ]
    return replace(answers, groups=groups, open=[""] * len(answers.open), notes=[])
