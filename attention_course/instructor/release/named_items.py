"""The items of the bank that a lesson's questions are asked again from, in other numbers: none but those they name."""

import json
import re

from attention_course.exercises import seal
from attention_course.exercises.item import template_of

NAMED = re.compile(r"""\bagain=["']([a-z0-9-]+)["']""")


def named_items(items: str, code: str) -> str:
    """Return those of the bank's items (the text of `items.json`) whose templates a lesson's code names; "" for none.

    Each is unsealed: it travels within the packed package, as one seal around all of them, which is a third as large.
    """
    templates = set(NAMED.findall(code))
    kept = [_unsealed(**item) for item in json.loads(items) if template_of(item) in templates]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _unsealed(*, arguments: dict[str, object], sealed: str, **item: object) -> dict[str, object]:
    return {**item, "arguments": {**arguments, **seal.unseal(sealed, str(item["id"]))}}
