"""Answers to `debug-average` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "softmax counts": """
def sentence_vector(x, keep):
    w = torch.zeros(keep.shape).masked_fill(~keep, -torch.inf).softmax(-1).nan_to_num(0.0)
    return (w[:, None] @ x)[:, 0]
""",
    "a loop": """
def sentence_vector(x, keep):
    return torch.stack([s[m].mean(0) if m.any() else s[0] * 0 for s, m in zip(x, keep)])
""",
}
WRONG = {
    "the average of the batch's lengths": """
def sentence_vector(x, keep):
    return (x * keep[..., None]).sum(1) / keep.sum() * len(x)
""",
    "NaN": """
def sentence_vector(x, keep):
    return (x * keep[..., None]).sum(1) / keep.sum(1)[:, None]
""",
}
