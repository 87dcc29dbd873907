"""What the bank's choices say against a wrong option is true of the numbers that are shown."""

import re

import pytest
import torch
from solvers.reading_prompts import NUMBER, numbers

from attention_course.exercises.kinds import KINDS
from attention_course.instructor.templates import TEMPLATES


def questions(name):
    [template] = [template for template in TEMPLATES if template.name == name]
    for item in map(template.item, range(1, len(template.sets) + 1)):
        yield KINDS[item["kind"]](item["id"], item["difficulty"], **item["arguments"], sealed=item["sealed"])


def test_weights_that_give_a_point_do_give_it_and_others_are_negative_somewhere():
    for question in questions("lookup-hard"):
        corners = torch.tensor([numbers(found) for found in re.findall(r"\[.*?\]", question.prompt)])
        for name, why in question.why_not[0].items():
            weights = torch.tensor(numbers(why)[:3])
            torch.testing.assert_close(
                weights @ corners, torch.tensor(numbers(question.text_of(name))), atol=2e-3, rtol=0
            )
            assert weights.sum().item() == pytest.approx(1, abs=1e-3)
            assert why.startswith("It can") == bool((weights > 0).all()) == ("**cannot**" in question.prompt)


def test_the_row_that_speaks_against_a_name_is_as_it_says():
    told = re.compile(
        rf"Row ({NUMBER}) \(`(\w)`, .*\) would be largest in column (\d) then; it is largest in column (\d)\."
    )
    for question in questions("reading-easy"):
        head, *rows = (line.removeprefix("# ") for line in question.code.splitlines())
        for name, why in question.why_not[0].items():
            if name == "copy" and len(set(head.split())) == len(rows):
                assert why.startswith("No token is there twice")
                continue
            row, token, then, really = told.fullmatch(why).groups()
            weights = numbers(rows[int(row)])
            assert weights.index(max(weights)) == int(really) != int(then)
            assert max(weights) > 0.5  # no nearly even row, of which nothing can be said
            assert rows[int(row)].startswith(token)
            assert sum(weights) == pytest.approx(1)


def test_a_query_that_sees_nothing_is_not_told_to_divide_by_what_it_sees():
    for question in questions("masks-hard"):
        row = question.code.splitlines()[0].split("[[")[1].split("], [")[int(question.prompt.split("query ")[1][0])]
        assert any("divide by how many are seen" in why for why in question.why_not[0].values()) == ("True" in row)
