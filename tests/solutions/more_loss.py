"""More answers to `loss`, by somebody who had not seen its tests: all of RIGHT must pass, all of WRONG must fail."""

from solutions.changing import changed

RIGHT = {
    "a categorical distribution": """
        from torch.distributions import Categorical

        def loss(logits, tokens, where):
            guesses = Categorical(logits=logits[:, :-1])
            counts = where[:, 1:]
            return -(guesses.log_prob(tokens[:, 1:]) * counts).sum() / counts.sum()
     """,
    "NaN for what does not count": """
        def loss(logits, tokens, where):
            each = F.cross_entropy(logits[:, :-1].mT, tokens[:, 1:], reduction="none")
            return torch.where(where[:, 1:], each, torch.nan).nanmean()
     """,
    "divergence from certainty": """
        def loss(logits, tokens, where):
            B, T, V = logits.shape
            b, t = where.nonzero().T
            b, t = b[t > 0], t[t > 0]
            sure = F.one_hot(tokens[b, t], V).to(logits)
            return F.kl_div(logits[b, t - 1].log_softmax(-1), sure, reduction="batchmean")
     """,
    "a generator of single losses": """
        def single(logits, tokens, where):
            for row, sentence, counts in zip(logits, tokens.tolist(), where.tolist()):
                for t in range(1, len(sentence)):
                    if counts[t]:
                        yield torch.logsumexp(row[t - 1] - row[t - 1][sentence[t]], 0)

        def loss(logits, tokens, where):
            return torch.stack([*single(logits, tokens, where)]).mean()
     """,
}
BODY = """
        def loss(logits, tokens, where):
            counts = where[:, 1:]
            rows, wanted = logits[:, :-1][counts], tokens[:, 1:][counts]
            return F.cross_entropy(rows, wanted)
"""
WRONG = {
    "the last token of the vocabulary left out": changed(
        BODY, "F.cross_entropy(rows, wanted)", "F.cross_entropy(rows, wanted, ignore_index=logits.shape[-1] - 1)"
    ),
    "sum": changed(
        BODY, "return F.cross_entropy(rows, wanted)", "return F.cross_entropy(rows, wanted, reduction='sum')"
    ),
    "perplexity": changed(BODY, "return F.cross_entropy(rows, wanted)", "return F.cross_entropy(rows, wanted).exp()"),
    "median": changed(
        BODY, "return F.cross_entropy(rows, wanted)", "return F.cross_entropy(rows, wanted, reduction='none').median()"
    ),
    "tokens filled in place": """
        def loss(logits, tokens, where):
            tokens[:, 1:][~where[:, 1:]] = -100
            return F.cross_entropy(logits[:, :-1].mT, tokens[:, 1:])
     """,
    "each sequence up to its last token that counts": changed(
        BODY, "counts = where[:, 1:]", "counts = where[:, 1:].flip(1).cumsum(1).flip(1) > 0"
    ),
    "a token counts once": changed(
        BODY,
        "return",
        "wanted, index = wanted.unique(return_inverse=True)\n            rows = torch.stack([rows[index == i][0] for i in range(len(wanted))])\n            return",
    ),
    "temperature": changed(
        BODY, "F.cross_entropy(rows, wanted)", "F.cross_entropy(rows / logits.shape[-1] ** 0.5, wanted)"
    ),
}
