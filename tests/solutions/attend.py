"""Answers to `attend` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "SDPA, and the weights beside it": """
        import torch.nn.functional as F
        def attend(q, k, v, keep=None):
            s = torch.matmul(q, k.transpose(-1, -2)) / (q.size(-1) ** 0.5)
            w = torch.softmax(s, -1) if keep is None else masked_softmax(s, keep)
            lead = s.shape[:-2]
            k, v = k.expand(*lead, *k.shape[-2:]), v.expand(*lead, *v.shape[-2:])
            q = q.expand(*lead, *q.shape[-2:])
            return F.scaled_dot_product_attention(q, k, v, attn_mask=keep), w.detach()
     """,
    "weights by SDPA of an identity": """
        import torch.nn.functional as F
        def attend(q, k, v, keep=None):
            lead = torch.broadcast_shapes(q.shape[:-2], k.shape[:-2])
            q, k = q.expand(*lead, *q.shape[-2:]), k.expand(*lead, *k.shape[-2:])
            one = torch.eye(k.shape[-2], dtype=q.dtype).expand(*lead, -1, -1)
            w = F.scaled_dot_product_attention(q, k, one, attn_mask=keep)
            return w @ v, w
     """,
    "einsum, own softmax, tabs": "\n".join(
        [
            "from math import sqrt",
            "class Scale:",
            "\tdef __init__(self, d): self.by = 1 / sqrt(d)",
            "\tdef __call__(self, x): return x * self.by",
            "def attend(q, k, v, keep=None):",
            "\ts = torch.einsum('...td,...sd->...ts', Scale(q.shape[-1])(q), k)",
            "\tif keep is not None:",
            "\t\ts = torch.where(keep, s, torch.tensor(float('-inf'), dtype=s.dtype))",
            "\tw = s.softmax(-1)",
            "\tw = torch.where(w.isnan(), torch.zeros_like(w), w)",
            "\treturn torch.einsum('...ts,...se->...te', w, v), w",
        ]
    ),
    "loops over queries": """
        def one(q, k, v, keep):
            outs, ws = [], []
            for t in range(q.shape[0]):
                s = torch.stack([q[t] @ key for key in k]) / q.shape[1] ** 0.5
                w = masked_softmax(s[None], keep[t][None])[0]
                ws.append(w); outs.append(sum(a * x for a, x in zip(w, v)))
            return torch.stack(outs), torch.stack(ws)

        def attend(q, k, v, keep=None):
            lead = torch.broadcast_shapes(q.shape[:-2], k.shape[:-2], v.shape[:-2])
            T, S = q.shape[-2], k.shape[-2]
            keep = torch.ones(T, S, dtype=torch.bool) if keep is None else keep
            q, k, v = (x.expand(*lead, *x.shape[-2:]).reshape(-1, *x.shape[-2:]) for x in (q, k, v))
            keep = keep.expand(*lead, T, S).reshape(-1, T, S)
            both = [one(*each) for each in zip(q, k, v, keep)]
            return [torch.stack(x).reshape(*lead, *x[0].shape) for x in zip(*both)]
     """,
    "baddbmm": """
        def attend(q, k, v, keep=None):
            lead = (q @ k.mT).shape[:-2]
            flat = [x.expand(*lead, *x.shape[-2:]).reshape(-1, *x.shape[-2:]) for x in (q, k, v)]
            zero = torch.zeros((), dtype=q.dtype)
            s = torch.baddbmm(zero, flat[0], flat[1].transpose(1, 2), beta=0, alpha=q.shape[-1] ** -0.5)
            s = s.reshape(*lead, *s.shape[-2:])
            w = masked_softmax(s, torch.tensor(True) if keep is None else keep)
            return torch.bmm(w.reshape(-1, *w.shape[-2:]), flat[2]).reshape(*lead, q.shape[-2], v.shape[-1]), w
     """,
    "products written out": """
        def attend(q, k, v, keep=None):
            w = (q.unsqueeze(-2) * k.unsqueeze(-3)).sum(-1).div(q.shape[-1] ** 0.5)
            if keep is None:
                keep = w.new_ones(w.shape, dtype=torch.bool)
            dead = ~keep.any(-1, keepdim=True)
            w = w.masked_fill(~(keep | dead), -torch.inf).softmax(-1).masked_fill(dead, 0)
            return (w.unsqueeze(-1) * v.unsqueeze(-3)).sum(-2), w
     """,
}

WRONG = {
    "memoised by shape": """
        seen = {}
        def attend(q, k, v, keep=None):
            if (q.shape, k.shape) not in seen:
                s = q @ k.mT / q.shape[-1] ** 0.5
                w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
                seen[q.shape, k.shape] = w @ v, w
            return seen[q.shape, k.shape]
     """,
    "results swapped": """
        def attend(q, k, v, keep=None):
            s = q @ k.mT / q.shape[-1] ** 0.5
            w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
            return w, w @ v
     """,
    "batch of one only": """
        def attend(q, k, v, keep=None):
            s = q @ k[:1].mT / q.shape[-1] ** 0.5 if q.dim() > 2 else q @ k.mT / q.shape[-1] ** 0.5
            w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
            return w @ v, w
     """,
    "one head only": """
        def attend(q, k, v, keep=None):
            if q.dim() == 4: q, k, v = q[:, :1], k[..., :1, :, :], v[..., :1, :, :]
            s = q @ k.mT / q.shape[-1] ** 0.5
            w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
            return w @ v, w
     """,
    "no_grad": """
        @torch.no_grad()
        def attend(q, k, v, keep=None):
            s = q @ k.mT / q.shape[-1] ** 0.5
            w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
            return w @ v, w
     """,
    "k detached": """
        def attend(q, k, v, keep=None):
            s = q @ k.detach().mT / q.shape[-1] ** 0.5
            w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
            return w @ v, w
     """,
    "a mask that is False throughout is taken for none": """
        def attend(q, k, v, keep=None):
            s = q @ k.mT / q.shape[-1] ** 0.5
            w = s.softmax(-1) if keep is None or not keep.any() else masked_softmax(s, keep)
            return w @ v, w
     """,
    "mask opened in place": """
        def attend(q, k, v, keep=None):
            s = q @ k.mT / q.shape[-1] ** 0.5
            if keep is None: keep = torch.ones(1, dtype=torch.bool)
            dead = ~keep.any(-1, keepdim=True)
            keep |= dead
            w = s.masked_fill(~keep, -torch.inf).softmax(-1).masked_fill(dead, 0)
            return w @ v, w
     """,
    "out without the mask": """
        def attend(q, k, v, keep=None):
            s = q @ k.mT / q.shape[-1] ** 0.5
            w = s.softmax(-1)
            return w @ v, w if keep is None else masked_softmax(s, keep)
     """,
    "scale by √T": """
        def attend(q, k, v, keep=None):
            s = q @ k.mT / q.shape[-2] ** 0.5
            w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
            return w @ v, w
     """,
    "scale twice": """
        def attend(q, k, v, keep=None):
            s = (q / q.shape[-1] ** 0.5) @ (k / q.shape[-1] ** 0.5).mT
            w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
            return w @ v, w
     """,
    "lone query squeezed": """
        def attend(q, k, v, keep=None):
            s = q @ k.mT / q.shape[-1] ** 0.5
            w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
            o = w @ v
            return (o.squeeze(-2), w) if q.shape[-2] == 1 else (o, w)
     """,
    "mask of four axes only": """
        def attend(q, k, v, keep=None):
            s = q @ k.mT / q.shape[-1] ** 0.5
            w = s.softmax(-1) if keep is None else masked_softmax(s, keep[:, :1])
            return w @ v, w
     """,
    "weights normalised after dropping": """
        def attend(q, k, v, keep=None):
            w = (q @ k.mT / q.shape[-1] ** 0.5).softmax(-1)
            if keep is not None:
                w = w * keep
                w = w / w.sum(-1, keepdim=True).clamp(min=1e-20)
            return w @ v, w
     """,
    "last two axes by number": """
        def attend(q, k, v, keep=None):
            s = q @ k.transpose(2, 3) / q.shape[3] ** 0.5 if q.dim() == 4 else q @ k.mT / q.shape[-1] ** 0.5
            w = s.softmax(-1) if keep is None else masked_softmax(s, keep)
            return w @ v, w
     """,
}
