"""Solves cost: by counting small cases, by tensors whose bytes are counted, and by going through blocks."""

import math

import torch
from solvers.reading_prompts import one

COUNTS = {  # what is counted at a length, by a word of the prompt
    "self-attention": lambda T: sum(1 for _i in range(T) for _j in range(T)),
    "multiplications": lambda T: sum(2 * 2 for _token in range(T)),
    "**one** more": lambda T: sum(1 for _key in range(T)),
    "cross-attention": lambda T: sum(1 for _i in range(5) for _j in range(T)),
    "memory": lambda T: sum(2 * 4 for _token in range(T)),
}


def easy(question):
    before, after = (int(one(question.prompt, words)) for words in ("from N", " to N"))
    count = next(count for word, count in COUNTS.items() if word in question.prompt)
    unit = math.gcd(before, after)  # in which the lengths are counted, to count quickly
    return [count(after // unit) / count(before // unit)]


def medium(question):
    prompt = question.prompt
    layers, kv, d, size = (int(one(prompt, words)) for words in ("N layers", "N KV head", "d = N", "of N byte"))
    dtype = {1: torch.int8, 2: torch.float16, 4: torch.float32}[size]
    token = sum(torch.empty(kv, 1, d, dtype=dtype).nbytes for _layer in range(layers) for _which in ("key", "value"))
    if "How many tokens" in prompt:
        room, tokens = one(prompt, "cache of N MiB") * 1024 * 1024, 0
        while (tokens + 1) * token <= room:
            tokens += 1
        return [tokens]
    return [token * one(prompt, "cache of N tokens") / 1024 / 1024]


def hard(question):
    T, d, rows, columns = (int(one(question.prompt, w)) for w in ("T = N", "d = N", "blocks of N", "and N keys"))
    multiplications, held = 0, 0
    for top in range(0, T, rows):
        for left in range(0, T, columns):
            pairs = [(i, j) for i in range(top, min(top + rows, T)) for j in range(left, min(left + columns, T))]
            if "causal" in question.prompt and not any(j <= i for i, j in pairs):
                continue
            multiplications += d * len(pairs)
            held = max(held, len(pairs))
    return [multiplications, held]
