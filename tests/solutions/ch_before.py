"""Answers to `ch-before` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "a parabola": """
def before(places, tokens):
    n = torch.arange(len(places)).double()[:, None]
    goal = (n - 1).clamp(min=0)
    return torch.cat([20 * goal, -10 * torch.ones_like(n)], 1), torch.cat([n, n * n], 1)
""",
    "a matrix in between": """
def before(places, tokens):
    T = len(places)
    W = torch.zeros(T, T)
    for i in range(T):
        W[i, max(i - 1, 0)] = 30.
    return places @ W, places
""",
    "the keys moved": """
def before(places, tokens):
    K = torch.cat([places[1:], places[:1] * 0])
    K[0] += places[0]
    return 25 * places, K
""",
}
WRONG = {
    "before or itself": """
def before(places, tokens):
    return 20 * (torch.cat([places[:1], places[:-1]]) + places), places
""",
    "all before": """
def before(places, tokens):
    return 20 * torch.ones(len(places), len(places)).tril(-1), places
""",
}
