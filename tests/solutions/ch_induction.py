"""Answers to `ch-induction` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "half of itself brought, and taken off": """
def first_layer(places, tokens):
    T = len(places)
    Q = torch.cat([places[:1], places[:-1]]) + places
    return 30 * Q, places
def second_layer(places, tokens, brought):
    return 80 * tokens, brought - 0.5 * tokens
""",
    "a parabola below": """
def first_layer(places, tokens):
    n = torch.arange(len(places)).double()[:, None]
    return torch.cat([40 * (n - 1).clamp(min=0), -20 * torch.ones_like(n)], 1), torch.cat([n, n * n], 1)
def second_layer(places, tokens, brought):
    return 15 * tokens.sub(0.5), brought
""",
}
WRONG = {
    "the newest copy": """
def first_layer(places, tokens):
    return 20 * torch.cat([places[:1], places[:-1]]), places
def second_layer(places, tokens, brought):
    n = torch.arange(len(places)).float()[:, None]
    return torch.cat([50 * tokens, torch.ones_like(n)], 1), torch.cat([brought, n], 1)
""",
    "one place after the copies": """
def first_layer(places, tokens):
    return 20 * places, places
def second_layer(places, tokens, brought):
    return 20 * tokens, torch.cat([brought[-1:], brought[:-1]]).roll(1, 0)
""",
    "the copies or behind them": """
def first_layer(places, tokens):
    return 20 * torch.cat([places[:1], places[:-1]]), places
def second_layer(places, tokens, brought):
    return 20 * tokens, brought + tokens
""",
}
