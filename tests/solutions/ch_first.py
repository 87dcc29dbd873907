"""Answers to `ch-first` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "distances, not products": """
def first(places, tokens):
    n = torch.arange(len(places)).float()[:, None]
    return -12 * torch.ones_like(n), n
""",
    "from the marker": """
def first(places, tokens):
    return torch.full((len(tokens), 1), 15.0), tokens[:, 0:1]
""",
    "float64, one number": """
def first(places, tokens):
    T = places.shape[0]
    K = torch.zeros(T, 1, dtype=torch.float64); K[0] = 100
    return torch.ones(T, 1, dtype=torch.float64), K
""",
}
WRONG = {
    "slowly falling": """
def first(places, tokens):
    n = torch.arange(len(places)).float()[:, None]
    return -torch.ones_like(n), n
""",
    "the same token as the first": """
def first(places, tokens):
    return 20 * tokens, tokens
""",
    "all places": """
def first(places, tokens):
    return places * 0, places
""",
}
