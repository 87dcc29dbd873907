"""The question that a cell's source asks, found without running anything of it."""

import ast
import operator
from typing import Any

from attention_course.errors import QuestionError
from attention_course.exercises.kinds import KINDS
from attention_course.exercises.question import Question

ARITHMETIC: dict[type[ast.operator], Any] = {ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Pow: operator.pow}
LARGEST_POWER = 64


def question_in(source: str) -> tuple[Question, ast.Call] | None:
    """Return the question that a cell asks, and the call that makes it.

    None where the cell asks none, or one whose arguments are not written out, or that is not as this version knows it.
    """
    try:
        for call in ast.walk(ast.parse(source)):
            kind = KINDS.get(getattr(call.func, "id", "")) if isinstance(call, ast.Call) else None
            if isinstance(call, ast.Call) and kind and call.args:
                given = {argument.arg: literal(argument.value) for argument in call.keywords if argument.arg}
                return kind(*map(literal, call.args), **given), call
    except (SyntaxError, ValueError, TypeError, ArithmeticError, RecursionError, QuestionError):
        pass
    return None


def literal(node: ast.expr) -> Any:
    """Return the value that is written out; raise ValueError where it is not. Products and powers are reckoned."""
    return ast.literal_eval(_Reckoned().visit(node))


class _Reckoned(ast.NodeTransformer):
    """Puts numbers in the place of arithmetic between numbers, such as `2**-10`."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Reckon one product, quotient or power."""
        reckon = ARITHMETIC.get(type(node.op))
        if reckon is None:
            return node
        left, right = literal(node.left), literal(node.right)
        if not all(type(number) in (int, float) for number in (left, right)):
            raise ValueError("arithmetic is between numbers")
        if isinstance(node.op, ast.Pow) and abs(right) > LARGEST_POWER:
            raise ValueError("a power is a small number")
        return ast.copy_location(ast.Constant(reckon(left, right)), node)
