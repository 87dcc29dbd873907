"""Reserve, programs: one to be traced, a step with a KV cache to be put in order, and a mask to be repaired."""

from collections.abc import Sequence
from typing import Any

from attention_course.exercises import program
from attention_course.instructor.templates.template import Template, listed, shown, slips

TRACED = """values = {values}
outputs = []
for t in range({length}):
    seen = values[{seen}]
    outputs.append(sum(seen) / len(seen))
print(outputs[{t}])"""


def trace(values: Sequence[int], seen: str, t: int) -> dict[str, Any]:
    """Ask what a program prints that gives equal weights to a slice of the values."""
    code = TRACED.format(values=list(values), length=len(values), seen=seen, t=t)
    run = program.run(code)
    outputs, key = run["outputs"], float(run.printed)
    found: list[int] = eval(f"values[{seen}]", {"values": list(values), "t": t})  # one of the slices below
    return {
        "kind": "Numeric",
        "prompt": "Attention whose scores are all equal. Which number does the program print? Two decimals are enough.",
        "code": code,
        "key": f"{key:.4g}",
        "tolerance": 0.01,
        "why_not": slips(
            (sum(values) / len(values), "That is the average of all values; only a slice of them is seen."),
            (outputs[t - 1], "That counts from 1. Python counts from 0."),
            (sum(found), "That is the sum; it is divided by how many are seen."),
            (values[t], "That is the value at this place; what is seen is averaged."),
        ),
        "solution": f"At t = {t} the slice `values[{seen}]` holds {listed(found)}. Their average is {shown(key)}.",
    }


def step(heads: bool = False, window: int = 0, loop: bool = False) -> dict[str, Any]:
    """Ask for the lines of a step with a KV cache, in order: with heads, with a window, or for several tokens."""
    axis = ", dim=1" if heads else ""
    size = "2, " if heads else ""
    vectors = "q, k, v = x @ wq, x @ wk, x @ wv"
    lines = {
        "vectors": vectors,
        "keys": f"keys = torch.cat([keys, k]{axis})",
        "values": f"values = torch.cat([values, v]{axis})",
        "share": "weights = (q @ keys.mT / d**0.5).softmax(dim=-1)",
        "collect": "out = weights @ values",
        "replace": "keys, values = k, v",
        "triangle": "weights = weights.tril()",
    }
    body = ["vectors", "keys", "values", "share", "collect"]
    if window:
        lines["newest"] = f"keys, values = keys[-{window}:], values[-{window}:]"
        lines["all-but-last"] = "keys, values = keys[:-1], values[:-1]"
        body.insert(3, "newest")
    if heads:
        lines["keys-dim-0"] = "keys = torch.cat([keys, k], dim=0)"
    if loop:
        lines["tokens"] = "for x in tokens:"
    written = [lines[name] for name in body]
    many = f"torch.randn(3, {size}1, d)"
    asked = "three more tokens, one after another," if loop else "one more token"
    most = f" The cache keeps the newest {window} tokens; only these are seen." if window else ""
    last, loops = ("last ", " Indent what belongs into the loop.") if loop else ("", "")
    why_not = {
        "replace": "Then the token would see itself alone, and the earlier ones would be lost.",
        "triangle": "One query has one row: `tril` leaves it the oldest key alone. It may see all that is kept.",
        "keys-dim-0": "Axis 0 counts the heads. One more token is one more along the next axis.",
        "all-but-last": "That takes out the newest token, the one that is computed.",
        "share": "Before the scores, all that changes the cache has to be done: the token's own key is in it, too.",
    }
    return {
        "kind": "Order",
        "prompt": f"Compute {asked} with a KV cache: `out` is the {last}token's output. It sees what is kept, itself "
        f"included; afterwards `keys` and `values` hold it.{most}{loops} Not every line is needed.",
        "before": f"import torch\n\nd = 4\nkeys, values = torch.randn(2, {size}5, d)  # of five tokens\n"
        f"wq, wk, wv = torch.randn(3, {size}d, d)\n" + (f"tokens = {many}" if loop else f"x = torch.randn({size}1, d)"),
        "lines": lines,
        "results": ["out", "keys", "values"],
        "key": "\n".join(["for x in tokens:", *(f"    {line}" for line in written)] if loop else written),
        "why_not": {name: why for name, why in why_not.items() if name in lines},
        "solution": "First the token's own vectors. Key and value go into the cache, then its one query is scored "
        "with all that is kept. No mask is needed: nothing later is there.",
    }


def repair(T: int, S: int, wish: str, window: int = 0) -> dict[str, Any]:
    """Ask which diagonal makes a mask do what it should."""
    keys = f"{T} new tokens, and a cache with {S - T} before them" if S > T else f"{T} tokens"
    see = "Each is to see itself and all before it."
    if wish == "keep":
        code, key, told = f"keep = torch.ones({T}, {S}).tril(diagonal=n).bool()  # True: may be seen", S - T, see
    elif wish == "hide":
        code, key, told = f"hide = torch.ones({T}, {S}).triu(diagonal=n).bool()  # True: hidden", S - T + 1, see
    else:
        code = (
            f"band = torch.ones({T}, {S}).tril()\nband = band.triu(diagonal=n)\nkeep = band.bool()  # True: may be seen"
        )
        key, told = 1 - window, f"Each is to see itself and the {window - 1} before it, no others."
    wrong = {
        "keep": [
            (0, "That begins in the corner: the first new token would be taken for the oldest key."),
            (S, "Count from the corner to the last key that the first query may see."),
            (key + 1, "Then the first query would see a key that comes later."),
            (-key, "The other direction: right of the corner the numbers are positive."),
        ],
        "hide": [
            (0, "That begins in the corner: the first query would see nothing at all."),
            (S, "Count from the corner to the first key that is hidden from the first query."),
            (key - 1, "Then each would be hidden from itself."),
            (-key, "The other direction: right of the corner the numbers are positive."),
        ],
        "window": [
            (0, "Then each would see itself alone."),
            (-window, f"Then the last one would see {window} before it: itself counts as well."),
            (
                window - 1,
                "The other direction: to the left of the diagonal the numbers are negative.",
            ),
        ],
    }[wish]
    return {
        "kind": "Numeric",
        "prompt": f"{keys}. {told} Which number has to stand for `n`? (Rows are queries, columns keys; diagonal 0 "
        "begins at the upper left corner, diagonal 1 one further to the right.)",
        "code": code,
        "key": key,
        "why_not": slips(*wrong),
        "solution": {
            "keep": f"The first query stands at key {S - T}, and sees it, too: the triangle ends on diagonal {key}.",
            "hide": f"The first query stands at key {S - T}. The next one is hidden from it: diagonal {key}.",
            "window": f"Query i sees key j if j ≥ i − {window - 1}: what is kept begins on diagonal −{window - 1}.",
        }[wish],
    }


TEMPLATES = (
    Template(
        "reserve-trace",
        "easy",
        trace,
        [
            {"values": [3, 4, 2, 7], "seen": ": t + 1", "t": 2},
            {"values": [6, 2, 5, 9, 4], "seen": "max(0, t - 1) : t + 1", "t": 3},
            {"values": [8, 1, 3, 4], "seen": "t:", "t": 2},
            {"values": [2, 9, 4, 6, 3], "seen": ": t + 1", "t": 3},
            {"values": [7, 4, 10, 1, 8, 2], "seen": "max(0, t - 2) : t + 1", "t": 4},
        ],
    ),
    Template(
        "reserve-kv-order",
        "medium",
        step,
        [
            {},
            {"loop": True},
            {"heads": True},
            {"window": 4},
            {"heads": True, "loop": True},
        ],
    ),
    Template(
        "reserve-mask-repair",
        "medium",
        repair,
        [
            {"T": 3, "S": 7, "wish": "keep"},
            {"T": 2, "S": 8, "wish": "hide"},
            {"T": 9, "S": 9, "wish": "window", "window": 4},
            {"T": 2, "S": 7, "wish": "keep"},
            {"T": 4, "S": 6, "wish": "hide"},
        ],
    ),
)
