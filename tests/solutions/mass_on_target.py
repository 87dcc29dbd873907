"""Answers to `mass-on-target` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "loops": """
        def mass_on_target(weights, target):
            B, H, T, S = weights.shape
            out = torch.zeros(B, H, dtype=weights.dtype)
            for b in range(B):
                rows = []
                for t in range(T):
                    keys = target[t] if target.dim() == 1 else target[b, t]
                    keys = [k for k in keys.reshape(-1).tolist() if k >= 0]
                    if keys:
                        rows.append(weights[b, :, t, keys].sum(-1))
                out[b] = torch.stack(rows).mean(0)
            return out
     """,
    "gather": """
        def mass_on_target(weights, target):
            B, H, T, S = weights.shape
            target = target.view(1, T, 1) if target.dim() == 1 else target.unsqueeze(-1) if target.dim() == 2 else target
            target = target.expand(B, T, -1)
            at = target.clamp(min=0)[:, None].expand(B, H, T, -1)
            named = (target >= 0)[:, None]
            mass = (weights.gather(3, at) * named).sum(3)
            return mass.sum(2) / named.any(3).sum(2)
     """,
    "comparison and einsum": """
        def mass_on_target(weights, target):
            B, H, T, S = weights.shape
            while target.dim() < 3:
                target = target[None] if target.dim() == 1 else target[..., None]
            right = (target[..., None] == torch.arange(S)).any(2).to(weights.dtype).expand(B, T, S)
            counts = right.amax(-1)
            return torch.einsum("bhts,bts->bh", weights, right) / counts.sum(-1, keepdim=True)
     """,
    "nanmean over rows": """
        def mass_on_target(weights, target):
            B, H, T, S = weights.shape
            if target.ndim < 3:
                target = target.expand(B, T)[:, :, None]
            marks = torch.zeros(B, T, S + 1, dtype=weights.dtype).scatter_(2, target % (S + 1), 1.0)[:, :, :S]
            mass = (weights * marks.unsqueeze(1)).sum(-1)
            return mass.masked_fill((marks.sum(-1) == 0)[:, None], float("nan")).nanmean(-1)
     """,
}

WRONG = {
    "right for one sequence": """
        def mass_on_target(weights, target):
            if target.dim() > 1:
                target = target[0]
            if target.dim() == 1:
                target = target[:, None]
            named = target >= 0
            at = target.clamp(min=0).expand(*weights.shape[:2], *target.shape)
            mass = (weights.gather(3, at) * named).sum(3)
            return mass.sum(2) / named.any(1).sum()
     """,
    "squeezed": """
        def mass_on_target(weights, target):
            B, H, T, S = weights.shape
            if target.dim() < 3:
                target = target.expand(B, T)[..., None]
            right = F.one_hot(target + 1, S + 1)[..., 1:].sum(2)
            mass = (weights * right[:, None]).sum(-1)
            return (mass.sum(-1) / (target >= 0).any(-1).sum(-1)[:, None]).squeeze()
     """,
    "largest of several keys": """
        def mass_on_target(weights, target):
            B, H, T, S = weights.shape
            if target.dim() < 3:
                target = target.expand(B, T)[..., None]
            at = target.clamp(min=0)[:, None].expand(B, H, T, -1)
            mass = (weights.gather(3, at) * (target >= 0)[:, None]).amax(3)
            return mass.sum(2) / (target >= 0).any(-1).sum(-1)[:, None]
     """,
    "as if T and S were equal": """
        def mass_on_target(weights, target):
            B, H, T, S = weights.shape
            if target.dim() < 3:
                target = target.expand(B, T)[..., None]
            right = F.one_hot(target + 1, T + 1)[..., 1:].sum(2)
            mass = (weights * right[:, None]).sum(-1)
            return mass.sum(-1) / (target >= 0).any(-1).sum(-1)[:, None]
     """,
    "several keys are told by the last axis being short": """
        def mass_on_target(weights, target):
            B, H, T, S = weights.shape
            if target.dim() < 3:
                target = target.expand(B, T)[..., None]
            target = target[..., :2]
            right = F.one_hot(target + 1, S + 1)[..., 1:].sum(2)
            mass = (weights * right[:, None]).sum(-1)
            return mass.sum(-1) / (target >= 0).any(-1).sum(-1)[:, None]
     """,
}
