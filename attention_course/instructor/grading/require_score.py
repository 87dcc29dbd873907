"""RequireScore: a graded cell scores the number it ends in, and nothing when it ends in none."""

import re
from typing import Any

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from attention_course.answers import record
from attention_course.answers.record import LONGEST_PROBLEM
from attention_course.errors import CourseFailure, NoSandbox, PartlyRight, QuestionError
from attention_course.exercises.credit import points
from attention_course.instructor import regions
from attention_course.instructor.grading import passed_tests
from attention_course.instructor.grading.remark import remark
from attention_course.instructor.release.question_calls import ASKS_FOR_CODE
from attention_course.page.static_html import FACTS_MIME

NUMBER = re.compile(r"\d+(\.\d+)?(e-?\d+)?")  # as Python prints it; float() would also read "nan" and "1_0"
NO_SCORE = "NoScore"
# What a question's own cell raises only where the course, or the machine, is not as it must be.
COURSES = {NoSandbox.__name__, QuestionError.__name__}
TIMEOUTS = {"CellTimeoutError", KeyboardInterrupt.__name__}  # the second is how a kernel ends such a cell
SENTENCE = "This cell did not come to its score, so it counts 0 points."


class RequireScore(NbGraderPreprocessor):
    """Sees to it that nbgrader's determine_grade gives what a cell ends in.

    By itself it gives full marks to a cell that ends in anything but a number, also to one that never came to its
    tests, and none to a cell whose libraries warn about something on the grading machine.
    """

    _said: frozenset[str] | set[str] = frozenset()

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Look at each cell of one submission."""
        self._said = set(record.noted_problems(nb).values())  # when the answers were collected
        passed_tests.note(nb)
        return super().preprocess(nb, resources)

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Leave a graded cell that has no score with an error, which scores 0, and no result.

        Raises CourseFailure where a question itself could not be asked: that is no student's fault.
        """
        if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
            return cell, resources
        for problem in (output.data[FACTS_MIME].get("problem") for output in cell.outputs if _has_facts(output)):
            if problem and problem[:LONGEST_PROBLEM] not in self._said:
                remark(self.log, resources, problem)
        for sentence in _stumbled(cell):
            remark(self.log, resources, sentence)
        _demand_course(cell)
        _count_partly_right(cell)
        if _has_score(cell):
            for output in cell.outputs:
                if output.get("name") == "stderr":
                    output["name"] = "stdout"
            return cell, resources
        cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
        if not any(output.output_type == "error" for output in cell.outputs):
            cell.outputs.append(new_output("error", ename=NO_SCORE, evalue=SENTENCE, traceback=[SENTENCE]))
        return cell, resources


def _demand_course(cell: Any) -> None:
    """Raise CourseFailure where the cell of a question ended in an error that no student can cause.

    The code of a question that is answered with code runs elsewhere, so each of its errors is of that kind.
    """
    if not regions.is_question(cell.source):
        return
    name, written = cell.metadata.nbgrader["grade_id"], ASKS_FOR_CODE.search(cell.source)
    for output in cell.outputs:
        if output.output_type == "error" and (output.ename in COURSES or (written and output.ename not in TIMEOUTS)):
            said = output.evalue if output.ename == NoSandbox.__name__ else f"{output.ename}: {output.evalue}"
            raise CourseFailure(f"{name} could not be graded. {said}")


def _count_partly_right(cell: Any) -> None:
    """Put the share of the points in the place of the exception with which a partly right answer ends the tests.

    The share is data that the question itself has shown, before any test ran; no text is ever read for it. A question's
    own cell alone is believed: no code of a student's runs in it that could show or raise the same.
    """
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if len(errors) != 1 or errors[0].ename != PartlyRight.__name__ or not regions.is_question(cell.source):
        return
    shares = [output.data[FACTS_MIME]["share"] for output in cell.outputs if _has_facts(output)]
    if len(shares) == 1 and isinstance(shares[0], float) and 0 < shares[0] < 1:
        score = repr(points(shares[0], cell.metadata.nbgrader["points"]))
        result = new_output("execute_result", {"text/plain": score}, execution_count=cell.execution_count)
        cell.outputs[cell.outputs.index(errors[0])] = result


def _stumbled(cell: Any) -> list[str]:
    """Return a sentence on each test that ended in an error of its own, over what an answer gave it."""
    name = cell.metadata.nbgrader["grade_id"]
    facts = [output.data[FACTS_MIME] for output in cell.outputs if _has_facts(output)]
    said = [test for fact in facts if not fact.get("ungraded") for test in fact.get("stumbled", [])]
    return [
        f"{name}: the test {test[:LONGEST_PROBLEM]}. It counts as failed: let it assert what it needs." for test in said
    ]


def _has_facts(output: Any) -> bool:
    return FACTS_MIME in output.get("data", {})


def _has_score(cell: Any) -> bool:
    """Did the cell end, without an error, in one number from 0 to its points?"""
    kinds = [output.output_type for output in cell.outputs]
    if "error" in kinds or kinds.count("execute_result") != 1:
        return False
    text = cell.outputs[kinds.index("execute_result")].get("data", {}).get("text/plain", "")
    if not isinstance(text, str) or not NUMBER.fullmatch(text):
        return False
    return 0 <= float(text) <= float(cell.metadata.nbgrader["points"])
