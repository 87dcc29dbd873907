"""Answers to `masks` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

PADDING = """
def padding_keep(lengths, S):
    return (torch.arange(S) < torch.as_tensor(lengths)[:, None])[:, None, None, :]
"""
CAUSAL = """
def causal_keep(T, S=None):
    S = T if S is None else S
    return torch.ones(T, S, dtype=torch.bool).tril(S - T)
"""

RIGHT = {
    "tril": CAUSAL + PADDING,
    "loops and lists": """
        def causal_keep(T, S=None):
            S = S if S is not None else T
            return torch.tensor([[s <= t + S - T for s in range(S)] for t in range(T)])

        def padding_keep(lengths, S):
            out = torch.zeros(len(lengths), 1, 1, S, dtype=torch.bool)
            for b, n in enumerate(lengths):
                out[b, ..., :int(n)] = True
            return out
     """,
    "numpy": """
        import numpy as np
        def causal_keep(T, S=None):
            S = S or T
            return torch.from_numpy(np.tril(np.ones((T, S), dtype=bool), k=S - T))

        def padding_keep(lengths, S):
            n = np.asarray(lengths).reshape(-1, 1, 1, 1)
            return torch.from_numpy(np.arange(S).reshape(1, 1, 1, S) < n)
     """,
    "triu, inverted; a class; tabs": "\n".join(
        [
            "class Places:",
            "\tdef __init__(self, S): self.at = torch.arange(S)",
            "\tdef before(self, n): return self.at.lt(n)",
            "def causal_keep(T, S=None):",
            "\tS = T if S is None else S",
            "\treturn torch.logical_not(torch.ones(T, S).triu(diagonal=1 + S - T).bool())",
            "def padding_keep(lengths, S):",
            "\tp = Places(S)",
            "\treturn torch.stack([p.before(n) for n in lengths]).unsqueeze(1).unsqueeze(1)",
        ]
    ),
    "cumsum": """
        def causal_keep(T, S=None):
            S = T if S is None else S
            return torch.eye(S).cumsum(0)[S - T:] > 0

        def padding_keep(lengths, S):
            lengths = lengths if torch.is_tensor(lengths) else torch.tensor(lengths)
            ends = torch.nn.functional.one_hot(lengths, S + 1)
            return (ends.cumsum(-1) == 0)[:, None, None, :S]
     """,
    "meshgrid": """
        def causal_keep(T, S=None):
            S = T if S is None else S
            t, s = torch.meshgrid(torch.arange(T), torch.arange(S), indexing="ij")
            return torch.ge(t + (S - T), s)

        def padding_keep(lengths, S):
            n = torch.as_tensor(lengths).view(-1, 1, 1, 1)
            return torch.arange(S).expand(n.shape[0], 1, 1, S) < n
     """,
}

WRONG = {
    "off by one only for S > T": """
        def causal_keep(T, S=None):
            S = T if S is None else S
            return torch.ones(T, S, dtype=torch.bool).tril(max(S - T - 1, 0))
     """.replace("\n        ", "\n")
    + PADDING,
    "only T = 1 is special": """
        def causal_keep(T, S=None):
            S = T if S is None else S
            return torch.ones(1, S, dtype=torch.bool) if T == 1 else torch.ones(T, S, dtype=torch.bool).tril()
     """.replace("\n        ", "\n")
    + PADDING,
    "squeeze": CAUSAL
    + """
def padding_keep(lengths, S):
    return (torch.arange(S) < torch.as_tensor(lengths)[:, None])[:, None, None, :].squeeze()
""",
    "first dimension squeezed if B is 1": CAUSAL
    + """
def padding_keep(lengths, S):
    keep = (torch.arange(S) < torch.as_tensor(lengths)[:, None])[:, None, None, :]
    return keep[0] if len(lengths) == 1 else keep
""",
    "lists only": CAUSAL
    + """
def padding_keep(lengths, S):
    return torch.tensor([[True] * n + [False] * (S - n) for n in lengths])[:, None, None] if type(lengths) is list else None
""",
    "tensors only": CAUSAL
    + """
def padding_keep(lengths, S):
    return (torch.arange(S) < lengths[:, None])[:, None, None, :]
""",
    "all of them empty is taken for all full": CAUSAL
    + """
def padding_keep(lengths, S):
    n = torch.as_tensor(lengths)
    return (torch.arange(S) < (n if n.any() else n + S)[:, None])[:, None, None, :]
""",
    "lengths sorted in place": CAUSAL
    + """
def padding_keep(lengths, S):
    n = torch.as_tensor(lengths)
    keep = (torch.arange(S) < n[:, None])[:, None, None, :]
    n[:] = n.sort().values
    return keep
""",
    "list sorted in place": CAUSAL
    + """
def padding_keep(lengths, S):
    keep = (torch.arange(S) < torch.tensor(lengths)[:, None])[:, None, None, :]
    if type(lengths) is list: lengths.sort()
    return keep
""",
    "memoised padding": CAUSAL
    + """
seen = {}
def padding_keep(lengths, S):
    key = (tuple(map(int, lengths)), S)
    if key not in seen: seen[key] = (torch.arange(S) < torch.as_tensor(lengths)[:, None])[:, None, None, :]
    return seen[key]
""",
    "a table of 512 places for padding": CAUSAL
    + """
table = torch.arange(512)
def padding_keep(lengths, S):
    return (table[:S] < torch.as_tensor(lengths)[:, None])[:, None, None, :]
""",
    "uint8": CAUSAL
    + """
def padding_keep(lengths, S):
    return (torch.arange(S) < torch.as_tensor(lengths)[:, None])[:, None, None, :].byte()
""",
    "first call remembered": """
first = {}
def causal_keep(T, S=None):
    return first.setdefault(T, torch.ones(T, S or T, dtype=torch.bool).tril((S or T) - T)).clone()
"""
    + PADDING,
    "expanded to queries": CAUSAL
    + """
def padding_keep(lengths, S):
    return (torch.arange(S) < torch.as_tensor(lengths)[:, None])[:, None, None, :].repeat(1, 1, S, 1)
""",
    "lower left": """
def causal_keep(T, S=None):
    S = T if S is None else S
    return torch.ones(T, S, dtype=torch.bool).tril(S - T).flip(0)
"""
    + PADDING,
}
