"""More answers to `multi-head`, by somebody who had not seen its tests: all of RIGHT must pass, all of WRONG must fail."""

from solutions.changing import changed

RIGHT = {
    "wo head by head": """
        class MultiHead(nn.Module):
            def __init__(self, D, H):
                super().__init__()
                for name in ("wo", "wv", "wk", "wq"):
                    setattr(self, name, nn.Linear(D, D))
                self.columns = [slice(i, i + D // H) for i in range(0, D, D // H)]

            def forward(self, x, context=None, keep=None):
                memory = x if context is None else context
                q, k, v = self.wq(x), self.wk(memory), self.wv(memory)
                B, H = len(x), len(self.columns)
                seen = torch.ones((), dtype=torch.bool) if keep is None else keep
                seen = seen.expand(B, H, x.shape[1], memory.shape[1])
                out = self.wo.bias
                for i, c in enumerate(self.columns):
                    out = out + F.linear(attend(q[..., c], k[..., c], v[..., c], seen[:, i])[0], self.wo.weight[:, c])
                return out
     """,
    "the three layers stacked to one": """
        class MultiHead(nn.Module):
            def __init__(self, D, H):
                super().__init__()
                self.H = H
                self.wq, self.wk, self.wv, self.wo = (nn.Linear(D, D) for _ in "qkvo")

            def forward(self, x, context=None, keep=None):
                if context is None:
                    context = x
                B, T, D = x.shape
                both = torch.cat([x, context], dim=1)
                layers = self.wq, self.wk, self.wv
                weight, bias = torch.cat([l.weight for l in layers]), torch.hstack([l.bias for l in layers])
                q, k, v = F.linear(both, weight, bias).unflatten(-1, (3, self.H, -1)).permute(2, 0, 3, 1, 4)
                q, k, v = q[:, :, :T], k[:, :, T:], v[:, :, T:]
                scores = q @ k.transpose(-1, -2) * (D // self.H) ** -0.5
                if keep is None:
                    keep = scores.new_ones(1).bool()
                low = torch.finfo(scores.dtype).min
                weights = scores.where(keep, scores.new_tensor(low)).softmax(-1).where(keep, scores.new_zeros(()))
                return self.wo((weights @ v).permute(0, 2, 1, 3).flatten(2))
     """,
    "keys in blocks of two, running sums": """
        class Running:
            def __init__(self, q):
                self.q, self.top = q, torch.full_like(q[..., :1], torch.finfo(q.dtype).min)
                self.total, self.out = 0, 0

            def take(self, k, v, seen):
                s = torch.where(seen, self.q @ k.mT, -torch.inf)
                top = torch.maximum(self.top, s.detach().amax(-1, keepdim=True))
                shrink, power = (self.top - top).exp(), (s - top).exp()
                self.total = self.total * shrink + power.sum(-1, keepdim=True)
                self.out = self.out * shrink + power @ v
                self.top = top

        class MultiHead(nn.Module):
            def __init__(self, D, H):
                super(MultiHead, self).__init__()
                self.wq = nn.Linear(D, D); self.wk = nn.Linear(D, D)
                self.wv = nn.Linear(D, D); self.wo = nn.Linear(D, D)
                self.heads = H

            def forward(self, x, context=None, keep=None):
                c = x if context is None else context
                q = split_heads(self.wq(x), self.heads)
                k, v = (split_heads(w(c), self.heads) for w in (self.wk, self.wv))
                keep = torch.tensor(True) if keep is None else keep
                keep = keep.expand(*q.shape[:3], k.shape[2])
                running = Running(q / q.shape[-1] ** 0.5)
                for part in zip(k.split(2, 2), v.split(2, 2), keep.split(2, 3)):
                    running.take(*part)
                return self.wo(join_heads(running.out / running.total.clamp(min=1e-20)))
     """,
}
BODY = """
        class MultiHead(nn.Module):
            def __init__(self, D, H):
                super().__init__()
                self.H = H
                self.wq, self.wk, self.wv, self.wo = [nn.Linear(D, D) for _ in range(4)]

            def forward(self, x, context=None, keep=None):
                c = x if context is None else context
                q, k, v = (split_heads(a, self.H) for a in (self.wq(x), self.wk(c), self.wv(c)))
                return self.wo(join_heads(attend(q, k, v, keep)[0]))
"""
WRONG = {
    "the bias of wo once for each head": changed(
        BODY,
        "self.wo(join_heads(attend(q, k, v, keep)[0]))",
        "self.wo(join_heads(attend(q, k, v, keep)[0])) + (self.H - 1) * self.wo.bias",
    ),
    "queries from the context": changed(BODY, "self.wq(x)", "self.wq(c)"),
    "values from x where the lengths allow it": changed(BODY, "self.wv(c)", "self.wv(x if x.shape == c.shape else c)"),
    "wq and wk are one layer": changed(BODY, "for _ in range(4)]", "for _ in range(4)]; self.wk = self.wq"),
    "dropout that never sleeps": changed(BODY, "attend(q, k, v, keep)[0]", "F.dropout(attend(q, k, v, keep)[0], 0.1)"),
    "what is masked for the last query is masked for all": changed(
        BODY,
        "c = x if context is None else context",
        "c = x if context is None else context; keep = keep if keep is None or keep.shape[-2] < 2 else keep & keep[..., -1:, :].expand_as(keep)",
    ),
    "queries normalised": changed(BODY, "return self.wo", "q = F.layer_norm(q, q.shape[-1:]); return self.wo"),
    "the heads' mean for a dead row": changed(
        BODY,
        "return self.wo(join_heads(attend(q, k, v, keep)[0]))",
        "out = attend(q, k, v, keep)[0]; dead = (out == 0).all(-1, keepdim=True); return self.wo(join_heads(torch.where(dead, out.mean(1, keepdim=True), out)))",
    ),
}
