"""More answers to `masks`, by somebody who had not seen its tests: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "windows over a strip": """
        def causal_keep(T, S=None):
            S = T if S is None else S
            strip = torch.tensor([True] * S + [False] * T)
            return strip.unfold(0, S, 1)[:T].flip(0)

        def padding_keep(lengths, S):
            ends = torch.nn.functional.one_hot(torch.as_tensor(lengths).long(), S + 1)
            return (ends.cumsum(-1)[:, None, None, :S] == 0)
     """,
    "strings": """
        def _row(n, S):
            return [c == "x" for c in ("x" * n).ljust(S, "-")]

        def causal_keep(T, S=None):
            if S is None:
                S = T
            return torch.tensor([_row(S - T + t + 1, S) for t in range(T)], dtype=torch.bool).reshape(T, S)

        def padding_keep(lengths, S):
            rows = [_row(int(n), S) for n in lengths]
            device = getattr(lengths, "device", None)
            return torch.tensor(rows, dtype=torch.bool, device=device).reshape(-1, 1, 1, S) if rows else \\
                torch.ones(0, 1, 1, S, dtype=torch.bool, device=device)
     """,
    "indices of what is seen": """
        from itertools import repeat

        def causal_keep(T, S=None):
            S = T if S is None else S
            keep = torch.zeros(T, S, dtype=torch.bool)
            row, column = torch.tril_indices(T, S, offset=S - T)
            keep[row, column] = True
            return keep

        def padding_keep(lengths, S):
            lengths = torch.asarray(lengths, dtype=torch.int64)
            B = lengths.numel()
            keep = torch.zeros(B * S, dtype=torch.bool, device=lengths.device)
            for b, n in enumerate(lengths.tolist()):
                keep[b * S : b * S + n].fill_(True)
            return keep.view(B, 1, 1, S)
     """,
    "bucketize, and a lambda": """
        causal_keep = lambda T, S=None: torch.bucketize(
            torch.arange(S or T), torch.arange((S or T) - T, S or T)).lt(torch.arange(1, T + 1).unsqueeze(-1))

        def padding_keep(lengths, S):
            n = torch.as_tensor(lengths, dtype=torch.long)
            return torch.stack([n > s for s in range(S)], dim=-1).unflatten(0, (-1, 1, 1)) if S else \\
                n.new_zeros(len(n), 1, 1, 0).bool()
     """,
}
WRONG = {
    "a view of one table": """
        table = torch.ones(2000, 2000, dtype=torch.bool).tril()

        def causal_keep(T, S=None):
            S = T if S is None else S
            return table[S - T : S, :S]

        def padding_keep(lengths, S):
            lengths = torch.as_tensor(lengths)
            return torch.arange(S) < lengths[:, None, None, None]
     """,
    "padding on the left": """
        def causal_keep(T, S=None):
            S = T if S is None else S
            return torch.ones(T, S, dtype=torch.bool).tril(S - T)

        def padding_keep(lengths, S):
            lengths = torch.as_tensor(lengths)
            return torch.arange(S) >= S - lengths[:, None, None, None]
     """,
    "as long as the longest sentence": """
        def causal_keep(T, S=None):
            S = T if S is None else S
            return torch.ones(T, S, dtype=torch.bool).tril(S - T)

        def padding_keep(lengths, S):
            lengths = torch.as_tensor(lengths)
            return torch.arange(int(lengths.max())) < lengths[:, None, None, None]
     """,
    "a window as wide as there are queries": """
        def causal_keep(T, S=None):
            S = T if S is None else S
            ones = torch.ones(T, S, dtype=torch.bool)
            return ones.tril(S - T) & ones.triu(S - T - T + 1)

        def padding_keep(lengths, S):
            lengths = torch.as_tensor(lengths)
            return torch.arange(S) < lengths[:, None, None, None]
     """,
    "a new sentence sees its first place": """
        def causal_keep(T, S=None):
            S = T if S is None else S
            return torch.ones(T, S, dtype=torch.bool).tril(S - T)

        def padding_keep(lengths, S):
            lengths = torch.as_tensor(lengths).clamp(min=1)
            return torch.arange(S) < lengths[:, None, None, None]
     """,
}
