"""More answers to `tiny-lm`, by somebody who had not seen its tests: all of RIGHT must pass, all of WRONG must fail."""

from solutions.changing import changed

RIGHT = {
    "attention in the block, its layers in a ModuleDict": """
        class Block(nn.Module):
            def __init__(self, D, H):
                super().__init__()
                self.H = H
                self.attn = nn.ModuleDict({name: nn.Linear(D, D) for name in ("wo", "wv", "wk", "wq")})
                self.norm = nn.LayerNorm(D)

            def forward(self, x):
                T = x.shape[1]
                h, places = self.norm(x), torch.arange(T)
                q, k, v = (split_heads(self.attn[name](h), self.H) for name in ("wq", "wk", "wv"))
                out, _ = attend(rope(q, places), rope(k, places), v, causal_keep(T))
                return self.attn["wo"](join_heads(out)) + x

        class TinyLM(nn.Module):
            def __init__(self, V, D, H, layers):
                super().__init__()
                self.embed = nn.Embedding(V, D)
                self.blocks = nn.ModuleList([Block(D, H) for _ in range(layers)])
                self.norm, self.head = nn.LayerNorm(D), nn.Linear(D, V, bias=False)

            def forward(self, tokens):
                from functools import reduce
                return self.head(self.norm(reduce(lambda x, block: block(x), self.blocks, self.embed(tokens))))
     """,
    "a container of its own, rope by complex numbers": """
        class Attention(nn.Module):
            def __init__(self, D, H):
                super().__init__()
                self.wq, self.wk, self.wv, self.wo = (nn.Linear(D, D) for _ in range(4))
                self.d = D // H

            def turned(self, x):                                   # (B, H, T, d)
                theta = torch.outer(torch.arange(x.shape[-2]), 1e4 ** (-torch.arange(0, self.d, 2) / self.d))
                pairs = torch.view_as_complex(x.unflatten(-1, (-1, 2)).contiguous())
                return torch.view_as_real(pairs * torch.polar(torch.ones_like(theta), theta)).flatten(-2)

            def forward(self, x):
                q, k, v = (w(x).unflatten(-1, (-1, self.d)).transpose(1, 2) for w in (self.wq, self.wk, self.wv))
                return self.wo(F.scaled_dot_product_attention(self.turned(q), self.turned(k), v, is_causal=True)
                               .transpose(1, 2).flatten(2))

        class Block(nn.Module):
            def __init__(self, D, H):
                super().__init__()
                self.add_module("norm", nn.LayerNorm(D))
                self.add_module("attn", Attention(D, H))

            def forward(self, x):
                return torch.add(x, self.attn(self.norm(x)))

        class Blocks(nn.Module):
            def __init__(self, made):
                super().__init__()
                for i, block in enumerate(made):
                    self.add_module(f"{i}", block)

            def forward(self, x):
                for block in self.children():
                    x = block(x)
                return x

        class TinyLM(nn.Module):
            def __init__(self, V, D, H, layers):
                super().__init__()
                self.embed, self.blocks = nn.Embedding(V, D), Blocks(Block(D, H) for _ in range(layers))
                self.norm, self.head = nn.LayerNorm(D), nn.Linear(D, V, bias=False)

            def forward(self, tokens):
                return nn.Sequential(self.embed, self.blocks, self.norm, self.head)(tokens)
     """,
    "an inner class, heads one by one, sentences one by one": """
        class Block(nn.Module):
            class Attention(nn.Module):
                pass

            def __init__(self, D, H):
                super().__init__()
                self.norm, self.attn, self.H = nn.LayerNorm(D), self.Attention(), H
                for name in "qkvo":
                    self.attn.register_module("w" + name, nn.Linear(D, D))

            def sentence(self, x):                                # (T, D)
                a, T, heads = self.attn, len(x), []
                later = torch.ones(T, T).triu(1).bool()
                for q, k, v in zip(*(w(x).chunk(self.H, 1) for w in (a.wq, a.wk, a.wv))):
                    q, k = rope(q, torch.arange(T)), rope(k, torch.arange(T))
                    scores = (q @ k.T / q.size(1) ** 0.5).masked_fill(later, float("-inf"))
                    heads.append(scores.softmax(1) @ v)
                return a.wo(torch.cat(heads, 1))

            def forward(self, x):
                return x + torch.stack([self.sentence(one) for one in self.norm(x)])

        class TinyLM(nn.Module):
            def __init__(self, V, D, H, layers):
                super().__init__()
                self.head, self.norm = nn.Linear(D, V, bias=False), nn.LayerNorm(D)
                self.blocks = nn.ModuleList()
                while len(self.blocks) < layers:
                    self.blocks.append(Block(D, H))
                self.embed = nn.Embedding(V, D)

            def forward(self, tokens):
                x = self.embed(tokens)
                for block in self.blocks: x = block(x)
                return self.head(self.norm(x))
     """,
}
BODY = """
        class Attention(nn.Module):
            def __init__(self, D, H):
                super().__init__()
                self.H = H
                self.wq, self.wk, self.wv, self.wo = [nn.Linear(D, D) for _ in range(4)]

            def forward(self, x, keep=None):
                places = torch.arange(x.shape[1])
                q, k, v = (split_heads(w(x), self.H) for w in (self.wq, self.wk, self.wv))
                q, k = rope(q, places), rope(k, places)
                keep = causal_keep(x.shape[1]) if keep is None else keep
                return self.wo(join_heads(attend(q, k, v, keep)[0]))

        class Block(nn.Module):
            def __init__(self, D, H):
                super().__init__()
                self.norm, self.attn = nn.LayerNorm(D), Attention(D, H)

            def forward(self, x, keep=None):
                return x + self.attn(self.norm(x), keep)

        class TinyLM(nn.Module):
            def __init__(self, V, D, H, layers):
                super().__init__()
                self.embed = nn.Embedding(V, D)
                self.blocks = nn.ModuleList([Block(D, H) for _ in range(layers)])
                self.norm, self.head = nn.LayerNorm(D), nn.Linear(D, V, bias=False)

            def forward(self, tokens):
                x, keep = self.embed(tokens), None
                for block in self.blocks:
                    x = block(x, keep)
                return self.head(self.norm(x))
"""
WRONG = {
    "values turned as well": changed(
        BODY, "q, k = rope(q, places), rope(k, places)", "q, k, v = rope(q, places), rope(k, places), rope(v, places)"
    ),
    "token 0 taken for padding": changed(
        BODY,
        "x, keep = self.embed(tokens), None",
        "x, keep = self.embed(tokens), causal_keep(tokens.shape[1]) & (tokens != 0)[:, None, None, :]",
    ),
    "final norm left out": changed(BODY, "self.head(self.norm(x))", "self.head(x)"),
    "each block begins with the embedding": changed(
        BODY, "x = block(x, keep)", "x = x + block(self.embed(tokens), keep) - self.embed(tokens)"
    ),
    "scale of half a head": changed(BODY, "attend(q, k, v, keep)", "attend(q * 2**0.5, k, v, keep)"),
    "the last 64 tokens alone": changed(
        BODY, "keep = causal_keep(x.shape[1])", "keep = (causal_keep(x.shape[1]) & causal_keep(x.shape[1]).triu(-63))"
    ),
    "another epsilon in the norm": changed(BODY, "nn.LayerNorm(D), Attention", "nn.LayerNorm(D, eps=1e-2), Attention"),
    "x normed before it is added": changed(
        BODY, "return x + self.attn(self.norm(x), keep)", "return self.norm(x) + self.attn(self.norm(x), keep)"
    ),
    "gradients stop at the embedding": changed(BODY, "self.embed(tokens), None", "self.embed(tokens).detach(), None"),
    "blocks twice": changed(BODY, "for block in self.blocks:", "for block in [*self.blocks, *self.blocks]:"),
}
