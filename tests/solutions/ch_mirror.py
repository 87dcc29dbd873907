"""Answers to `ch-mirror` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "keys turned round": """
def mirror(places, tokens):
    return 18 * places, places.flip(0)
""",
    "a parabola": """
def mirror(places, tokens):
    n = torch.arange(len(places)).double()[:, None]
    return torch.cat([20 * (len(n) - 1 - n), -10 * torch.ones_like(n)], 1), torch.cat([n, n * n], 1)
""",
}
WRONG = {
    "a fixed length": """
def mirror(places, tokens):
    T = len(places)
    goal = (7 - torch.arange(T)).clamp(min=0) % T
    return 20 * places[goal], places
""",
    "itself, too": """
def mirror(places, tokens):
    return 20 * (places + places.flip(0)), places
""",
}
