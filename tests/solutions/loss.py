"""Answers to `loss` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "ignore_index on a copy": """
        def loss(logits, tokens, where):
            wanted = tokens.masked_fill(~where, -100)[:, 1:].reshape(-1)
            return F.cross_entropy(logits[:, :-1].reshape(-1, logits.shape[-1]), wanted)
    """,
    "log_softmax and gather": """
        def loss(logits, tokens, where):
            each = -logits.log_softmax(-1)[:, :-1].gather(-1, tokens[:, 1:].unsqueeze(-1)).squeeze(-1)
            return each[where[:, 1:]].mean()
    """,
    "by multiplication": """
        def loss(logits, tokens, where):
            w = where[:, 1:].to(logits.dtype)
            each = nn.CrossEntropyLoss(reduction="none")(logits[:, :-1].transpose(1, 2), tokens[:, 1:])
            return (each * w).sum() / w.sum()
    """,
    "loops": """
        def loss(logits, tokens, where):
            total, n = 0, 0
            for row, sentence, counts in zip(logits, tokens, where):
                for t in range(1, len(sentence)):
                    if counts[t]:
                        total = total + torch.logsumexp(row[t - 1], 0) - row[t - 1, sentence[t]]
                        n += 1
            return total / n
    """,
    "one-hot and nonzero": """
        def loss(logits, tokens, where):
            b, t = where.nonzero(as_tuple=True)
            b, t = b[t > 0], t[t > 0]
            one_hot = F.one_hot(tokens[b, t], logits.shape[-1]).to(logits.dtype)
            return -(one_hot * logits[b, t - 1].log_softmax(-1)).sum(-1).mean()
    """,
    "rolled, the end masked": """
        def loss(logits, tokens, where):
            counts = where.roll(-1, 1).clone()
            counts[:, -1] = False
            return F.cross_entropy(logits[counts], tokens.roll(-1, 1)[counts])
    """,
}

WRONG = {
    "right for one sequence only": """
        def loss(logits, tokens, where):
            return F.cross_entropy(logits[0, :-1][where[0, 1:]], tokens[0, 1:][where[0, 1:]])
    """,
    "token 0 taken for padding": """
        def loss(logits, tokens, where):
            return F.cross_entropy(logits[:, :-1][where[:, 1:]], tokens[:, 1:][where[:, 1:]], ignore_index=0)
    """,
    "detached": """
        def loss(logits, tokens, where):
            return F.cross_entropy(logits.detach()[:, :-1][where[:, 1:]], tokens[:, 1:][where[:, 1:]])
    """,
    "as a float": """
        def loss(logits, tokens, where):
            return F.cross_entropy(logits[:, :-1][where[:, 1:]], tokens[:, 1:][where[:, 1:]]).item()
    """,
    "float32 inside": """
        def loss(logits, tokens, where):
            return F.cross_entropy(logits[:, :-1][where[:, 1:]].float(), tokens[:, 1:][where[:, 1:]])
    """,
    "one axis too many": """
        def loss(logits, tokens, where):
            return F.cross_entropy(logits[:, :-1][where[:, 1:]], tokens[:, 1:][where[:, 1:]]).reshape(1)
    """,
    "bits": """
        def loss(logits, tokens, where):
            return F.cross_entropy(logits[:, :-1][where[:, 1:]], tokens[:, 1:][where[:, 1:]]) / 2 ** 0.5
    """,
    "an ε in the logarithm": """
        def loss(logits, tokens, where):
            p = logits.softmax(-1)[:, :-1].gather(-1, tokens[:, 1:, None])[..., 0]
            return -(p + 1e-9).log()[where[:, 1:]].mean()
    """,
    "counts of where with its first column": """
        def loss(logits, tokens, where):
            each = F.cross_entropy(logits[:, :-1].mT, tokens[:, 1:], reduction="none")
            return (each * where[:, 1:]).sum() / where.sum()
    """,
    "label smoothing": """
        def loss(logits, tokens, where):
            return F.cross_entropy(logits[:, :-1][where[:, 1:]], tokens[:, 1:][where[:, 1:]], label_smoothing=0.01)
    """,
    "NaN where a sequence has nothing": """
        def loss(logits, tokens, where):
            w = where[:, 1:].to(logits.dtype)
            each = F.cross_entropy(logits[:, :-1].mT, tokens[:, 1:], reduction="none")
            return ((each * w).sum(1) / w.sum(1)).mean()
    """,
    "first call memoised": """
        KEPT = {}
        def loss(logits, tokens, where):
            if logits.shape not in KEPT:
                KEPT[logits.shape] = F.cross_entropy(logits[:, :-1][where[:, 1:]], tokens[:, 1:][where[:, 1:]])
            return KEPT[logits.shape]
    """,
    "where changed": """
        def loss(logits, tokens, where):
            where[:, 0] = False
            return F.cross_entropy(logits[where.roll(-1, 1)], tokens.roll(-1, 1)[where.roll(-1, 1)])
    """,
    "guesses the token before": """
        def loss(logits, tokens, where):
            return F.cross_entropy(logits[:, 1:][where[:, 1:]], tokens[:, :-1][where[:, 1:]])
    """,
    "always ln V": """
        def loss(logits, tokens, where):
            return torch.tensor(float(logits.shape[-1])).log()
    """,
    "clamped logits": """
        def loss(logits, tokens, where):
            return F.cross_entropy(logits.clamp(-80, 80)[:, :-1][where[:, 1:]], tokens[:, 1:][where[:, 1:]])
    """,
    "where ignored in the gradient's rows by a tiny weight": """
        def loss(logits, tokens, where):
            w = where[:, 1:].to(logits.dtype) + 1e-7
            each = F.cross_entropy(logits[:, :-1].mT, tokens[:, 1:], reduction="none")
            return (each * w).sum() / w.sum()
    """,
}
