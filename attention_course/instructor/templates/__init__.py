"""The templates of the test's questions: from these is made what `attention_course/bank/items.json` holds."""

import json
from pathlib import Path
from typing import Any

import attention_course
from attention_course.instructor.templates import (
    cost,
    heads,
    lookup,
    masks,
    position,
    reading,
    reserve_losses,
    reserve_numbers,
    reserve_programs,
    scale,
    scores,
    softmax,
    values,
)
from attention_course.instructor.templates.template import Template

ITEMS = Path(attention_course.__file__).parent / "bank" / "items.json"
CONCEPTS = (  # a module for each, and three for the reserve
    lookup,
    scores,
    softmax,
    scale,
    masks,
    values,
    heads,
    position,
    cost,
    reading,
    reserve_losses,
    reserve_numbers,
    reserve_programs,
)
TEMPLATES: tuple[Template, ...] = tuple(template for concept in CONCEPTS for template in concept.TEMPLATES)


def items() -> list[dict[str, Any]]:
    """Return every item: each template in each of its sets, sorted by id."""
    made = [template.item(number + 1) for template in TEMPLATES for number in range(len(template.sets))]
    return sorted(made, key=lambda item: str(item["id"]))


def text() -> str:
    """Return what the file of the items holds."""
    return json.dumps(items(), ensure_ascii=False, indent=1) + "\n"
