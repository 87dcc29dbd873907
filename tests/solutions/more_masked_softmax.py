"""More answers to `masked-softmax`, by somebody who had not seen its tests: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "only the kept entries, by rows": """
        def masked_softmax(scores, keep):
            shape, S = scores.shape, scores.shape[-1]
            keep = keep.expand(shape).reshape(-1, S)
            row, column = keep.nonzero(as_tuple=True)
            kept = scores.reshape(-1, S)[row, column]
            top = torch.full((len(keep),), -torch.inf, dtype=kept.dtype).scatter_reduce(0, row, kept.detach(), "amax")
            powers = (kept - top[row]).exp()
            total = torch.zeros(len(keep), dtype=kept.dtype).index_add(0, row, powers)
            zeros = torch.zeros(keep.shape, dtype=kept.dtype)
            return zeros.index_put((row, column), powers / total[row]).reshape(shape)
     """,
    "torch.masked": """
        import torch.masked

        def masked_softmax(scores, keep):
            keep = keep.broadcast_to(scores.shape)
            return torch.masked.softmax(scores, -1, mask=keep).masked_fill(~keep, 0)
     """,
    "a backward of its own": """
        class Softmax(torch.autograd.Function):
            @staticmethod
            def forward(ctx, scores, keep):
                weights = scores.masked_fill(~keep, -torch.inf).softmax(-1).masked_fill(~keep, 0)
                ctx.save_for_backward(weights)
                return weights

            @staticmethod
            def backward(ctx, upstream):
                weights, = ctx.saved_tensors
                return weights * (upstream - (weights * upstream).sum(-1, keepdim=True)), None

        masked_softmax = Softmax.apply
     """,
    "differences of all pairs": """
        def masked_softmax(scores, keep):
            keep = keep.expand(scores.shape)
            s = torch.where(keep, scores, 0)
            apart = s[..., None, :] - s[..., :, None]
            apart = apart.masked_fill(~(keep | ~keep.any(-1, keepdim=True))[..., None, :], -torch.inf)
            return torch.exp(-apart.logsumexp(-1)).masked_fill(~keep, 0)
     """,
}
WRONG = {
    "zeros where all rows are dead, and only there": """
        def masked_softmax(scores, keep):
            if not keep.any():
                return torch.zeros_like(scores)
            return torch.softmax(scores.masked_fill(~keep, -torch.inf), -1)
     """,
    "scores clamped": """
        def masked_softmax(scores, keep):
            hidden = ~keep
            s = scores.clamp(-1000, 1000).masked_fill(hidden, -torch.inf)
            return s.softmax(-1).masked_fill(hidden, 0)
     """,
    "always float32": """
        def masked_softmax(scores, keep):
            hidden = ~keep
            return scores.float().masked_fill(hidden, -torch.inf).softmax(-1).masked_fill(hidden, 0)
     """,
    "zero times a masked score": """
        def masked_softmax(scores, keep):
            s = scores.masked_fill(~keep, torch.finfo(scores.dtype).min)
            return torch.where(keep, s.softmax(-1), 0 * scores)
     """,
    "largest score by its size, not its sign": """
        def masked_softmax(scores, keep):
            kept = torch.where(keep, scores, 0)
            top = kept.gather(-1, kept.abs().argmax(-1, keepdim=True))
            powers = (kept - top).exp() * keep
            return powers / powers.sum(-1, keepdim=True).clamp(min=1e-30)
     """,
}
