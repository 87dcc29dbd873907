"""Answers to `debug-residual` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "a copy first": """
def block(x, w):
    before = x
    x = x.clone()
    x -= x.mean(dim=-1, keepdim=True)
    x /= x.std(dim=-1, keepdim=True) + 1e-5
    T = x.shape[1]
    return before + (torch.ones(T, T).tril() / torch.arange(1, T + 1)[:, None]) @ x @ w
""",
    "sums as they go": """
def block(x, w):
    n = (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True) + 1e-5)
    total, rows = 0, []
    for t in range(x.size(1)):
        total = total + n[:, t]
        rows.append(x[:, t] + total / (t + 1) @ w)
    return torch.stack(rows, 1)
""",
}
WRONG = {
    "another standard deviation": """
def block(x, w):
    n = F.layer_norm(x, x.shape[-1:])
    T = x.shape[1]
    return x + (torch.ones(T, T).tril() / torch.arange(1, T + 1)[:, None]) @ n @ w
""",
    "added in place": """
def block(x, w):
    n = (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True) + 1e-5)
    T = x.shape[1]
    x += (torch.ones(T, T).tril() / torch.arange(1, T + 1)[:, None]) @ n @ w
    return x
""",
}
