"""Answers to `debug-lookup` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "SDPA": """
def lookup(query, keys, values):
    return F.scaled_dot_product_attention(query.unsqueeze(1), keys, values).squeeze(1)
""",
    "a loop": """
def lookup(query, keys, values):
    return torch.stack([((k @ q) / len(q) ** .5).softmax(0) @ v for q, k, v in zip(query, keys, values)])
""",
}
WRONG = {
    "SDPA over the batch": """
def lookup(query, keys, values):
    return F.scaled_dot_product_attention(query, keys.mean(1), values.mean(1))
""",
    "no scale": """
def lookup(query, keys, values):
    return ((keys * query[:, None]).sum(-1).softmax(-1)[:, :, None] * values).sum(1)
""",
}
