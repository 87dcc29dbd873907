"""Attacks on the sandbox: none does harm, as whichever user, in whichever file mode; and without a lock they do.

SANDBOX_MATRIX=all plays every attack as root and as an ordinary user in both modes (a minute of computing time). Always
played are those that depend on user and mode in two of the four combinations, and all others in one.
"""

import json
import os
import sys
from functools import cache
from pathlib import Path

import pytest
from attacks_forging import FORGING
from attacks_on_the_grader import GARBLING, TAKING
from attacks_spying import SPYING
from ordinary import run_python
from warm import FILE_MODES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

KINDS = {"spying": SPYING, "forging": FORGING, "garbling": GARBLING, "taking": TAKING}
EVERYTHING = tuple(KINDS)
USERS = ["root", "ordinary"] if os.geteuid() == 0 else ["ordinary"]
if os.environ.get("SANDBOX_MATRIX") == "all":
    PLAYED = {(user, tuple(FILE_MODES)): EVERYTHING for user in USERS}
else:
    PLAYED = {(USERS[-1], ("none",)): ("spying",)} | {(USERS[0], (FILE_MODES[0],)): EVERYTHING}
UNLOCKED = (("unlocked",), ("spying", "forging"))


@cache
def harms(user: str) -> dict[tuple[str, str, str], list[str]]:
    """Return what harm each attack that this user plays did, by mode, group and name."""
    plays = [(modes, kinds) for (whose, modes), kinds in PLAYED.items() if whose == user]
    plays += [UNLOCKED] if user == "ordinary" else []
    program = Path(__file__).parent / "play.py"
    printed = run_python(
        program, *(f"{','.join(modes)}:{','.join(kinds)}" for modes, kinds in plays), ordinary=user == "ordinary"
    )
    lines = [json.loads(line) for line in printed.splitlines()]
    return {(mode, group, name): harm for mode, group, name, harm in lines}


@pytest.mark.parametrize(
    ("user", "mode", "attack"),
    [
        pytest.param(user, mode, attack, id=f"{user}-{mode}-{attack.name}")
        for (user, modes), kinds in PLAYED.items()
        for mode in modes
        for kind in kinds
        for attack in KINDS[kind]
    ],
)
def test_an_attack_does_no_harm(user, mode, attack):
    assert harms(user)[mode, attack.group, attack.name] == []


KNOWN = [attack for attack in SPYING + FORGING if attack.control]


@pytest.mark.parametrize("attack", KNOWN, ids=[attack.name for attack in KNOWN])
def test_without_a_lock_or_against_a_naive_test_it_succeeds(attack):
    assert harms("ordinary")["unlocked", attack.group, attack.name] != []


def test_every_attack_has_a_name_of_its_own():
    attacks = SPYING + FORGING + GARBLING + TAKING
    assert len({(attack.group, attack.name) for attack in attacks}) == len(attacks)
