"""More answers to `attend`, by somebody who had not seen its tests: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "key by key, with a running largest score": """
        def attend(q, k, v, keep=None):
            lead = torch.broadcast_shapes(q.shape[:-2], k.shape[:-2], v.shape[:-2])
            T, S = q.shape[-2], k.shape[-2]
            q, k, v = (each.expand(*lead, *each.shape[-2:]) for each in (q, k, v))
            keep = torch.ones(T, S, dtype=torch.bool) if keep is None else keep
            keep = keep.expand(*lead, T, S)
            low = torch.finfo(q.dtype).min
            top = torch.full((*lead, T), low, dtype=q.dtype)
            total, out, scores = torch.zeros_like(top), torch.zeros(*lead, T, v.shape[-1], dtype=q.dtype), []
            for s in range(S):
                score = (q * k[..., s, None, :]).sum(-1) / q.shape[-1] ** 0.5
                score = score.masked_fill(~keep[..., s], -torch.inf)
                scores.append(score)
                new = torch.maximum(top, score.detach())
                shrink, power = (top - new).exp(), (score - new).exp()
                total, top = total * shrink + power, new
                out = out * shrink[..., None] + power[..., None] * v[..., s, None, :]
            alive = total.clamp(min=1e-20 if q.dtype != torch.float16 else 1e-3)
            weights = torch.stack([(score - top).exp() / alive for score in scores], dim=-1)
            return out / alive[..., None], weights
     """,
    "one axis less at a time": """
        def attend(q, k, v, keep=None):
            T, S = q.shape[-2], k.shape[-2]
            if keep is None:
                keep = torch.ones(T, S).bool()
            axes = max(each.ndim for each in (q, k, v, keep))
            q, k, v, keep = (each[(None,) * (axes - each.ndim)] for each in (q, k, v, keep))
            if axes == 2:
                weights = masked_softmax(q.div(q.size(1) ** 0.5).mm(k.t()), keep.expand(T, S))
                return weights.mm(v), weights
            n = max(each.shape[0] for each in (q, k, v, keep))
            rows = [attend(*(each[i if len(each) > 1 else 0] for each in (q, k, v, keep))) for i in range(n)]
            return tuple(map(torch.stack, zip(*rows)))
     """,
    "vmap over the queries": """
        def attend(q, k, v, keep=None):
            mask = torch.ones((), dtype=torch.bool) if keep is None else keep
            mask = mask.expand(*torch.broadcast_shapes(mask.shape, (q.shape[-2], k.shape[-2])))

            def one(query, seen):
                s = torch.einsum("...d,...sd->...s", query, k) * query.shape[-1] ** -0.5
                s = torch.where(seen, s, torch.finfo(s.dtype).min)
                w = torch.where(seen, s.softmax(-1), 0)
                return torch.einsum("...s,...se->...e", w, v), w

            return torch.vmap(one, in_dims=(-2, -2), out_dims=-2)(q, mask)
     """,
}
WRONG = {
    "scale of the first call": """
        scale = []
        def attend(q, k, v, keep=None):
            scale.append(q.shape[-1] ** 0.5)
            scores = q @ k.mT / scale[0]
            keep = torch.ones_like(scores, dtype=torch.bool) if keep is None else keep
            weights = masked_softmax(scores, keep)
            return weights @ v, weights
     """,
    "q scaled in place": """
        def attend(q, k, v, keep=None):
            q = q.detach() if not q.requires_grad else q.clone()
            q /= q.shape[-1] ** 0.5
            scores = q @ k.mT
            keep = torch.ones_like(scores, dtype=torch.bool) if keep is None else keep
            weights = masked_softmax(scores, keep)
            return weights @ v, weights
     """,
    "weights detached": """
        def attend(q, k, v, keep=None):
            scores = q @ k.mT / q.shape[-1] ** 0.5
            keep = torch.ones_like(scores, dtype=torch.bool) if keep is None else keep
            weights = masked_softmax(scores, keep)
            return weights.detach() @ v, weights
     """,
    "causal where there is no mask": """
        def attend(q, k, v, keep=None):
            scores = q @ k.mT / q.shape[-1] ** 0.5
            if keep is None:
                T, S = scores.shape[-2:]
                keep = torch.ones(T, S, dtype=torch.bool).tril(S - T)
            weights = masked_softmax(scores, keep)
            return weights @ v, weights
     """,
    "the first sentence's mask for all": """
        def attend(q, k, v, keep=None):
            scores = q @ k.mT / q.shape[-1] ** 0.5
            keep = torch.ones(scores.shape[-2:], dtype=torch.bool) if keep is None else keep
            while keep.ndim > 2:
                keep = keep[0]
            weights = masked_softmax(scores, keep)
            return weights @ v, weights
     """,
    "rounded weights": """
        def attend(q, k, v, keep=None):
            scores = q @ k.mT / q.shape[-1] ** 0.5
            keep = torch.ones_like(scores, dtype=torch.bool) if keep is None else keep
            weights = masked_softmax(scores, keep)
            weights = weights + (weights.detach().round(decimals=3) - weights.detach())
            return weights @ v, weights
     """,
}
