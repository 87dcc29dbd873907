"""Answers to `debug-notes` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "one tensor": """
def remember(k, kept=None):
    all_of_them = k if kept is None else torch.hstack([kept, k])
    return all_of_them, all_of_them
""",
    "a tuple": """
def remember(k, kept=()):
    kept = tuple(kept) + (k,)
    return torch.cat(kept, 1), kept
""",
}
WRONG = {
    "two sequences at most": """
lists = [[], []]
def remember(k, kept=None):
    kept = lists.pop() if kept is None and lists else kept
    kept = [*kept, k]
    return torch.cat(kept, 1), kept
""",
    "the default still": """
def remember(k, kept=[]):
    kept += [k]
    return torch.cat(kept, 1), list(kept)
""",
}
