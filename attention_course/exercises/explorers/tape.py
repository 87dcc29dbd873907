"""Tape: the numbers of x on their way into the heads and back, the right way, and by slips that are often made.

x is one sentence, (1, T, D), and each of its numbers says where it comes from: its tens are the token, its ones the
column. The ways, and what they are called, are those of `page/js/explorers/tape_numbers.js`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from attention_course.exercises.explorers.checking import check_names, check_one_of, check_whole
from attention_course.exercises.explorers.explorer import State

if TYPE_CHECKING:
    import numpy as np

    from attention_course.pictures.picture import Picture

COLUMNS, HEADS, TOKENS = 6, (1, 2, 3, 6), (2, 3, 4)


class Move(NamedTuple):
    """A line of the program; its result's axes, without B; how they were exchanged, None if only counted off."""

    code: str
    axes: str
    order: tuple[int, ...] | None = None


LEFT_OUT = Move("", "HTd")
SPLIT = Move("x.view(B, T, H, d)", "THd"), Move(".transpose(1, 2)", "HTd", (1, 0, 2))
JOIN = Move(".transpose(1, 2)", "THd", (1, 0, 2)), Move(".reshape(B, T, D)", "TD")
SHORT_SPLIT = Move("x.reshape(B, H, T, d)", "HTd"), LEFT_OUT
SHORT_JOIN = LEFT_OUT, Move(".reshape(B, T, D)", "TD")
EVERY_HTH = Move("x.view(B, T, d, H)", "TdH"), Move(".permute(0, 3, 1, 2)", "HTd", (2, 0, 1))
EVERY_HTH_BACK = Move(".permute(0, 2, 3, 1)", "TdH", (1, 2, 0)), Move(".reshape(B, T, D)", "TD")
WAYS = {
    "right": ("the right way", (*SPLIT, *JOIN)),
    "split": ("split by reshape alone", (*SHORT_SPLIT, *JOIN)),
    "join": ("joined by reshape alone", (*SPLIT, *SHORT_JOIN)),
    "both": ("split and joined by reshape alone", (*SHORT_SPLIT, *SHORT_JOIN)),
    "interleaved": ("interleaved", (*EVERY_HTH, *EVERY_HTH_BACK)),
}
NAMES = {"T": "token {}", "H": "head {}", "d": "column {}"}


class Tape:
    """A state has the `step` of the program, 0 to 4, the `way` it takes, and the numbers of `heads` and `tokens`."""

    def check(self, state: State) -> None:
        """Raise ValueError where this is no state."""
        check_names(state, "step", "way", "heads", "tokens")
        check_whole(state, "step", 0, 4)
        check_one_of(state, "way", tuple(WAYS))
        check_one_of(state, "heads", HEADS)
        check_one_of(state, "tokens", TOKENS)

    def stations(self, state: State) -> "list[np.ndarray]":
        """Return what x is at first and after each of the four steps, without the axis B."""
        import numpy as np

        T, H = state["tokens"], state["heads"]
        sizes = {"T": T, "H": H, "d": COLUMNS // H, "D": COLUMNS}
        stations = [10 * np.arange(T)[:, None] + np.arange(COLUMNS)]  # (T, D)
        for move in WAYS[state["way"]][1]:
            before, shape = stations[-1], [sizes[axis] for axis in move.axes]
            stations.append(before.transpose(move.order) if move.order else before.reshape(shape))
        return stations

    def words(self, state: State) -> str:
        """Say where it stands, what one head holds, and what comes of it in the end."""
        name, moves = WAYS[state["way"]]
        stations = self.stations(state)
        head, joined = stations[2][0], stations[4]  # (T, d), (T, D)
        code = (moves[state["step"] - 1].code or "no transpose") if state["step"] else "x"
        rows = "; ".join(tokens_of(row) for row in head)
        equal = "equals" if (joined == stations[0]).all() else "does not equal"
        return (
            f"T = {state['tokens']}, H = {state['heads']}, {name}. Step {state['step']} of 4: {code}, "
            f"{shape_of(stations[state['step']])}. Head 0, row 0: {origin(head[0])}. "
            f"Tokens in the rows of head 0: {rows}. Joined, row 0: {origin(joined[0])}. Joined {equal} the input."
        )

    def picture(self, state: State) -> "Picture":
        """Return the numbers at the step as blocks."""
        from attention_course.pictures.blocks import blocks

        numbers = self.stations(state)[state["step"]]
        axes = WAYS[state["way"]][1][state["step"] - 1].axes if state["step"] else "TD"
        if numbers.ndim == 2:
            return blocks({"x" if not state["step"] else "joined": numbers})
        named = {NAMES[axes[0]].format(i): block for i, block in enumerate(numbers)}
        return blocks(named)

    def samples(self) -> Sequence[State]:
        """Return states to try."""
        start = {"step": 0, "way": "right", "heads": 2, "tokens": 4}
        return [start, *({**start, "step": step, "way": way} for step, way in enumerate(WAYS))]


def shape_of(numbers: "np.ndarray") -> str:
    """Return a shape with the axis B."""
    return f"shape {(1, *numbers.shape)}"


def tokens_of(row: "np.ndarray") -> str:
    """Return which tokens' numbers stand in a row: "0" or "0 and 1"."""
    return " and ".join(str(token) for token in sorted({int(number) // 10 for number in row}))


def origin(row: "np.ndarray") -> str:
    """Say where a row's numbers come from: "token 0, columns 0, 1, 2", or "tokens 0 and 1"."""
    tokens, columns = tokens_of(row), [str(number % 10) for number in row]
    if "and" in tokens:
        return f"tokens {tokens}"
    return f"token {tokens}, column{'s' if len(columns) > 1 else ''} {', '.join(columns)}"
