"""The test's bank: what every item of every template must be, whatever it asks."""

import json
from itertools import product

import pytest

from attention_course.exercises.choice import Choice
from attention_course.exercises.kinds import KINDS
from attention_course.exercises.order import Order
from attention_course.exercises.seal import unseal
from attention_course.exercises.shapes import Shapes
from attention_course.exercises.typed import Typed
from attention_course.instructor import templates
from attention_course.instructor.templates import ITEMS, TEMPLATES, __main__
from attention_course.instructor.templates.template import Template, slips

KEPT = json.loads(ITEMS.read_text(encoding="utf-8"))
CONCEPTS = ("lookup", "scores", "softmax", "scale", "masks", "values", "heads", "position", "cost", "reading")
RESERVE = {
    f"reserve-{name}" for name in ("trace", "kv-order", "mask-repair", "rope-angle", "online-rescale", "plateau")
}
by_id = pytest.mark.parametrize("item", KEPT, ids=lambda item: item["id"])


def asked(item):
    return KINDS[item["kind"]](item["id"], item["difficulty"], **item["arguments"], sealed=item["sealed"])


def test_the_file_of_the_items_is_what_the_templates_make(capsys):
    assert __main__.main(["--check"]) == 0, capsys.readouterr().out


def test_an_outdated_file_is_named_and_written_anew(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(__main__, "ITEMS", tmp_path / "bank" / "items.json")
    assert __main__.main(["--check"]) == 1
    assert "run python -m attention_course.instructor.templates" in capsys.readouterr().out
    assert __main__.main([]) == 0
    assert (tmp_path / "bank/items.json").read_text(encoding="utf-8") == templates.text()


def test_ten_concepts_in_three_difficulties_and_six_in_reserve_each_in_five_sets():
    names = {f"{concept}-{difficulty}" for concept, difficulty in product(CONCEPTS, ("easy", "medium", "hard"))}
    assert {template.name for template in TEMPLATES} == names | RESERVE
    assert all(len(template.sets) >= 5 for template in TEMPLATES)
    assert all(template.difficulty in template.name for template in TEMPLATES if template.concept != "reserve")


def test_ids_are_unique_sorted_and_made_of_template_and_set():
    ids = [item["id"] for item in KEPT]
    assert ids == sorted(set(ids))
    for item in KEPT:
        assert item["id"] == f"{item['id'].rpartition('-')[0]}-{item['set']}"
        assert item["id"].partition("-")[0] == item["concept"]
        assert list(item) == ["id", "concept", "difficulty", "set", "kind", "arguments", "sealed"]


@by_id
def test_an_item_is_short_asked_once_and_its_key_is_right(item):
    question = asked(item)
    assert question.is_right(question.key)
    assert question.attempts == 1
    assert not question.hint
    assert not question.mistakes
    assert question.contradiction() == ""
    assert len(question.prompt.split()) <= 90


@by_id
def test_nothing_of_a_key_is_in_sight(item):
    kind, hidden = KINDS[item["kind"]], unseal(item["sealed"], item["id"])
    assert {"key", "why_not", "solution"} == hidden.keys()
    assert not kind.hidden & item["arguments"].keys()
    in_sight = json.dumps(item["arguments"], ensure_ascii=False)
    assert not [why for why in reasons(hidden["why_not"]) if json.dumps(why, ensure_ascii=False)[1:-1] in in_sight]


def reasons(why_not):
    if isinstance(why_not, str):
        return [why_not]
    return [why for inner in (why_not.values() if isinstance(why_not, dict) else why_not) for why in reasons(inner)]


@by_id
def test_each_known_wrong_answer_is_wrong_and_is_told_its_reason(item):
    question = asked(item)
    if isinstance(question, Order):
        for name, why in question.why_not.items():
            assert any(
                mistake.why == why for picks in with_line(question, name) for mistake in question.why_wrong(picks)
            )
        return
    if isinstance(question, Choice):
        assert {*question.why_not[0], question.key[0]} == {*question.ids}, "each option is right, or has a reason"
    for part, known in enumerate(question.why_not):
        for wrong, why in known.items():
            [mistake] = question.why_wrong((*question.key[:part], wrong, *question.key[part + 1 :]))
            assert (mistake.part, mistake.why) == (part + 1, why)
        assert known


def with_line(question, name):
    """Yield the right program with one of the lines at each place, in no other."""
    key = [pick for pick in question.key if not pick.endswith(f":{name}")]
    depth = max(pick[0] for pick in question.key)
    for place in range(len(key) + 1):
        yield (*key[:place], f"{depth}:{name}", *key[place:])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_sets_differ_in_what_is_right_and_in_the_order_of_what_is_offered(template):
    questions = [asked(template.item(number + 1)) for number in range(len(template.sets))]
    assert len({right(question) for question in questions}) == len(questions)
    if isinstance(questions[0], Choice):
        assert len({question.ids.index(question.key[0]) for question in questions}) > 1


def right(question):
    """Return what is right in words: option texts, a program, shapes in numbers, or numbers."""
    if isinstance(question, Choice):
        return question.text_of(question.key[0])
    if isinstance(question, Order):
        return question.program_with(question.key)
    if isinstance(question, Shapes):
        return tuple(question.expected(part) for part in range(question.parts))
    assert isinstance(question, Typed)
    return question.gathered(question.key)


def test_numbers_that_let_two_slips_meet_are_refused():
    assert slips((0.5, "half"), (None, "cannot be"), ("√2", "root")) == {"0.5": "half", "√2": "root"}
    with pytest.raises(ValueError, match=r"Two slips lead to 0\.5"):
        slips((0.5, "half"), (1 / 2, "one of two"))


def test_an_item_is_the_same_whenever_it_is_made():
    options = {name: name for name in "abcdef"}
    template = Template(
        "scores-x", "easy", lambda: {"kind": "Choice", "prompt": "?", "options": options, "key": "a"}, [{}]
    )
    first, second = template.item(1), template.item(1)
    assert first == second
    assert list(first["arguments"]["options"]) != list(options)
    assert unseal(first["sealed"], "") == {"key": "a"}
