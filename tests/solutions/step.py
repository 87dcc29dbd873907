"""Answers to `step` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "a dict, and keys turned late": """
def step(module, x, cache):
    q, k, v = (w(x).unflatten(-1, (module.H, -1)).transpose(1, 2) for w in (module.wq, module.wk, module.wv))

    if cache:
        k, v = torch.cat((cache["k"], k), 2), torch.cat((cache["v"], v), 2)
    n, T = x.size(1), k.size(2)
    places = torch.arange(T)
    s = rope(q, places[T - n:]) @ rope(k, places).mT / q.size(-1) ** .5
    s = s.masked_fill(torch.ones(n, T).triu(T - n + 1).bool(), float("-inf"))
    out = s.softmax(-1) @ v
    return module.wo(out.transpose(1, 2).flatten(2)), {"k": k, "v": v}
""",
    "an object that stays there": """
class Cache:
    def __init__(self):
        self.k, self.v, self.n = [], [], 0
    def add(self, k, v):
        self.k.append(k); self.v.append(v); self.n += k.shape[-2]
        return torch.cat(self.k, -2), torch.cat(self.v, -2)
def step(module, x, cache):
    cache = cache if cache is not None else Cache()
    places = torch.arange(cache.n, cache.n + x.shape[1])
    q, k, v = (w(x).unflatten(-1, (module.H, -1)).transpose(1, 2) for w in (module.wq, module.wk, module.wv))

    q, k = rope(q, places), rope(k, places)
    k, v = cache.add(k, v)
    bias = torch.zeros(len(places), k.shape[-2]).masked_fill(torch.arange(k.shape[-2]) > places[:, None], -torch.inf)
    out = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    return module.wo(out.transpose(1, 2).flatten(2)), cache
""",
    "token by token inside, heads in a loop": """
def one(module, x, cache):
    t = 0 if cache is None else len(cache)
    d = x.shape[-1] // module.H
    q, k, v = module.wq(x), module.wk(x), module.wv(x)
    at = torch.tensor([t])
    kv = [] if cache is None else list(cache)
    kv.append((k, v))
    heads = []
    for h in range(module.H):
        cut = slice(h * d, h * d + d)
        ks = torch.cat([rope(k[..., cut], torch.tensor([i])) for i, (k, _) in enumerate(kv)], 1) if len(kv) < 60 else torch.stack([k[:, 0, cut] for k, _ in kv], 1)
        if len(kv) >= 60:
            ks = rope(ks, torch.arange(len(kv)))
        vs = torch.cat([v[..., cut] for _, v in kv], 1)
        heads.append(F.scaled_dot_product_attention(rope(q[..., cut], at), ks, vs))
    return module.wo(torch.cat(heads, -1)), kv
def step(module, x, cache):
    outs = []
    for row in x.split(1, dim=1):
        out, cache = one(module, row, cache)
        outs.append(out)
    return torch.cat(outs, 1), cache
""",
    "one tensor, and how many": """
def step(module, x, cache):
    past = cache[1] if cache else 0
    n = x.shape[1]
    q, k, v = (w(x).unflatten(-1, (module.H, -1)).transpose(1, 2) for w in (module.wq, module.wk, module.wv))

    at = past + torch.arange(n)
    kv = torch.stack((rope(k, at), v))
    kv = torch.cat((cache[0], kv), dim=3) if past else kv
    keep = torch.ones(n, past + n, dtype=torch.bool).tril(past)
    out = F.scaled_dot_product_attention(rope(q, at), *kv, attn_mask=keep)
    return module.wo(out.transpose(1, 2).flatten(2)), [kv, past + n]
""",
}
WRONG = {
    "kept in the module": """
def step(module, x, cache):
    if cache is None:
        module.past = []
    past = sum(k.shape[-2] for k, _ in module.past)
    q, k, v = (w(x).unflatten(-1, (module.H, -1)).transpose(1, 2) for w in (module.wq, module.wk, module.wv))

    at = past + torch.arange(x.shape[1])
    module.past.append((rope(k, at), v))
    k, v = (torch.cat(each, -2) for each in zip(*module.past))
    out = F.scaled_dot_product_attention(rope(q, at), k, v, attn_mask=torch.arange(k.shape[-2]) <= at[:, None])
    return module.wo(out.transpose(1, 2).flatten(2)).detach(), True
""",
    "no wider than eight": """
def step(module, x, cache):
    q, k, v = (w(x).unflatten(-1, (module.H, -1)).transpose(1, 2) for w in (module.wq, module.wk, module.wv))

    past = 0 if cache is None else cache[0].shape[-2]
    at = past + torch.arange(x.shape[1])
    k = rope(k, at)
    if cache is not None:
        k, v = torch.cat([cache[0], k], -2), torch.cat([cache[1], v], -2)
    keep = (torch.arange(k.shape[-2]) <= at[:, None]) & (torch.arange(k.shape[-2]) > at[:, None] - 8)
    out = F.scaled_dot_product_attention(rope(q, at), k, v, attn_mask=keep)
    return module.wo(out.transpose(1, 2).flatten(2)), (k, v)
""",
    "all may see the chunk": """
def step(module, x, cache):
    q, k, v = (w(x).unflatten(-1, (module.H, -1)).transpose(1, 2) for w in (module.wq, module.wk, module.wv))

    past = 0 if cache is None else cache[0].shape[-2]
    at = past + torch.arange(x.shape[1])
    k = rope(k, at)
    if cache is not None:
        k, v = torch.cat([cache[0], k], -2), torch.cat([cache[1], v], -2)
    keep = torch.arange(k.shape[-2]) <= at.max()
    out = F.scaled_dot_product_attention(rope(q, at), k, v, attn_mask=keep.expand(len(at), -1))
    return module.wo(out.transpose(1, 2).flatten(2)), (k, v)
""",
    "only the heads' average kept": """
def step(module, x, cache):
    q, k, v = (w(x).unflatten(-1, (module.H, -1)).transpose(1, 2) for w in (module.wq, module.wk, module.wv))

    past = 0 if cache is None else cache[0].shape[-2]
    at = past + torch.arange(x.shape[1])
    k = rope(k, at)
    if cache is not None:
        k, v = torch.cat([cache[0].expand_as(k[:, :, :1]) if past == 1 else cache[0].expand(*k.shape[:2], -1, -1), k], -2), torch.cat([cache[1].expand(*v.shape[:2], -1, -1), v], -2)
    out = F.scaled_dot_product_attention(rope(q, at), k, v, attn_mask=torch.arange(k.shape[-2]) <= at[:, None])
    return module.wo(out.transpose(1, 2).flatten(2)), (k.mean(1, keepdim=True), v.mean(1, keepdim=True))
""",
    "x changed": """
def step(module, x, cache):
    with torch.no_grad():
        x += 1e-7 * (x.abs() + 1)
    q, k, v = (w(x).unflatten(-1, (module.H, -1)).transpose(1, 2) for w in (module.wq, module.wk, module.wv))

    past = 0 if cache is None else cache[0].shape[-2]
    at = past + torch.arange(x.shape[1])
    k = rope(k, at)
    if cache is not None:
        k, v = torch.cat([cache[0], k], -2), torch.cat([cache[1], v], -2)
    out = F.scaled_dot_product_attention(rope(q, at), k, v, attn_mask=torch.arange(k.shape[-2]) <= at[:, None])
    return module.wo(out.transpose(1, 2).flatten(2)), (k, v)
""",
}
