"""Checks of states: each raises ValueError with a sentence where a state is none."""

from collections.abc import Sequence

from attention_course.exercises.explorers.explorer import State


def check_names(state: State, *names: str) -> None:
    """Are these the state's names, all of them and no other?"""
    if set(state) != set(names):
        raise ValueError(f"it has {', '.join(names[:-1])} and {names[-1]}")


def check_whole(state: State, name: str, least: int, most: int) -> None:
    """Is this a whole number of the range?"""
    if type(state[name]) is not int or not least <= state[name] <= most:
        raise ValueError(f"{name} is a whole number from {least} to {most}")


def check_one_of(state: State, name: str, offered: Sequence[int | str]) -> None:
    """Is this one of what is offered, and of its type?"""
    if type(state[name]) is not type(offered[0]) or state[name] not in offered:
        raise ValueError(f"{name} is one of {', '.join(map(str, offered))}")
