"""Answers to `rope` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

HEAD = "def rope(x, positions, base=1e4):\n    d = x.shape[-1]\n    f = base ** (-torch.arange(0, d, 2) / d)\n    angles = positions[:, None] * f\n"
A, B = "x[..., 0::2]", "x[..., 1::2]"
END = "    c, s, a, b = angles.cos(), angles.sin(), x[..., 0::2], x[..., 1::2]\n    return torch.stack((a * c - b * s, a * s + b * c), -1).flatten(-2).to(x.dtype)\n"
RIGHT = {
    "halves": """
def rotate_half(x):
    a, b = x.chunk(2, dim=-1)
    return torch.cat((-b, a), dim=-1)

def rope(x, positions, base=1e4):
    d = x.size(-1)
    inv = 1.0 / (base ** (torch.arange(0, d, 2).float() / d))
    angles = torch.outer(positions.float(), inv)
    both = torch.cat((angles, angles), dim=-1)
    return (x * both.cos() + rotate_half(x) * both.sin()).type_as(x)
""",
    "complex numbers": """
import math
def rope(x, positions, base=1e4):
    d = x.shape[-1]
    inv = torch.exp(-math.log(base) * torch.arange(0, d, 2) / d)
    turn = torch.polar(torch.ones(len(positions), d // 2), positions[:, None] * inv)
    z = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2).contiguous())
    return torch.view_as_real(z * turn).flatten(-2).type_as(x)
""",
    "loops with 2x2 matrices, tabs": """
import math

class Turn:
	def __init__(self, base, d):
		self.base, self.d = base, d
	def matrix(self, position):
		rows = torch.zeros(self.d, self.d, dtype=torch.float64)
		for i in range(self.d // 2):
			t = position * self.base ** (-2 * i / self.d)
			rows[2*i:2*i+2, 2*i:2*i+2] = torch.tensor([[math.cos(t), -math.sin(t)], [math.sin(t), math.cos(t)]])
		return rows

def rope(x, positions, base=1e4):
	turn = Turn(base, x.shape[-1])
	rows = [torch.einsum("ij,...j->...i", turn.matrix(int(p)), x[..., t, :].double()) for t, p in enumerate(positions)]
	return torch.stack(rows, dim=-2).to(x.dtype)
""",
    "written into a fresh tensor, numpy for the angles": """
import numpy as np
def rope(x, positions, base=1e4):
    d = x.shape[-1]
    t = np.outer(positions.numpy(), base ** (-2.0 * np.arange(d // 2) / d))
    c, s = (torch.from_numpy(f(t)).to(x.dtype) for f in (np.cos, np.sin))
    out = torch.empty_like(x)
    h = d // 2
    out[..., :h] = x[..., :h] * c - x[..., h:] * s
    out[..., h:] = x[..., :h] * s + x[..., h:] * c
    return out
""",
    "a table that grows": """
table = {}
def rope(x, positions, base=1e4):
    d = x.shape[-1]
    most = int(positions.max()) + 1 if positions.min() >= 0 else 0
    if (d, base) not in table or len(table[d, base]) < most:
        f = base ** (-torch.arange(0, d, 2) / d)
        table[d, base] = torch.arange(most)[:, None] * f
    angles = table[d, base][positions].repeat_interleave(2, -1)
    swapped = torch.stack((-x[..., 1::2], x[..., 0::2]), -1).reshape(x.shape)
    return (x * angles.cos() + swapped * angles.sin()).to(x.dtype)
""",
}
WRONG = {
    "squeeze": HEAD + END.replace(".to(x.dtype)", ".to(x.dtype).squeeze()"),
    "first call memoised": "memo = []\n"
    + HEAD
    + "    memo.append(angles)\n    angles = memo[0] if memo[0].shape == angles.shape else angles\n"
    + END,
    "no_grad": HEAD + "    with torch.no_grad():\n    " + END.replace("\n    return", "\n        return"),
    "table of 4096": HEAD + "    angles = (torch.arange(4096)[:, None] * f)[positions]\n" + END,
    "remainder of 10000": HEAD.replace("positions[:, None]", "(positions[:, None] % 10000)") + END,
    "three axes only": HEAD + "    B, T, d = x.shape\n" + END,
    "only the first of the batch": HEAD + "    x = x if x.dim() < 3 else x[:1].expand(x.shape)\n" + END,
    "frequency without d": HEAD.replace("/ d)", "/ 8)") + END,
    "positions shifted to begin at 0": HEAD.replace("positions[:, None]", "(positions - positions.min())[:, None]")
    + END,
    "sorted positions": HEAD.replace("positions[:, None]", "positions.sort().values[:, None]") + END,
    "sin and cos exchanged": HEAD + END.replace("angles.cos(), angles.sin()", "angles.sin(), angles.cos()"),
    "frequencies the other way round": HEAD + "    angles = angles.flip(-1)\n" + END,
    "mutates positions": HEAD + "    positions += 1\n" + END,
    "identity": "def rope(x, positions, base=1e4):\n    return x\n",
    "zeros": "def rope(x, positions, base=1e4):\n    return torch.zeros_like(x)\n",
    "minus x beyond 0": "def rope(x, positions, base=1e4):\n    return torch.where(positions[:, None] == 0, x, -x)\n",
    "halves pairs, only half turned": HEAD
    + "    h = d // 2; a, b = x[..., :h], x[..., h:]\n    return torch.cat((a * angles.cos() - b * angles.sin(), b), -1).to(x.dtype)\n",
    "one frequency": HEAD.replace("* f", "* torch.ones(d // 2)") + END,
}
