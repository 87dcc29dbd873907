"""The explorer tape: numbers on their way into heads and back, as torch moves them."""

import re

import pytest
import torch

from attention_course.exercises.explorers.tape import HEADS, TOKENS, WAYS, Tape

STATE = {"step": 2, "way": "right", "heads": 2, "tokens": 4}
EVERY = [(way, heads, tokens) for way in WAYS for heads in HEADS for tokens in TOKENS]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({}, "it has step, way, heads and tokens"),
        ({**STATE, "more": 1}, "it has step, way, heads and tokens"),
        *(({**STATE, "step": step}, "step is a whole number from 0 to 4") for step in (-1, 5, 1.0, "1", True, None)),
        *(
            ({**STATE, "way": way}, "way is one of right, split, join, both, interleaved")
            for way in ("left", "", 1, None, ["right"])
        ),
        *(({**STATE, "heads": heads}, "heads is one of 1, 2, 3, 6") for heads in (0, 4, 2.0, "2", True, [])),
        *(({**STATE, "tokens": tokens}, "tokens is one of 2, 3, 4") for tokens in (1, 5, 3.0, "3", False)),
    ],
)
def test_what_is_no_state_is_refused_with_a_sentence(state, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        Tape().check(state)


@pytest.mark.parametrize(("way", "heads", "tokens"), EVERY)
def test_each_step_is_what_torch_makes_of_the_line_that_is_shown(way, heads, tokens):
    x = torch.tensor([[[10 * t + c for c in range(6)] for t in range(tokens)]])  # (1, T, D)
    names = {"B": 1, "T": tokens, "H": heads, "d": 6 // heads, "D": 6}
    stations = Tape().stations({"way": way, "heads": heads, "tokens": tokens})
    now = x
    for move, station in zip(WAYS[way][1], stations[1:], strict=True):
        code = move.code.removeprefix("x")
        now = eval(f"now{code}", {"now": now, **names})
        assert now.tolist() == [station.tolist()]
    assert stations[2].shape == (heads, tokens, 6 // heads)
    assert stations[4].shape == (tokens, 6)


def test_two_slips_cancel_and_every_hth_column_is_no_slip():
    def equals(way):
        stations = Tape().stations({**STATE, "way": way})
        return bool((stations[4] == stations[0]).all())

    assert {way: equals(way) for way in WAYS} == {
        "right": True,
        "split": False,
        "join": False,
        "both": True,
        "interleaved": True,
    }


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (
            "right",
            "row 0: token 0, columns 0, 1, 2. Tokens in the rows of head 0: 0; 1; 2; 3. Joined, row 0: token 0, ",
        ),
        ("split", "rows of head 0: 0; 0; 1; 1. Joined, row 0: tokens 0 and 2. Joined does not equal the input."),
        ("join", "rows of head 0: 0; 1; 2; 3. Joined, row 0: tokens 0 and 1. Joined does not equal the input."),
        ("both", "Step 2 of 4: no transpose, shape (1, 2, 4, 3). Head 0, row 0: token 0, columns 0, 1, 2. Tokens in"),
        ("interleaved", ".permute(0, 3, 1, 2), shape (1, 2, 4, 3). Head 0, row 0: token 0, columns 0, 2, 4."),
    ],
)
def test_the_words_say_what_the_first_head_holds_and_what_comes_of_it(way, said):
    assert said in Tape().words({**STATE, "way": way})


def test_with_one_head_a_slip_changes_nothing():
    assert Tape().words({**STATE, "heads": 1, "way": "split"}).endswith("Joined equals the input.")


@pytest.mark.parametrize(
    ("step", "alt"),
    [
        (0, "x: 00 01 02 03 04 05; 10 11 12 13 14 15."),
        (1, "token 0: 00 01 02; 03 04 05. token 1: 10 11 12; 13 14 15."),
        (2, "head 0: 00 01 02; 10 11 12. head 1: 03 04 05; 13 14 15."),
        (4, "joined: 00 01 02 03 04 05; 10 11 12 13 14 15."),
    ],
)
def test_the_picture_s_alternative_reads_its_numbers(step, alt):
    assert Tape().picture({**STATE, "tokens": 2, "step": step}).alt == alt
