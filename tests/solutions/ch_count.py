"""Answers to `ch-count` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "the marker's row set apart": """
def count(places, tokens):
    Q, K = 20 * tokens, tokens.clone()
    Q[1:, 0] = 20
    return Q, K
""",
    "with a token of one's own": """
def count(places, tokens):
    extra = tokens[:, 0]
    K = torch.hstack([tokens, extra[:, None]])
    return 16 * torch.hstack([tokens, 1 - extra[:, None]]), K
""",
}
WRONG = {
    "half as near": """
def count(places, tokens):
    one = torch.ones(len(tokens), 1)
    return 20 * torch.cat([tokens, 0.98 * one], 1), torch.cat([tokens, places[:, :1]], 1)
""",
    "all places": """
def count(places, tokens):
    return 20 * torch.ones(len(tokens), 1), torch.ones(len(tokens), 1)
""",
    "itself and the marker": """
def count(places, tokens):
    one = torch.ones(len(places), 1)
    return 20 * torch.cat([places, one], 1), torch.cat([places, places[:, :1]], 1)
""",
}
