"""Answers to `masked-softmax` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "where and nan_to_num": """
        def masked_softmax(scores, keep):
            return torch.where(keep, scores, float("-inf")).softmax(-1).nan_to_num(0)
     """,
    "lowest finite number, then a product": """
        def masked_softmax(scores, keep):
            low = torch.finfo(scores.dtype).min
            return torch.softmax(scores.masked_fill(keep.logical_not(), low), -1) * keep
     """,
    "loop over rows, with tabs": "\n".join(
        [
            "import math",
            "def masked_softmax(scores, keep):",
            "\tkeep = keep.expand(scores.shape)",
            "\tS = scores.shape[-1]",
            "\trows = []",
            "\tfor row, seen in zip(scores.reshape(-1, S), keep.reshape(-1, S)):",
            "\t\tout = torch.zeros_like(row)",
            "\t\tif seen.any():",
            "\t\t\tout[seen] = torch.softmax(row[seen], 0)",
            "\t\trows.append(out)",
            "\treturn torch.stack(rows).reshape(scores.shape)",
        ]
    ),
    "powers by hand": """
        def largest_kept(scores, keep):
            top = torch.where(keep, scores, -torch.inf).amax(-1, keepdim=True)
            return torch.where(top.isinf(), 0.0, top)

        def masked_softmax(scores, keep):
            powers = torch.exp(torch.where(keep, scores - largest_kept(scores, keep), -torch.inf))
            return powers / powers.sum(-1, keepdim=True).clamp(min=1e-3)
     """,
    "a class, logsumexp": """
        class Masked:
            def __init__(self, keep): self.keep = keep
            def __call__(self, scores):
                s = scores.masked_fill(~self.keep, float("-inf"))
                total = s.logsumexp(-1, keepdim=True)
                total = total.masked_fill(total == float("-inf"), 0.0)
                return (s - total).exp()

        def masked_softmax(scores, keep):
            return Masked(keep)(scores)
     """,
    "float32 inside": """
        def masked_softmax(scores, keep):
            s = scores.float().masked_fill(~keep, -torch.inf)
            return s.softmax(-1).masked_fill(~keep, 0).to(scores.dtype)
     """,
    "dead rows opened, then closed": """
        from torch.nn import functional as F
        def masked_softmax(scores, keep):
            alive = keep.any(dim=-1, keepdim=True)
            opened = keep | ~alive
            return F.softmax(scores.masked_fill(~opened, float("-inf")), dim=-1) * alive
     """,
    "log_softmax and exp": """
        def masked_softmax(scores, keep):
            hidden = ~torch.broadcast_to(keep, scores.shape)
            return scores.masked_fill(hidden, -torch.inf).log_softmax(-1).masked_fill(hidden, -torch.inf).exp()
     """,
}

WRONG = {
    "fill −1e4": "def masked_softmax(s, k): return s.masked_fill(~k, -1e4).softmax(-1).masked_fill(~k.any(-1, keepdim=True), 0)",
    "renormalise after softmax": """
        def masked_softmax(s, k):
            w = s.softmax(-1) * k
            return w / w.sum(-1, keepdim=True).clamp(min=1e-30)
     """,
    "squeeze": "def masked_softmax(s, k): return s.masked_fill(~k, -torch.inf).softmax(-1).masked_fill(~k, 0).squeeze()",
    "no_grad": """
        @torch.no_grad()
        def masked_softmax(s, k): return s.masked_fill(~k, -torch.inf).softmax(-1).masked_fill(~k, 0)
     """,
    "first call of a shape remembered": """
        seen = {}
        def masked_softmax(s, k):
            if s.shape not in seen: seen[s.shape] = s.masked_fill(~k, -torch.inf).softmax(-1).masked_fill(~k, 0)
            return seen[s.shape]
     """,
    "mask opened in place": """
        def masked_softmax(s, k):
            dead = ~k.any(-1, keepdim=True)
            k |= dead
            return s.masked_fill(~k, -torch.inf).softmax(-1).masked_fill(dead, 0)
     """,
    "1e-6, by clamping after shift": """
        def masked_softmax(s, k):
            s = s.masked_fill(~k, -torch.inf)
            m = s.amax(-1, keepdim=True); m = m.masked_fill(m.isinf(), 0)
            p = (s - m).exp() + 1e-7
            return (p / p.sum(-1, keepdim=True)).masked_fill(~k, 0)
     """,
    "only the first head's mask": """
        def masked_softmax(s, k):
            k = k.expand(s.shape)
            if s.dim() == 4: k = k[:, :1].expand(s.shape)
            return s.masked_fill(~k, -torch.inf).softmax(-1).masked_fill(~k, 0)
     """,
    "largest of each batch entry": """
        def masked_softmax(s, k):
            s = s.masked_fill(~k, -torch.inf)
            m = s.flatten(-2).amax(-1)[..., None, None]; m = m.masked_fill(m.isinf(), 0)
            p = (s - m).exp()
            t = p.sum(-1, keepdim=True)
            return p / t.masked_fill(t == 0, 1)
     """,
    "NaN times 0": "def masked_softmax(s, k): return s.masked_fill(~k, -torch.inf).softmax(-1) * k",
    "first key always kept": """
        def masked_softmax(s, k):
            k = k.expand(s.shape).clone(); k[..., 0] |= ~k.any(-1)
            return s.masked_fill(~k, -torch.inf).softmax(-1).masked_fill(~k, 0)
     """,
    "nan_to_num on the scores' result only if B == 1": """
        def masked_softmax(s, k):
            w = s.masked_fill(~k, -torch.inf).softmax(-1)
            return w.nan_to_num(0) if s.shape[0] == 1 else w
     """,
    "ε of 1e-6 in float64": """
        def masked_softmax(s, k):
            p = torch.where(k, s, -torch.inf); m = p.amax(-1, keepdim=True); p = (p - m.where(m.isfinite(), 0)).exp()
            return p / (p.sum(-1, keepdim=True) + 1e-6).to(s.dtype)
     """,
}
