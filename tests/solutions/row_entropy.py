"""Answers to `row-entropy` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "clamped within the logarithm": """
        def row_entropy(weights):
            return -(weights * weights.clamp(min=1e-30).log()).sum(-1)
     """,
    "where, twice": """
        def row_entropy(weights):
            seen = weights > 0
            each = torch.where(seen, weights, torch.ones_like(weights)).log()
            return torch.where(seen, -weights * each, torch.zeros_like(weights)).sum(dim=-1)
     """,
    "einsum, tabs": "\n".join(
        [
            "def row_entropy(weights):",
            "\tlogs = weights.masked_fill(weights <= 0, 1).log()",
            "\treturn torch.einsum('...s,...s->...', weights, -logs)",
        ]
    ),
    "a loop over rows": """
        def one(row):
            row = row[row > 0]
            return -(row * row.log()).sum()

        def row_entropy(weights):
            rows = weights.reshape(-1, weights.shape[-1])
            return torch.stack([one(row) for row in rows]).reshape(weights.shape[:-1])
     """,
}

WRONG = {
    "entr": "def row_entropy(weights):\n    return torch.special.entr(weights).sum(-1)",
    "squeezed": """
        def row_entropy(weights):
            return -(weights * weights.masked_fill(weights == 0, 1).log()).sum(-1).squeeze()
     """,
    "torch.distributions": """
        def row_entropy(weights):
            return torch.distributions.Categorical(probs=weights, validate_args=False).entropy()
     """,
    "clamped from below, and too much": """
        def row_entropy(weights):
            return -(weights * weights.clamp(min=1e-3).log()).sum(-1)
     """,
    "without a gradient": """
        def row_entropy(weights):
            with torch.no_grad():
                return -(weights * weights.masked_fill(weights == 0, 1).log()).sum(-1)
     """,
    "always float32": """
        def row_entropy(weights):
            weights = weights.float()
            return -(weights * weights.masked_fill(weights == 0, 1).log()).sum(-1)
     """,
}
