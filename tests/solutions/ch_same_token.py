"""Answers to `ch-same-token` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "minus the squared distance": """
def same_token(places, tokens):
    n = tokens.argmax(-1, keepdim=True).double()
    one = torch.ones_like(n)
    return 12 * torch.cat([2 * n, -one, -n * n], 1), torch.cat([n, n * n, one], 1)
""",
    "signs": """
def same_token(places, tokens):
    signs = 2 * tokens - 1
    return 10 * signs, signs
""",
}
WRONG = {
    "not quite evenly": """
def same_token(places, tokens):
    n = torch.arange(len(places)).float()[:, None]
    return torch.cat([20 * tokens, torch.ones_like(n)], 1), torch.cat([tokens, n / 10], 1)
""",
    "the first copy": """
def same_token(places, tokens):
    n = torch.arange(len(places)).float()[:, None]
    return torch.cat([200 * tokens, torch.ones_like(n)], 1), torch.cat([tokens, -20 * n], 1)
""",
}
