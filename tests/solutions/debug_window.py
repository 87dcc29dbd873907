"""Answers to `debug-window` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "a band": """
def windowed(q, k, v, window):
    T = q.shape[-2]
    keep = torch.ones(T, T, dtype=torch.bool).tril().triu(1 - window)
    return F.scaled_dot_product_attention(q, k, v, attn_mask=keep)
""",
    "a loop": """
def windowed(q, k, v, window):
    rows = []
    for t in range(q.shape[-2]):
        a = max(0, t + 1 - window)
        s = q[..., t:t + 1, :] @ k[..., a:t + 1, :].mT / q.shape[-1] ** .5
        rows.append(s.softmax(-1) @ v[..., a:t + 1, :])
    return torch.cat(rows, -2)
""",
}
WRONG = {
    "causal, all of it": """
def windowed(q, k, v, window):
    return F.scaled_dot_product_attention(q, k, v, is_causal=True)
""",
    "the window turned round": """
def windowed(q, k, v, window):
    T = q.shape[-2]
    keep = torch.ones(T, T, dtype=torch.bool).triu().tril(window - 1)
    return F.scaled_dot_product_attention(q, k, v, attn_mask=keep)
""",
}
