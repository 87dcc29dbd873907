"""Cost: what grows with the length, how many bytes keys and values take, and what FlashAttention saves."""

from typing import Any

from attention_course.instructor.templates.template import Template, shown, slips, written

GROWS = {  # with which power of the length, and why
    "is the number of scores of one head in self-attention": (2, "Each token is scored with each token."),
    "is the number of multiplications in Q = x W_Q": (1, "Each token is projected by itself."),
    "is the number of scores of one head for **one** more token, with a KV cache": (
        1,
        "One query is scored with every key that is kept.",
    ),
    "is the number of scores in cross-attention, where only the context grows": (
        1,
        "There are as many queries as before.",
    ),
    "is the memory of a KV cache": (1, "Each token leaves a key and a value behind, in each layer and KV head."),
}


def growth(what: int, before: int, after: int) -> dict[str, Any]:
    """Ask by which factor something grows with the length."""
    text, (power, why) = list(GROWS.items())[what]
    factor = after / before
    key, other = factor**power, factor ** (3 - power)
    return {
        "kind": "Numeric",
        "prompt": f"The length goes from {before} to {after} tokens. How many times as large as before {text}?",
        "key": key,
        "why_not": slips(
            (
                other,
                "That would be so if it grew in proportion to the length."
                if power == 2
                else "That would be so if pairs of tokens were counted.",
            ),
            (1, "It does depend on the length."),
            (factor**3, "A third power appears nowhere in attention."),
            (1 / key, "The other way round: the new number divided by the old one."),
        ),
        "solution": f"{why} So it grows with the {'square' if power == 2 else 'first power'} of the length: "
        f"{f'{shown(factor)}² = ' if power == 2 else ''}{shown(key)}.",
    }


def cache(layers: int, heads: int, kv: int, d: int, size: int, tokens: int = 0, room: int = 0) -> dict[str, Any]:
    """Ask for the size of a KV cache, or for how many tokens there is room, both in MiB; a number has `size` bytes."""
    one = 2 * layers * kv * d * size  # bytes that a token leaves behind
    key = room * 2**20 // one if room else one * tokens / 2**20
    more = (lambda times: key / times) if room else (lambda times: key * times)  # if a token left so much more behind
    asked = (
        f"How many tokens fit into a KV cache of {room} MiB?"
        if room
        else f"How large is the KV cache of {tokens} tokens?"
    )
    shared = kv < heads
    made = f"2 · {layers} · {kv} · {d} numbers of {size} byte{'s' if size > 1 else ''}, {one // 1024} KiB"
    return {
        "kind": "Numeric",
        "prompt": f"A model has {layers} layers, {heads} query heads, {kv} KV head{'s' if kv > 1 else ''} of d = {d} "
        f"and numbers of {size} byte{'s' if size > 1 else ''}. {asked} (1 MiB = 1024 KiB, 1 KiB = 1024 bytes.)",
        "unit": "" if room else {"MiB": 1, "KiB": 2**-10, "bytes": 2**-20},
        "relative": 0.01,
        "key": key,
        "why_not": slips(
            (more(0.5), "Keys **and** values are kept."),
            (more(heads / kv) if shared else None, "Query heads keep nothing: only the KV heads do."),
            (more(1 / layers), "That is one layer. Each keeps keys and values of its own."),
            (more(1 / kv) if kv > 1 and 1 / kv not in (0.5, 1 / layers) else None, "That is one KV head."),
        ),
        "solution": f"A token leaves a key and a value in each layer and KV head: {made}. "
        + (f"{room} MiB hold {key} of them." if room else f"{tokens} tokens: {shown(key)} MiB."),
    }


def flash(T: int, d: int, rows: int, columns: int, causal: bool = False) -> dict[str, Any]:
    """Ask what FlashAttention multiplies and holds where it goes through blocks of rows · columns scores."""
    block, every = rows * columns, T * T
    blocks = sum(not causal or column < row + rows for row in range(0, T, rows) for column in range(0, T, columns))
    key = blocks * block * d
    hidden = ", and leaves out the blocks that a causal mask hides as a whole" if causal else ""
    return {
        "kind": "Numeric",
        "prompt": f"One head, T = {T} tokens, d = {d}. FlashAttention goes through QKᵀ in blocks of {rows} queries and "
        f"{columns} keys{hidden}. How many multiplications does QKᵀ take in all, and how many scores are held at once?",
        "labels": ["multiplications", "scores at once"],
        "key": [written(key), written(block)],
        "why_not": [
            slips(
                (block * d, "That is one block. All of them are computed, one after another."),
                (blocks * block, f"Those are the scores. Each takes d = {d} multiplications."),
                (
                    every * d if causal else key // 2,
                    "The blocks above the diagonal are left out."
                    if causal
                    else "It is exact, and without a mask nothing is left out.",
                ),
                (every * d // 2 if causal else None, "Blocks that the diagonal crosses are computed as a whole."),
            ),
            slips(
                (every, "That is what it avoids: the whole matrix is never there."),
                (rows * T, "Not even whole rows: softmax is done block by block, with a running maximum and total."),
                (rows + columns, "Each query of the block meets each of its keys."),
            ),
        ],
        "solution": f"{blocks} blocks of {rows} · {columns} = {block} scores, d = {d} multiplications each: {key}. "
        + (
            "It is leaving out that saves some; going in blocks saves none. "
            if causal
            else "As many as without FlashAttention. "
        )
        + f"What shrinks is what is held, and moved through memory: {block} scores in place of {every}.",
    }


TEMPLATES = (
    Template(
        "cost-easy",
        "easy",
        growth,
        [
            {"what": 0, "before": 1000, "after": 3000},
            {"what": 1, "before": 500, "after": 2000},
            {"what": 0, "before": 4000, "after": 2000},
            {"what": 2, "before": 300, "after": 3000},
            {"what": 3, "before": 200, "after": 1000},
            {"what": 4, "before": 1024, "after": 8192},
        ],
    ),
    Template(
        "cost-medium",
        "medium",
        cache,
        [
            {"layers": 4, "heads": 8, "kv": 2, "d": 64, "size": 2, "tokens": 1024},
            {"layers": 8, "heads": 16, "kv": 1, "d": 128, "size": 2, "room": 1},
            {"layers": 4, "heads": 8, "kv": 8, "d": 32, "size": 4, "tokens": 512},
            {"layers": 16, "heads": 16, "kv": 4, "d": 64, "size": 1, "tokens": 1024},
            {"layers": 4, "heads": 16, "kv": 2, "d": 32, "size": 2, "room": 2},
        ],
    ),
    Template(
        "cost-hard",
        "hard",
        flash,
        [
            {"T": 100, "d": 10, "rows": 10, "columns": 20},
            {"T": 40, "d": 2, "rows": 10, "columns": 10, "causal": True},
            {"T": 200, "d": 5, "rows": 50, "columns": 20},
            {"T": 60, "d": 4, "rows": 30, "columns": 10},
            {"T": 80, "d": 3, "rows": 20, "columns": 20, "causal": True},
        ],
    ),
)
