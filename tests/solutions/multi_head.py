"""Answers to `multi-head` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

HEAD = """
class MultiHead(nn.Module):
    def __init__(self, D, H):
        super().__init__()
        self.H = H
        self.wq, self.wk, self.wv, self.wo = (nn.Linear(D, D) for _ in range(4))

    def forward(self, x, context=None, keep=None):
"""
BODY = (
    HEAD
    + """
        source = x if context is None else context
        q, k, v = split_heads(self.wq(x), self.H), split_heads(self.wk(source), self.H), split_heads(self.wv(source), self.H)
"""
)
TABS = """
import math

class MultiHead(nn.Module):
    def __init__(self, D, H):
        super(MultiHead, self).__init__()
        self.H, self.d = H, D // H
        self.wo = nn.Linear(D, D)
        self.wv = nn.Linear(D, D)
        self.wk = nn.Linear(D, D)
        self.wq = nn.Linear(D, D)
        self.register_buffer("scale", torch.tensor(1 / math.sqrt(self.d)))

    def forward(self, x, context=None, keep=None):
        if context is None:
            context = x
        heads = []
        for h in range(self.H):
            part = slice(h * self.d, (h + 1) * self.d)
            q, k, v = self.wq(x)[..., part], self.wk(context)[..., part], self.wv(context)[..., part]
            scores = torch.bmm(q, k.transpose(1, 2)) * self.scale
            if keep is not None:
                own = keep.broadcast_to(len(x), self.H, x.size(1), context.size(1))[:, h]
                scores = torch.where(own, scores, torch.full_like(scores, float("-inf")))
                weights = torch.where(own.any(-1, keepdim=True), scores, torch.zeros_like(scores)).softmax(-1)
                weights = weights * own.any(-1, keepdim=True)
            else:
                weights = scores.softmax(-1)
            heads.append(weights @ v)
        return self.wo(torch.cat(heads, -1))
"""
RIGHT = {
    "einsum": HEAD
    + """
        if context is None: context = x
        B, T, D = x.shape
        d = D // self.H
        q = self.wq(x).view(B, T, self.H, d)
        k, v = (w(context).view(B, context.shape[1], self.H, d) for w in (self.wk, self.wv))
        s = torch.einsum("bthd,bshd->bhts", q, k) / d ** .5
        w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
        return self.wo(torch.einsum("bhts,bshd->bthd", w, v).reshape(B, T, D))
""",
    "loop over heads, other order of layers, a buffer, tabs": TABS.replace("    ", "\t"),
    "scaled_dot_product_attention, helper class, extra methods": """
from torch.nn.functional import scaled_dot_product_attention as sdpa

class Heads:
    def __init__(self, H): self.H = H
    def cut(self, y): return torch.stack(y.chunk(self.H, dim=-1), dim=1)
    def glue(self, y): return torch.cat(list(y.unbind(1)), dim=-1)

class Base(nn.Module):
    def extra_repr(self): return "mine"

class MultiHead(Base):
    def __init__(self, D, H, dropout=0.0):
        super().__init__()
        self.cutter = Heads(H)
        for name in ("wk", "wo", "wq", "wv"):
            setattr(self, name, nn.Linear(D, D, bias=True))
        self.dropout = nn.Dropout(dropout)
    def project(self, x, context):
        return map(self.cutter.cut, (self.wq(x), self.wk(context), self.wv(context)))
    def forward(self, x, context=None, keep=None):
        q, k, v = self.project(x, x if context is None else context)
        return self.wo(self.dropout(self.cutter.glue(sdpa(q, k, v, attn_mask=keep))))
""",
    "masked_fill and nan_to_num, baddbmm": HEAD
    + """
        context = context if context is not None else x
        B, T, D = x.shape; S = context.shape[1]; H = self.H; d = D // H
        q = self.wq(x).reshape(B, T, H, d).permute(0, 2, 1, 3).reshape(B * H, T, d)
        k = self.wk(context).reshape(B, S, H, d).permute(0, 2, 1, 3).reshape(B * H, S, d)
        v = self.wv(context).reshape(B, S, H, d).permute(0, 2, 1, 3).reshape(B * H, S, d)
        s = torch.baddbmm(q.new_zeros(B * H, T, S), q, k.mT, beta=0, alpha=d ** -.5).view(B, H, T, S)
        if keep is not None: s = s.masked_fill(keep.logical_not(), float("-inf"))
        w = torch.nan_to_num(torch.softmax(s, -1), nan=0.0)
        return self.wo((w.view(B * H, T, S) @ v).view(B, H, T, d).permute(0, 2, 1, 3).contiguous().view(B, T, D))
""",
    "float32 inside": BODY
    + """
        w = (q.float() @ k.float().mT / q.shape[-1] ** .5)
        w = masked_softmax(w, torch.ones(1, dtype=torch.bool) if keep is None else keep)
        return self.wo(join_heads((w @ v.float()).to(x.dtype)))
""",
}
WRONG = {
    "right for B = 1 only": BODY
    + """
        out, _ = attend(q[:1], k[:1], v[:1], keep)
        return self.wo(join_heads(out)).expand(x.shape)
""",
    "right for H = 1 only": HEAD
    + """
        context = x if context is None else context
        k = keep if keep is None else keep.broadcast_to(len(x), self.H, x.shape[1], context.shape[1])[:, 0]
        return self.wo(attend(self.wq(x), self.wk(context), self.wv(context), k)[0])
""",
    "squeeze": BODY
    + """
        return self.wo(join_heads(attend(q, k, v, keep)[0])).squeeze()
""",
    "squeeze the batch": BODY
    + """
        return self.wo(join_heads(attend(q, k, v, keep)[0])).squeeze(0)
""",
    "no_grad": BODY
    + """
        with torch.no_grad(): w = attend(q, k, v, keep)[1]
        return self.wo(join_heads(w @ v))
""",
    "first call memoised": HEAD
    + """
        if not hasattr(self, "kv"):
            s = x if context is None else context
            self.kv = split_heads(self.wk(s), self.H), split_heads(self.wv(s), self.H)
        return self.wo(join_heads(attend(split_heads(self.wq(x), self.H), *self.kv, keep)[0]))
""",
    "writes into the mask": BODY
    + """
        if keep is not None and keep.dim() == 4: keep |= ~keep.any(-1, keepdim=True)
        return self.wo(join_heads(attend(q, k, v, keep)[0]))
""",
    "writes into the mask after use": BODY
    + """
        out = attend(q, k, v, keep)[0]
        if keep is not None: keep.logical_not_()
        return self.wo(join_heads(out))
""",
    "writes into x": HEAD
    + """
        source = x if context is None else context
        q, k, v = split_heads(self.wq(x), self.H), split_heads(self.wk(source), self.H), split_heads(self.wv(source), self.H)
        if not x.requires_grad: x *= 0
        return self.wo(join_heads(attend(q, k, v, keep)[0]))
""",
    "zeros for an all-masked batch": BODY
    + """
        if keep is not None and not keep.any(): return torch.zeros_like(x)
        return self.wo(join_heads(attend(q, k, v, keep)[0]))
""",
    "an all-masked batch sees everything": BODY
    + """
        if keep is not None and not keep.any(): keep = None
        return self.wo(join_heads(attend(q, k, v, keep)[0]))
""",
    "dead rows set to 0 after wo": BODY
    + """
        out = self.wo(join_heads(attend(q, k, v, keep)[0]))
        if keep is not None:
            dead = ~keep.broadcast_to(len(x), self.H, x.shape[1], k.shape[2]).any(-1).any(1)
            out = out.masked_fill(dead[..., None], 0.0)
        return out
""",
    "returns the weights, too": BODY
    + """
        out, w = attend(q, k, v, keep)
        return self.wo(join_heads(out)), w
""",
    "no biases": BODY.replace("nn.Linear(D, D)", "nn.Linear(D, D, bias=False)")
    + """
        return self.wo(join_heads(attend(q, k, v, keep)[0]))
""",
    "head axis before every mask": BODY
    + """
        if keep is not None: keep = keep.unsqueeze(1) if keep.dim() < 4 else keep
        return self.wo(join_heads(attend(q, k, v, keep)[0]))
""",
    "always causal without context": BODY
    + """
        if context is None and keep is None: keep = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool).tril()
        return self.wo(join_heads(attend(q, k, v, keep)[0]))
""",
    "only wv and wo": HEAD
    + """
        return self.wo(self.wv(x))
""",
    "zeros": HEAD
    + """
        return torch.zeros_like(x)
""",
    "x": HEAD
    + """
        return x
""",
    "the mean of the values": BODY
    + """
        return self.wo(join_heads(v.mean(2, keepdim=True).expand(q.shape)))
""",
}
