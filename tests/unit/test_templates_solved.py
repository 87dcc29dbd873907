"""The bank's keys, computed a second time: by programs that know what is asked, but no template and no key."""

import importlib

import pytest

from attention_course.exercises.kinds import KINDS
from attention_course.exercises.number_text import rounds_to
from attention_course.exercises.numeric import Numeric
from attention_course.instructor.templates import TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_an_independent_solver_comes_to_the_same(template):
    concept, _, part = template.name.partition("-")
    solve = getattr(importlib.import_module(f"solvers.{concept}"), part.replace("-", "_"))
    for number in range(len(template.sets)):
        item = template.item(number + 1)
        make = KINDS[item["kind"]]
        blind = make(item["id"], item["difficulty"], **item["arguments"])  # recorded only: it has no key
        question = make(item["id"], item["difficulty"], **item["arguments"], sealed=item["sealed"])
        found = solve(blind)
        texts = [repr(one) if isinstance(one, int | float) else one for one in found]
        assert question.is_right(question.check_picks(texts)), (item["id"], found, question.key)
        if isinstance(question, Numeric):
            for value, key in zip(found, question.key, strict=True):
                near = abs(value - float(key)) < 1e-4 * abs(value) + 1e-6
                assert near or rounds_to(value, key), (item["id"], value, key)
