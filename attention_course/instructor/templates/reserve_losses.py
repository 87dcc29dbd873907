"""Reserve, losses: what a loss says that stays where it is."""

import math
from typing import Any

from attention_course.instructor.templates.template import Slip, Template, shown, slips


def plateau(among: int, asked: str, known: float = 0) -> dict[str, Any]:
    """Ask what a loss says of a model that is sure at a share of the places, and guesses evenly at the others."""
    loss = (1 - known) * math.log(among)
    right = known + (1 - known) / among
    sure = (
        f"At {shown(100 * known)} % of the places the model is sure and right (loss 0). At the others it"
        if known
        else "A model"
    )
    note = "(Losses are −ln of a probability; ln 2 ≈ 0.693.)"
    guesses = f"{sure} gives the same probability to {among} tokens, one of which is right, and none to the others."
    wrong: list[Slip]
    if asked == "among":
        prompt = (
            f"For many steps the loss stays at {loss:.3f}. The model gives the same probability to k tokens, one of "
        )
        prompt += "which is right, and none to the others. How large is k?"
        key: float = among
        wrong = [
            (loss, "That is the loss, the logarithm of what is asked."),
            (1 / among, "That is the probability of each of them."),
            (round(2**loss, 2), "That takes 2 to the power of the loss. It is counted with the natural logarithm."),
        ]
    elif asked == "loss":
        prompt = f"{guesses} What is its mean loss? Two decimals are enough."
        key = round(loss, 4)
        wrong = [
            ((1 - known) * math.log2(among), "Those are bits. The loss takes the natural logarithm."),
            (1 / among, "That is the probability of the right token. The loss is −ln of it."),
            (
                math.log(among) if known else None,
                "That is the loss where it guesses. Average it with the places at which it is sure.",
            ),
            (1 - right, "That is how often it would be wrong if it drew one."),
        ]
    else:
        prompt = f"{guesses} It draws its answers with these probabilities. Which share of them is right?"
        key = right
        wrong = [
            (loss, "That is the loss."),
            (1 - right, "That is the share that is wrong."),
            (1 / among if known else None, "That is the share where it guesses; where it is sure, it is right, too."),
            (known or None, "Among those that are guessed some are right, too."),
        ]
    return {
        "kind": "Numeric",
        "prompt": f"{prompt} {note}",
        "key": key,
        "tolerance": 0.01,
        "why_not": slips(*wrong),
        "solution": f"An even guess among {among} has the loss ln {among} = {math.log(among):.3f}, and is right with "
        f"probability 1/{among}."
        + (
            f" With {shown(100 * known)} % of sure places, the loss is {loss:.3f} and the share {shown(right)}."
            if known
            else ""
        ),
    }


TEMPLATES = (
    Template(
        "reserve-plateau",
        "easy",
        plateau,
        [
            {"among": 4, "asked": "among"},
            {"among": 16, "asked": "loss"},
            {"among": 8, "asked": "right"},
            {"among": 8, "asked": "loss", "known": 0.5},
            {"among": 4, "asked": "right", "known": 0.6},
        ],
    ),
)
