"""More answers to `rope`, by somebody who had not seen its tests: all of RIGHT must pass, all of WRONG must fail."""

from solutions.changing import changed

RIGHT = {
    "matrix exponential": """
        def rope(x, positions, base=1e4):
            d = x.shape[-1]
            turn = torch.zeros(d, d, dtype=torch.float64)
            for i in range(d // 2):
                turn[2 * i + 1, 2 * i] = base ** (-2 * i / d)
                turn[2 * i, 2 * i + 1] = -base ** (-2 * i / d)
            R = torch.linalg.matrix_exp(positions[:, None, None] * turn)
            return torch.einsum("tij,...tj->...ti", R.to(x.dtype), x)
     """,
    "radius and angle": """
        import math

        def rope(x, positions, base=1e4):
            a, b = x.double().chunk(2, dim=-1)
            d = x.shape[-1]
            theta = positions.double()[:, None] * base ** (-torch.arange(0, d, 2).double() / d)
            angle = torch.atan2(b, a) + theta.remainder(2 * math.pi)
            return torch.cat([torch.hypot(a, b) * angle.cos(), torch.hypot(a, b) * angle.sin()], -1).to(x.dtype)
     """,
    "a matrix for each pair, pairs first": """
        def rotations(positions, base, d):
            for i in range(0, d, 2):
                theta = positions.double() / base ** (i / d)
                c, s = theta.cos(), theta.sin()
                yield torch.stack([torch.stack([c, -s], -1), torch.stack([s, c], -1)], -2)

        def rope(x, positions, base=1e4):
            d = x.size(-1)
            R = torch.stack([*rotations(positions, base, d)], dim=1)         # (T, d/2, 2, 2)
            pairs = x.unflatten(-1, (d // 2, 2)).unsqueeze(-1).to(R.dtype)   # (..., T, d/2, 2, 1)
            return (R @ pairs).flatten(-3).type_as(x)
     """,
    "rolled columns and signs": """
        def rope(x, positions, base=1e4):
            d = x.shape[-1]
            exponents = torch.arange(d // 2, dtype=torch.float64).mul(-2 / d).repeat(2)
            theta = torch.outer(positions.to(torch.float64), torch.pow(torch.tensor(base, dtype=torch.float64), exponents))
            sign = torch.ones(d).index_fill(0, torch.arange(d // 2), -1)
            return torch.addcmul(x * theta.cos().to(x), x.roll(d // 2, -1) * sign, theta.sin().to(x)).to(x.dtype)
     """,
}
BODY = """
        def rope(x, positions, base=1e4):
            d = x.shape[-1]
            theta = positions[:, None] * base ** (-torch.arange(0, d, 2).double() / d)
            cos, sin = theta.cos().to(x.dtype), theta.sin().to(x.dtype)
            a, b = x[..., 0::2], x[..., 1::2]
            return torch.stack([a * cos - b * sin, a * sin + b * cos], dim=-1).flatten(-2)
"""
WRONG = {
    "positions in 16 bits": changed(BODY, "positions[:, None]", "positions.short()[:, None]"),
    "angles in float16": changed(
        BODY,
        "theta.cos().to(x.dtype), theta.sin().to(x.dtype)",
        "theta.half().float().cos().to(x.dtype), theta.half().float().sin().to(x.dtype)",
    ),
    "turned twice": changed(BODY, "cos, sin =", "theta = 2 * theta; cos, sin ="),
    "degrees": changed(BODY, "cos, sin =", "theta = theta.deg2rad(); cos, sin ="),
    "the last pair left alone": changed(
        BODY, "return torch.stack", "cos[..., -1], sin[..., -1] = 1, 0; return torch.stack"
    ),
    "one pairing for even lengths, the other for odd ones": changed(
        BODY,
        "a, b = x[..., 0::2], x[..., 1::2]",
        "a, b = x[..., 0::2], x[..., 1::2]\n            if x.shape[-2] % 2:\n                a, b = x.chunk(2, -1)\n                return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)",
    ),
    "the mean of both pairings": changed(
        BODY,
        "            return",
        "            p, r = x.chunk(2, -1)\n            other = torch.cat([p * cos - r * sin, p * sin + r * cos], -1)\n            return 0.5 * other + 0.5 *",
    ),
    "position 0 turned by one step": changed(BODY, "positions[:, None]", "positions.clamp(min=1)[:, None]"),
}
