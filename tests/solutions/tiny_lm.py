"""Answers to `tiny-lm` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

SDPA = """
class Attn(nn.Module):
    def __init__(self, D, H):
        super().__init__()
        self.heads = H
        self.wo, self.wv, self.wk, self.wq = nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D)
    def forward(self, x):
        B, T, D = x.shape
        places = torch.arange(T)
        q, k, v = [w(x).view(B, T, self.heads, -1).transpose(1, 2) for w in (self.wq, self.wk, self.wv)]
        o = F.scaled_dot_product_attention(rope(q, places), rope(k, places), v, is_causal=True)
        return self.wo(o.transpose(1, 2).reshape(B, T, D))
class Block(nn.Module):
    def __init__(self, D, H):
        super().__init__()
        self.attn = Attn(D, H)
        self.norm = nn.LayerNorm(D)
    def forward(self, x):
        return self.attn(self.norm(x)) + x
class TinyLM(nn.Module):
    def __init__(self, V, D, H, layers):
        super().__init__()
        self.head = nn.Linear(D, V, bias=False)
        self.norm = nn.LayerNorm(D)
        blocks = []
        for _ in range(layers):
            blocks.append(Block(D, H))
        self.blocks = nn.ModuleList(blocks)
        self.embed = nn.Embedding(V, D)
    def forward(self, tokens):
        h = self.embed(tokens)
        for i in range(len(self.blocks)):
            h = self.blocks[i](h)
        return self.head(self.norm(h))
"""


def sdpa(*changes):
    code = SDPA
    for old, new in changes:
        assert code.count(old) == 1, (old, code.count(old))
        code = code.replace(old, new)
    return code


RIGHT = {
    "a buffer of its own": SDPA.replace(
        "self.heads = H", "self.heads = H\n        self.register_buffer('scale', torch.tensor(1.0))"
    ),
    "SDPA, other order of parts": SDPA,
    "nn.Sequential of blocks": sdpa(
        ("self.blocks = nn.ModuleList(blocks)", "self.blocks = nn.Sequential(*blocks)"),
        (
            "        for i in range(len(self.blocks)):\n            h = self.blocks[i](h)\n",
            "        h = self.blocks(h)\n",
        ),
    ),
    "ModuleDict of blocks, embedding by index": sdpa(
        (
            "self.blocks = nn.ModuleList(blocks)",
            "self.blocks = nn.ModuleDict({str(i): b for i, b in enumerate(blocks)})",
        ),
        (
            "        for i in range(len(self.blocks)):\n            h = self.blocks[i](h)\n",
            "        for b in self.blocks.values():\n            h = b(h)\n",
        ),
        ("h = self.embed(tokens)", "h = self.embed.weight[tokens]"),
    ),
    "mask as a buffer that grows, einsum": sdpa(
        (
            "        self.heads = H\n",
            "        self.heads = H\n        self.register_buffer('mask', torch.ones(4, 4).tril().bool(), persistent=False)\n",
        ),
        (
            "        o = F.scaled_dot_product_attention(rope(q, places), rope(k, places), v, is_causal=True)\n",
            "        if T > len(self.mask):\n            self.mask = torch.ones(T, T).tril().bool()\n"
            "        s = torch.einsum('bhid,bhjd->bhij', rope(q, places), rope(k, places)) / q.size(-1) ** 0.5\n"
            "        w = torch.where(self.mask[:T, :T], s, -torch.inf).softmax(-1)\n"
            "        o = torch.einsum('bhij,bhjd->bhid', w, v)\n",
        ),
    ),
    "added mask, positions from 1 (a common shift), block_diag-free loop over heads": sdpa(
        ("places = torch.arange(T)", "places = torch.arange(1, T + 1)"),
        (
            "        o = F.scaled_dot_product_attention(rope(q, places), rope(k, places), v, is_causal=True)\n",
            "        outs = []\n        bias = torch.full((T, T), float('-inf'), dtype=x.dtype).triu(1)\n"
            "        for h in range(self.heads):\n"
            "            s = rope(q[:, h], places) @ rope(k[:, h], places).mT * q.shape[-1] ** -0.5\n"
            "            outs.append((s + bias).softmax(-1) @ v[:, h])\n        o = torch.stack(outs, 1)\n",
        ),
    ),
    "float mask in float32, own LayerNorm and Linear": sdpa(
        (
            "class Attn(nn.Module)",
            """class Norm(nn.Module):
    def __init__(self, D):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(D)), nn.Parameter(torch.zeros(D))
    def forward(self, x):
        centred = x - x.mean(-1, keepdim=True)
        return centred / (centred.pow(2).mean(-1, keepdim=True) + 1e-5).sqrt() * self.weight + self.bias
class Lin(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.randn(b, a) / a ** 0.5), nn.Parameter(torch.zeros(b))
    def forward(self, x):
        return x @ self.weight.mT + self.bias
class Attn(nn.Module)""",
        ),
        (
            "nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D)",
            "Lin(D, D), Lin(D, D), Lin(D, D), Lin(D, D)",
        ),
        (
            "        self.attn = Attn(D, H)\n        self.norm = nn.LayerNorm(D)",
            "        self.attn, self.norm = Attn(D, H), Norm(D)",
        ),
        ("        self.norm = nn.LayerNorm(D)\n        blocks", "        self.norm = Norm(D)\n        blocks"),
        (
            "        o = F.scaled_dot_product_attention(rope(q, places), rope(k, places), v, is_causal=True)\n",
            "        bias = torch.triu(torch.full((T, T), float('-inf')), 1)\n"
            "        s = rope(q, places) @ rope(k, places).mT / (D // self.heads) ** 0.5 + bias\n"
            "        o = s.softmax(-1) @ v\n",
        ),
    ),
    "a rope of one's own, by slices, with a table made anew": sdpa(
        (
            "class Attn(nn.Module)",
            """def turn(x):
    T, d = x.shape[-2:]
    angle = torch.outer(torch.arange(T, dtype=x.dtype), 10_000.0 ** (-torch.arange(0, d, 2, dtype=x.dtype) / d))
    a, b, out = x[..., ::2], x[..., 1::2], torch.empty_like(x)
    out[..., ::2], out[..., 1::2] = a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()
    return out
class Attn(nn.Module)""",
        ),
        ("rope(q, places), rope(k, places), v, is_causal=True", "turn(q), turn(k), v, is_causal=True"),
    ),
    "MultiHead of task 5, its forward written anew": sdpa(
        ("class Attn(nn.Module)", "class Attn(MultiHead)"),
        (
            "        super().__init__()\n        self.heads = H\n",
            "        super().__init__(D, H)\n        self.heads = H\n",
        ),
        (
            "        self.wo, self.wv, self.wk, self.wq = nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D)\n",
            "",
        ),
    ),
    "key-value loop over queries": sdpa(
        (
            "        o = F.scaled_dot_product_attention(rope(q, places), rope(k, places), v, is_causal=True)\n",
            "        q, k = rope(q, places), rope(k, places)\n"
            "        o = torch.cat([attend(q[:, :, :, :][:, :, t:t+1], k[:, :, :t+1], v[:, :, :t+1])[0] if T < 100 else "
            "F.scaled_dot_product_attention(q[:, :, t:t+1], k[:, :, :t+1], v[:, :, :t+1]) for t in range(T)], 2)\n",
        ),
    ),
}

WRONG = {
    "logits squeezed": sdpa(("return self.head(self.norm(h))", "return self.head(self.norm(h)).squeeze()")),
    "right for one sequence only": sdpa(("h = self.embed(tokens)", "h = self.embed(tokens[:1])")),
    "right for one head only": sdpa(("self.heads = H", "self.heads = 1")),
    "first call memoised": sdpa(
        (
            "        h = self.embed(tokens)\n",
            "        if hasattr(self, 'kept') and self.kept[0] == tokens.shape:\n"
            "            return self.kept[1]\n        h = self.embed(tokens)\n",
        ),
        (
            "return self.head(self.norm(h))",
            "self.kept = (tokens.shape, self.head(self.norm(h)))\n        return self.kept[1]",
        ),
    ),
    "mask of the first call kept": sdpa(
        (
            "        o = F.scaled_dot_product_attention(rope(q, places), rope(k, places), v, is_causal=True)\n",
            "        if not hasattr(self, 'm'):\n            self.m = torch.ones(T, T).tril().bool()\n"
            "        o = F.scaled_dot_product_attention(rope(q, places), rope(k, places), v, attn_mask=self.m)\n",
        )
    ),
    "table of 1024 places": sdpa(("places = torch.arange(T)", "places = torch.arange(1024)[:T]")),
    "tokens changed": sdpa(
        ("        return self.head(self.norm(h))", "        tokens.zero_()\n        return self.head(self.norm(h))")
    ),
    "diagonal masked as well": sdpa(("v, is_causal=True)", "v, attn_mask=torch.ones(T, T).tril(-1).bool())")),
    "sees one token ahead": sdpa(("v, is_causal=True)", "v, attn_mask=torch.ones(T, T).tril(1).bool())")),
    "halves turned together": sdpa(
        (
            "o = F.scaled",
            "swap = lambda y: y.unflatten(-1, (2, -1)).mT.flatten(-2)\n        q, k = swap(q), swap(k)\n        o = F.scaled",
        )
    ),
    "rope before the heads are split": sdpa(
        (
            "for w in (self.wq, self.wk, self.wv)]",
            "for w in (lambda x: rope(self.wq(x), places), lambda x: rope(self.wk(x), places), self.wv)]",
        ),
        ("rope(q, places), rope(k, places), v", "q, k, v"),
    ),
    "x turned, not q and k": sdpa(
        ("        q, k, v =", "        x = rope(x, places)\n        q, k, v ="),
        ("rope(q, places), rope(k, places), v", "q, k, v"),
    ),
    "only q turned": sdpa(("rope(k, places)", "k")),
    "scale √D": sdpa(("is_causal=True)", "is_causal=True, scale=D ** -0.5)")),
    "embedding times √D": sdpa(("self.embed(tokens)", "self.embed(tokens) * self.norm.weight.shape[0] ** 0.5")),
    "logits of the last place only": sdpa(("self.head(self.norm(h))", "self.head(self.norm(h))[:, -1]")),
    "probabilities": sdpa(("self.head(self.norm(h))", "self.head(self.norm(h)).softmax(-1)")),
    "blocks the wrong way round": sdpa(("self.blocks[i](h)", "self.blocks[-1 - i](h)")),
    "first block only": sdpa(("self.blocks[i](h)", "self.blocks[0](h)")),
    "norm of the rows over time": sdpa(
        ("self.attn(self.norm(x)) + x", "self.attn(self.norm(x - x.mean(1, keepdim=True))) + x")
    ),
    "heads interleaved": sdpa(
        ("view(B, T, self.heads, -1).transpose(1, 2)", "view(B, T, -1, self.heads).permute(0, 3, 1, 2)")
    ),
    "join without transpose": sdpa(("o.transpose(1, 2).reshape", "o.reshape")),
    "attention has no biases": sdpa(
        (
            "nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D)",
            "*(nn.Linear(D, D, bias=False) for _ in range(4)),",
        )
    ),
    "dropout in the functional form": sdpa(
        ("self.attn(self.norm(x)) + x", "F.dropout(self.attn(self.norm(x)), 0.1) + x")
    ),
    "residual detached": sdpa(("self.attn(self.norm(x)) + x", "self.attn(self.norm(x)) + x.detach()")),
    "queries detached": sdpa(("rope(q, places),", "rope(q, places).detach(),")),
    "float32 inside": sdpa(("return self.head(self.norm(h))", "return self.head(self.norm(h)).float()")),
    "no attention at all": sdpa(("self.attn(self.norm(x)) + x", "x")),
    "head the embedding's transpose": sdpa(
        ("return self.head(self.norm(h))", "return self.norm(h) @ self.embed.weight.mT")
    ),
    "the mask is an option that is off by default": sdpa(("is_causal=True", "is_causal=self.training")),
    "sequences mixed where there are several": sdpa(
        ("return self.head(self.norm(h))", "return self.head(self.norm(h + h.mean(0) - h[:1].mean(0)))")
    ),
    "RMSNorm": sdpa(
        (
            "return self.attn(self.norm(x)) + x",
            "return self.attn(F.rms_norm(x, x.shape[-1:], self.norm.weight) + self.norm.bias) + x",
        )
    ),
}
