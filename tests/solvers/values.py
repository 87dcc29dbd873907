"""Solves values and cross-attention: who asks in each scene, shapes by loops, operations counted one by one."""

from solvers.reading_prompts import one, run

SCENES = {  # by a word of the scene: who asks, and who is looked at
    "in cross-attention they look": ("N German", "at N English"),
    "each patch looks": ("of N patches", "of N words"),
    "**self**": ("written N German", "written N German"),
    "learned vectors": ("N learned", "its N tokens"),
    "Each letter": ("written N letters", "hears N frames"),
}


def easy(question):
    asks, seen = next(both for words, both in SCENES.items() if words in question.prompt)
    queries, keys = int(one(question.prompt, asks)), int(one(question.prompt, seen))
    return [queries, keys, keys]


def medium(question):
    names = run(question.program_text())
    q, k, v = (names[name] for name in "qkv")
    rows, columns = len(list(q.unbind(-2))), len(list(k.unbind(-2)))
    return [str((*q.shape[:-2], rows, columns)), str((*q.shape[:-2], rows, v.shape[-1]))]


def hard(question):
    T, S, d, h = (int(one(question.prompt, f"{name} = N")) for name in "TSdh")
    counts = {"tanh": 0, "project": 0, "w": 0, "dot": 0}
    for _token in [*range(T), *range(S)]:
        counts["project"] += sum(1 for _row in range(h) for _column in range(d))
    for _query in range(T):
        for _key in range(S):
            counts["dot"] += sum(1 for _number in range(d))
            for _number in range(h):
                counts["tanh"] += 1
                counts["w"] += 1
    asked = question.prompt.rpartition("once**")[2]
    words = {"tanh of": "tanh", "W_q q": "project", "**w**": "w", "dot prod": "dot"}
    return [counts[next(name for word, name in words.items() if word in asked)]]
