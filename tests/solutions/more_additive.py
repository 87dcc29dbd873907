"""More answers to `additive`, by somebody who had not seen its tests: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "one hidden unit at a time": """
        def additive(q, k, v, wq, wk, w):
            scores = 0
            for a, b, c in zip(wq.unbind(1), wk.unbind(1), w):
                scores = scores + c * torch.tanh((q @ a).unsqueeze(-1) + (k @ b).unsqueeze(-2))
            return scores.softmax(-1) @ v
     """,
    "vmap over keys, over queries, over sentences": """
        def additive(q, k, v, wq, wk, w):
            score = lambda a, b: w @ torch.tanh(a + b)
            scores = torch.vmap(torch.vmap(score, (None, 0)), (0, None))
            for _ in q.shape[:-2]:
                scores = torch.vmap(scores)
            return torch.softmax(scores(q @ wq, k @ wk), dim=-1) @ v
     """,
    "a list of all pairs, tanh by sigmoid": """
        class Additive:
            def __init__(self, wq, wk, w):
                self.wq, self.wk, self.w = wq, wk, w

            def scores(self, q, k):
                T, S = q.shape[-2], k.shape[-2]
                t, s = torch.cartesian_prod(torch.arange(T), torch.arange(S)).reshape(-1, 2).T
                both = torch.matmul(q, self.wq)[..., t, :] + torch.matmul(k, self.wk)[..., s, :]
                return (2 * torch.sigmoid(2 * both) - 1).mul(self.w).sum(-1).unflatten(-1, (T, S))

        def additive(q, k, v, wq, wk, w):
            log = F.log_softmax(Additive(wq, wk, w).scores(q, k), dim=-1)
            return torch.einsum("...ts,...se->...te", log.exp(), v)
     """,
    "the pair side by side, one matrix": """
        def additive(q, k, v, wq, wk, w):
            T, S = q.shape[-2], k.shape[-2]
            left = q[..., :, None, :].expand(*q.shape[:-1], S, -1)
            right = k[..., None, :, :].expand(*k.shape[:-2], T, S, -1)
            scores = torch.cat([left, right], -1) @ torch.vstack([wq, wk])
            weights = scores.tanh().matmul(w).softmax(-1)
            return (weights[..., None] * v[..., None, :, :]).sum(-2)
     """,
}
WRONG = {
    "w of length 1": """
        def additive(q, k, v, wq, wk, w):
            both = torch.tanh((q @ wq)[..., :, None, :] + (k @ wk)[..., None, :, :])
            return (both @ (w / w.norm())).softmax(-1) @ v
     """,
    "a bent line in place of tanh": """
        def additive(q, k, v, wq, wk, w):
            both = F.hardtanh((q @ wq)[..., :, None, :] + (k @ wk)[..., None, :, :])
            return (both @ w).softmax(-1) @ v
     """,
    "the first query's weights for all": """
        def additive(q, k, v, wq, wk, w):
            both = torch.tanh((q @ wq)[..., :, None, :] + (k @ wk)[..., None, :, :])
            weights = (both @ w).softmax(-1)
            return weights[..., :1, :].expand_as(weights) @ v
     """,
    "the best key alone": """
        def additive(q, k, v, wq, wk, w):
            both = torch.tanh((q @ wq)[..., :, None, :] + (k @ wk)[..., None, :, :])
            best = F.one_hot((both @ w).argmax(-1), k.shape[-2]).to(v.dtype)
            return best @ v
     """,
    "w left out": """
        def additive(q, k, v, wq, wk, w):
            both = torch.tanh((q @ wq)[..., :, None, :] + (k @ wk)[..., None, :, :])
            return both.sum(-1).softmax(-1) @ v
     """,
    "the values through tanh": """
        def additive(q, k, v, wq, wk, w):
            both = torch.tanh((q @ wq)[..., :, None, :] + (k @ wk)[..., None, :, :])
            return (both @ w).softmax(-1) @ v.tanh()
     """,
}
