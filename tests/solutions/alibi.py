"""Answers to `alibi` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "loops and a list": """
def alibi(H, T, S):
    rows = [[[float(j - i) * 2.0 ** (-8.0 * (h + 1) / H) for j in range(S)] for i in range(S - T, S)] for h in range(H)]
    return torch.tensor(rows)
""",
    "einsum and numpy": """
import numpy as np
def slopes(H):
    return np.power(2.0, -8.0 * np.arange(1, H + 1) / H)
def alibi(H, T, S):
    d = np.arange(S)[None] - (np.arange(T)[:, None] + S - T)
    return torch.from_numpy(np.einsum("h,ts->hts", slopes(H), d)).to(torch.float32)
""",
    "the square's last rows, tabs": """
class Square:
	def __init__(self, S):
		places = torch.arange(S).float()
		self.d = places.unsqueeze(0).sub(places.unsqueeze(1))
def alibi(H, T, S):
	d = Square(S).d[S - T:]
	return torch.stack([d / 2 ** (8 * i / H) for i in range(1, H + 1)])
""",
    "a cache that knows its sizes": """
made = {}
def alibi(H, T, S):
    if (H, T, S) not in made:
        m = torch.exp2(-8 * torch.arange(1, H + 1) / H).view(H, 1, 1)
        made[H, T, S] = m * (torch.arange(S).view(1, 1, S) - torch.arange(S - T, S).view(1, T, 1))
    return made[H, T, S].clone()
""",
}
WRONG = {
    "the first call's tensor for ever": """
made = {}
def alibi(H, T, S):
    if "it" not in made:
        m = 2.0 ** (-8 * torch.arange(1, H + 1) / H)
        made["it"] = m[:, None, None] * (torch.arange(S) - torch.arange(S - T, S)[:, None])
    return made["it"][:H, :T, :S]
""",
    "relative to the last token alone": """
def alibi(H, T, S):
    m = 2.0 ** (-8 * torch.arange(1, H + 1) / H)
    return (m[:, None, None] * (torch.arange(S) - (S - 1))).expand(H, T, S).contiguous()
""",
    "squeezed": """
def alibi(H, T, S):
    m = 2.0 ** (-8 * torch.arange(1, H + 1) / H)
    return (m[:, None, None] * (torch.arange(S) - torch.arange(S - T, S)[:, None])).squeeze()
""",
    "queries and keys exchanged": """
def alibi(H, T, S):
    m = 2.0 ** (-8 * torch.arange(1, H + 1) / H)
    return (-m[:, None, None] * (torch.arange(S)[:, None] - torch.arange(S - T, S))).mT.flip(-1)
""",
    "heads the other way round": """
def alibi(H, T, S):
    m = (2.0 ** (-8 * torch.arange(1, H + 1) / H)).flip(0)
    return m[:, None, None] * (torch.arange(S) - torch.arange(S - T, S)[:, None])
""",
}
