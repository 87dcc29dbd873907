"""Answers to `grouped` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "q in groups, einsum": """
def grouped(q, k, v):
    B, Hq, T, d = q.shape
    q = q.reshape(B, k.size(1), -1, T, d)
    s = torch.einsum("bkgtd,bksd->bkgts", q, k) * d ** -0.5
    return torch.einsum("bkgts,bkse->bkgte", torch.softmax(s, -1), v).flatten(1, 2)
""",
    "a loop over the heads": """
class Head:
    def __init__(self, k, v): self.k, self.v = k, v
    def __call__(self, q): return F.scaled_dot_product_attention(q, self.k, self.v)
def grouped(q, k, v):
    n = q.shape[1] // k.shape[1]
    heads = [Head(k[:, h // n], v[:, h // n])(q[:, h]) for h in range(q.shape[1])]
    return torch.stack(heads, 1)
""",
    "expanded views": """
def many(x, n):
    B, H, S, d = x.shape
    return x[:, :, None].expand(B, H, n, S, d).reshape(B, H * n, S, d)
def grouped(q, k, v):
    n = q.size(1) // k.size(1)
    return F.scaled_dot_product_attention(q, many(k, n), many(v, n))
""",
    "torch's own": """
def grouped(q, k, v):
    return F.scaled_dot_product_attention(q, k, v, enable_gqa=True)
""",
    "picked by index": """
def grouped(q, k, v):
    which = torch.arange(q.shape[1]) * k.shape[1] // q.shape[1]
    w = torch.matmul(q, k[:, which].transpose(2, 3)).div(q.shape[-1] ** .5).softmax(3)
    return torch.matmul(w, v[:, which])
""",
}
WRONG = {
    "h mod Hkv": """
def grouped(q, k, v):
    which = torch.arange(q.shape[1]) % k.shape[1]
    return F.scaled_dot_product_attention(q, k[:, which], v[:, which])
""",
    "two by two, always": """
def grouped(q, k, v):
    which = (torch.arange(q.shape[1]) // 2).clamp(max=k.shape[1] - 1)
    return F.scaled_dot_product_attention(q, k[:, which], v[:, which])
""",
    "the right shape for one sentence": """
def grouped(q, k, v):
    n = q.shape[1] // k.shape[1]
    k, v = k[0].repeat_interleave(n, 0), v[0].repeat_interleave(n, 0)
    return F.scaled_dot_product_attention(q, k[None].expand(len(q), -1, -1, -1), v[None].expand(len(q), -1, -1, -1))
""",
    "detached output": """
def grouped(q, k, v):
    n = q.shape[1] // k.shape[1]
    with torch.no_grad():
        return F.scaled_dot_product_attention(q, k.repeat_interleave(n, 1), v.repeat_interleave(n, 1))
""",
    "groups averaged after": """
def grouped(q, k, v):
    n = q.shape[1] // k.shape[1]
    out = F.scaled_dot_product_attention(q.unflatten(1, (-1, n)).mean(2), k, v)
    return out.repeat_interleave(n, 1)
""",
    "causal": """
def grouped(q, k, v):
    n = q.shape[1] // k.shape[1]
    return F.scaled_dot_product_attention(q, k.repeat_interleave(n, 1), v.repeat_interleave(n, 1), is_causal=True)
""",
}
