"""Answers to `split-heads` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

SPLIT = """
def split_heads(x, H):
    B, T, D = x.shape
    if D % H: raise ValueError("not divisible")
    return x.reshape(B, T, H, D // H).transpose(1, 2)
"""
JOIN = """
def join_heads(x):
    return x.transpose(1, 2).flatten(2)
"""

RIGHT = {
    "unflatten and flatten": """
        def split_heads(x, H):
            if x.size(-1) % H != 0:
                raise ValueError
            return x.unflatten(-1, (H, -1)).movedim(2, 1)

        def join_heads(x):
            return x.movedim(1, 2).flatten(-2)
     """,
    "chunk and stack, cat": """
        def split_heads(x, H):
            if x.shape[2] % H: raise ValueError(f"{x.shape[2]} / {H}")
            return torch.stack(x.chunk(H, dim=2), dim=1)

        def join_heads(x):
            return torch.cat([x[:, i] for i in range(x.shape[1])], dim=-1)
     """,
    "view, and contiguous": """
        def split_heads(x, H):
            B, T, D = x.shape
            d, rest = divmod(D, H)
            if rest: raise ValueError("no")
            return x.contiguous().view(B, T, H, d).permute(0, 2, 1, 3).contiguous()

        def join_heads(x):
            B, H, T, d = x.size()
            return x.permute(0, 2, 1, 3).contiguous().view(B, T, H * d)
     """,
    "loops that fill, with tabs": "\n".join(
        [
            "def split_heads(x, H):",
            "\tB, T, D = x.shape",
            "\tif D % H:",
            "\t\traise ValueError('H does not divide D')",
            "\td = D // H",
            "\tout = x.new_zeros(B, H, T, d)",
            "\tfor b in range(B):",
            "\t\tfor h in range(H):",
            "\t\t\tout[b, h] = x[b, :, h * d:(h + 1) * d]",
            "\treturn out",
            "def join_heads(x):",
            "\tB, H, T, d = x.shape",
            "\tout = x.new_empty(B, T, H * d)",
            "\tfor h in range(H):",
            "\t\tout[:, :, h * d:h * d + d] = x[:, h]",
            "\treturn out",
        ]
    ),
    "einsum with an identity, a class": """
        class Pieces:
            def __init__(self, D, H):
                if D % H: raise ValueError(f"{D} is not a multiple of {H}")
                self.H, self.d = H, D // H
            def __call__(self, x):
                one = torch.eye(self.H * self.d, dtype=x.dtype).reshape(-1, self.H, self.d)
                return torch.einsum("btc,chd->bhtd", x, one)

        def split_heads(x, H):
            return Pieces(x.shape[-1], H)(x)

        def join_heads(x):
            one = torch.eye(x.shape[1] * x.shape[3], dtype=x.dtype).reshape(x.shape[1], x.shape[3], -1)
            return torch.einsum("bhtd,hdc->btc", x, one)
     """,
    "index and unbind": """
        def split_heads(x, H):
            D = x.shape[-1]
            if D // H * H != D: raise ValueError("D / H")
            where = torch.arange(D).reshape(H, D // H)
            return x[..., where].transpose(1, 2)

        def join_heads(x):
            return torch.concat(x.unbind(1), 2)
     """,
}

WRONG = {
    "batch of one only": SPLIT.replace(
        "x.reshape(B, T, H, D // H).transpose(1, 2)", "x.reshape(T, -1, H, D // H).permute(1, 2, 0, 3)"
    )
    + JOIN,
    "join for one batch only": SPLIT
    + """
def join_heads(x):
    B, H, T, d = x.shape
    return x.permute(2, 0, 1, 3).reshape(T, B, H * d).reshape(B, T, H * d)
""",
    "two heads only": """
def split_heads(x, H):
    if x.shape[-1] % H: raise ValueError("no")
    d = x.shape[-1] // H
    return torch.stack([x[..., :d], x[..., -d:]], 1) if H > 1 else x[:, None]
"""
    + JOIN,
    "squeeze": SPLIT
    + """
def join_heads(x):
    return x.transpose(1, 2).flatten(2).squeeze()
""",
    "no_grad": SPLIT.replace("def", "@torch.no_grad()\ndef") + JOIN,
    "numpy": SPLIT
    + """
import numpy as np
def join_heads(x):
    return torch.from_numpy(np.concatenate(list(x.detach().numpy().transpose(1, 0, 2, 3)), -1))
""",
    "memoised by shape": """
seen = {}
def split_heads(x, H):
    B, T, D = x.shape
    if D % H: raise ValueError("not divisible")
    if (x.shape, H) not in seen: seen[x.shape, H] = x.reshape(B, T, H, D // H).transpose(1, 2)
    return seen[x.shape, H]
"""
    + JOIN,
    "heads in the opposite order, both": SPLIT.replace(".transpose(1, 2)", ".transpose(1, 2).flip(1)")
    + """
def join_heads(x):
    return x.flip(1).transpose(1, 2).flatten(2)
""",
    "swap of T and d": SPLIT.replace(".transpose(1, 2)", ".permute(0, 2, 3, 1)") + JOIN,
    "TypeError": SPLIT.replace("ValueError", "TypeError") + JOIN,
    "always ValueError for one head": SPLIT.replace("if D % H", "if H == 1 or D % H") + JOIN,
    "float32": SPLIT.replace("x.reshape", "x.float().reshape") + JOIN,
    "a subclass of Exception": "class Wrong(Exception): pass\n" + SPLIT.replace("ValueError", "Wrong") + JOIN,
    "ValueError by H against T": SPLIT.replace("if D % H", "if T % H") + JOIN,
    "x resized in place": SPLIT
    + """
def join_heads(x):
    B, H, T, d = x.shape
    return x.transpose_(1, 2).reshape(B, T, H * d)
""",
    "token order turned in join": SPLIT
    + """
def join_heads(x):
    return x.flip(2).transpose(1, 2).flatten(2)
""",
}
