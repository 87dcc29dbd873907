"""The codec: nothing that comes from a student's process makes more of itself than it is."""

import json
import math
import random

import numpy
import pytest
import torch

from attention_course.errors import Garbled, Unsendable
from attention_course.student_code import frames
from attention_course.student_code.decode import decode
from attention_course.student_code.encode import Encoder
from attention_course.student_code.limits import MOST_BYTES, MOST_DEPTH, MOST_PARTS, MOST_TEXT


def encoded(value):
    encoder = Encoder(lambda thing: {"remote": [[0], type(thing).__name__]})
    return encoder.encode(value), b"".join(encoder.blobs)


REFUSED = {
    "a shape longer than its bytes": ({"tensor": ["float32", [1000, 1000], None, False]}, bytes(4)),
    "a negative shape": ({"tensor": ["float32", [-1, -4], None, False]}, bytes(16)),
    "a shape whose product overflows": ({"tensor": ["float32", [2**26] * 16, None, False]}, bytes(16)),
    "nothing times much": ({"tensor": ["float32", [0] + [2**26] * 15, None, False]}, b""),
    "seventeen axes": ({"tensor": ["float32", [1] * 17, None, False]}, bytes(4)),
    "a shape of truth and of fractions": ({"tensor": ["float32", [True, 1.0], None, False]}, bytes(4)),
    "a type of objects": ({"tensor": ["object", [2], None, False]}, bytes(16)),
    "a type of quantized numbers": ({"tensor": ["quint8", [2], None, False]}, bytes(2)),
    "a type that is a list": ({"tensor": [["float32"], [2], None, False]}, bytes(8)),
    "an order that is none": ({"tensor": ["float32", [1, 1], [0, 0], False]}, bytes(4)),
    "an order too short": ({"tensor": ["float32", [1, 1], [0], False]}, bytes(4)),
    "an order of fractions": ({"tensor": ["float32", [1, 1], [0.0, 1.0], False]}, bytes(4)),
    "an order of truths": ({"tensor": ["float32", [1, 1], [False, True], False]}, bytes(4)),
    "a tensor of one part": ({"tensor": ["float32"]}, b""),
    "an array of a torch type": ({"array": ["bfloat16", [2]]}, bytes(4)),
    "bytes left over": (1, bytes(1000)),
    "a key that is a list": ({"dict": [[[1], 2]]}, b""),
    "a key that is a tuple": ({"dict": [[{"tuple": [1]}, 0]]}, b""),
    "a dict of one-element pairs": ({"dict": [[1]]}, b""),
    "two kinds in one": ({"tuple": [], "dict": []}, b""),
    "no kind": ({}, b""),
    "an unknown kind": ({"pickle": "cos"}, b""),
    "a type of no numbers": ({"dtype": "load"}, b""),
    "an object with a long name": ({"remote": [[0], "x" * 81]}, b""),
    "an object without a path": ({"remote": [0, "x"]}, b""),
    "an integer of 65 bits": (2**64, b""),
    "a key of 65 bits": ({"dict": [[2**64, 0]]}, b""),
    "half a character": ("\ud800", b""),
    "half a character as a key": ({"dict": [["\udfff", 0]]}, b""),
    "too many parts": ([0] * MOST_PARTS, b""),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_value_is_refused(what):
    value, data = REFUSED[what]
    with pytest.raises(Garbled):
        decode(value, data, lambda path, kind: None)


def test_what_is_nested_too_deeply_is_refused():
    value = 0
    for _ in range(MOST_DEPTH + 1):
        value = [value]
    with pytest.raises(Garbled):
        decode(value, b"")


def test_an_object_is_refused_where_only_a_value_can_be():
    with pytest.raises(Garbled):
        decode({"remote": [[0], "x"]}, b"")


def test_an_objects_odd_type_is_not_repeated():
    assert decode({"remote": [[0], "a b'<"]}, b"", lambda path, kind: kind) == "object"


def test_a_truth_of_two_is_a_truth():
    assert decode({"tensor": ["bool", [3], None, False]}, b"\0\1\2").tolist() == [False, True, True]


def test_integers_that_need_no_gradient_have_none():
    assert not decode({"tensor": ["int64", [1], None, True]}, bytes(8)).requires_grad


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (torch.ones(1).to_sparse(), "sparse"),
        (torch.ones(2, device="meta"), "without values"),
        (torch.empty(MOST_BYTES // 4 + 1, dtype=torch.float32), "more than 64 MB"),
        ([torch.empty(MOST_BYTES // 8), torch.empty(MOST_BYTES // 8 + 1)], "more than 64 MB"),
        (torch.empty(1).expand(2**40), "more than 64 MB"),
        (torch.ones([1] * 17), "17 axes"),
        (numpy.array(["text"]), "array"),
        (numpy.array([1], dtype=">i4"), "array of >i4"),
        (2**64, "64 bits"),
        ("\ud800", "half a character"),
        ({(1, 2): 3}, "key of type tuple"),
        ([0] * MOST_PARTS, "parts"),
    ],
)
def test_what_cannot_be_sent_says_so(value, reason):
    with pytest.raises(Unsendable, match=reason):
        encoded(value)


def test_a_list_that_contains_itself_cannot_be_sent():
    endless = []
    endless.append(endless)
    with pytest.raises(Unsendable, match="contains itself"):
        encoded(endless)


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 500_000 + b"]" * 500_000,
        b'{"value": ' + b"9" * 1_000_000 + b"}",
        b"\xff\xfe",
        b"[1]",
        b"",
        b'{"a": 1',
    ],
    ids=["nested", "digits", "no text", "a list", "nothing", "cut off"],
)
def test_a_text_that_is_no_message_is_refused(text):
    with pytest.raises(Garbled):
        frames.parse(text)


@pytest.mark.parametrize("head", [(MOST_TEXT + 1, 0), (0, MOST_BYTES + 1), (2**32 - 1, 2**63)])
def test_a_frame_that_is_too_long_is_refused_before_it_is_read(head):
    with pytest.raises(Garbled):
        frames.lengths(frames.HEAD.pack(*head))


def test_a_message_that_is_too_long_cannot_be_sent():
    with pytest.raises(Unsendable):
        frames.pack({"value": "x" * MOST_TEXT})


# What mutations start from, and what they put in.
GOOD = [
    torch.randn(2, 3),
    torch.randn(2, 3).T,
    torch.ones(3, dtype=torch.bool),
    (1, "a", None, True),
    {"a": [1.5, torch.arange(4)], 2: ()},
    numpy.ones((2, 2)),
    torch.float32,
    [torch.zeros(0, 3), torch.randn(2).bfloat16()],
    {"x": {"y": [[[]]]}},
    object(),
]
JUNK = [
    *(None, True, False, -1, 0, 1, 2**26, 2**31, 2**62, -(2**63), 2**64, 10**30, 1.5, math.nan, math.inf),
    *("", "float32", "bool", "tensor", "\ud800", [], {}, [[]], {"tuple": []}, {"tensor": []}, {"remote": [[0], "x"]}),
    *({"tensor": ["float32", [2], [0], False]}, {"dict": [[1, 2]]}),
]
KINDS = ["tensor", "tuple", "dict", "array", "dtype", "remote"]


def mutated(value, chance):
    """Return JSON with some of its parts replaced, left out or doubled."""
    if chance.random() < 0.1:
        return chance.choice(JUNK)
    if isinstance(value, list):
        items = [mutated(item, chance) for item in value]
        if items and chance.random() < 0.1:
            items.pop(chance.randrange(len(items)))
        if chance.random() < 0.1:
            items.insert(chance.randrange(len(items) + 1), chance.choice(JUNK))
        return items
    if isinstance(value, dict):
        return {key if chance.random() > 0.05 else chance.choice(KINDS): mutated(value[key], chance) for key in value}
    return value


def test_ten_thousand_mutated_values_are_decoded_or_refused():
    chance = random.Random(1)
    outcomes = {"decoded": 0, "refused": 0}
    for _ in range(10_000):
        value, data = encoded([chance.choice(GOOD) for _ in range(chance.randint(1, 3))])
        if chance.random() < 0.3:
            data = data[: chance.randint(0, len(data))] + bytes(chance.randint(0, 3))
        try:
            found = decode(mutated(json.loads(json.dumps(value)), chance), data, lambda path, kind: (path, kind))
            json.dumps(encoded(found)[0])
            outcomes["decoded"] += 1
        except (Garbled, Unsendable):
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 1000, outcomes
