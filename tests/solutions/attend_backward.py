"""Answers to `attend-backward` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "einsum and the whole Jacobian": """
def attend_backward(q, k, v, dout, keep=None):
    d = q.shape[-1]
    s = torch.einsum("...td,...sd->...ts", q, k) / d ** .5
    if keep is not None: s = torch.where(keep, s, torch.tensor(float("-inf"), dtype=s.dtype))
    p = torch.softmax(s, -1).nan_to_num(0.0)
    jac = torch.diag_embed(p) - p[..., :, None] * p[..., None, :]
    ds = torch.einsum("...ij,...j->...i", jac, torch.einsum("...te,...se->...ts", dout, v)) / d ** .5
    return torch.einsum("...ts,...sd->...td", ds, k), torch.einsum("...ts,...td->...sd", ds, q), torch.einsum("...ts,...te->...se", p, dout)
""",
    "from dout and out, as in FlashAttention": """
def attend_backward(q, k, v, dout, keep=None):
    a = q.size(-1) ** -.5
    s = (a * q) @ k.transpose(-2, -1)
    s = s if keep is None else s.masked_fill(keep.logical_not(), -torch.inf)
    lse = s.logsumexp(-1, keepdim=True)
    p = (s - lse.masked_fill(lse == -torch.inf, 0)).exp()
    delta = (dout * (p @ v)).sum(-1, keepdim=True)
    ds = p * (dout @ v.transpose(-2, -1) - delta)
    return [a * ds @ k, a * ds.transpose(-2, -1) @ q, p.transpose(-2, -1) @ dout]
""",
    "query by query, tabs": """
def attend_backward(q, k, v, dout, keep=None):
	if keep is None: keep = torch.ones(q.shape[-2], k.shape[-2]) > 0
	keep = keep.expand(*q.shape[:-1], k.shape[-2])
	dq, dk, dv = torch.zeros_like(q), torch.zeros_like(k), torch.zeros_like(v)
	r = q.shape[-1] ** 0.5
	for t in range(q.shape[-2]):
		m = keep[..., t, :]
		s = (q[..., t:t+1, :] * k).sum(-1) / r
		p = torch.where(m, s, s.new_full((), -torch.inf)).softmax(-1).nan_to_num(0.)
		g = (dout[..., t:t+1, :] * v).sum(-1)
		ds = (p * (g - (p * g).sum(-1, keepdim=True)) / r)[..., None]
		dq[..., t, :] = (ds * k).sum(-2)
		dk += ds * q[..., t:t+1, :]
		dv += p[..., None] * dout[..., t:t+1, :]
	return dq, dk, dv
""",
}
WRONG = {
    "keys' gradient from k": """
def attend_backward(q, k, v, dout, keep=None):
    a = q.shape[-1] ** -.5
    s = q @ k.mT * a
    keep = torch.ones_like(s) > 0 if keep is None else keep
    p = s.masked_fill(~keep, -torch.inf).softmax(-1).masked_fill(~keep, 0)
    g = dout @ v.mT
    ds = p * (g - (p * g).sum(-1, keepdim=True)) * a
    return ds @ k, (ds.mT @ (ds @ k)) if q.shape[-2] > 1 else ds.mT @ q, p.mT @ dout
""",
    "one masked batch empties all": """
def attend_backward(q, k, v, dout, keep=None):
    a = q.shape[-1] ** -.5
    s = q @ k.mT * a
    keep = torch.ones_like(s) > 0 if keep is None else keep
    if not keep.any(-1).all():
        return torch.zeros_like(q), torch.zeros_like(k), torch.zeros_like(v)
    p = s.masked_fill(~keep, -torch.inf).softmax(-1)
    g = dout @ v.mT
    ds = p * (g - (p * g).sum(-1, keepdim=True)) * a
    return ds @ k, ds.mT @ q, p.mT @ dout
""",
    "the scale twice": """
def attend_backward(q, k, v, dout, keep=None):
    a = q.shape[-1] ** -.5
    s = q @ k.mT * a
    keep = torch.ones_like(s) > 0 if keep is None else keep
    p = s.masked_fill(~keep, -torch.inf).softmax(-1).masked_fill(~keep, 0)
    g = dout @ v.mT
    ds = p * (g - (p * g).sum(-1, keepdim=True)) * a
    return ds @ k * a, ds.mT @ q * a, p.mT @ dout
""",
    "a small number against 0": """
def attend_backward(q, k, v, dout, keep=None):
    a = q.shape[-1] ** -.5
    s = q @ k.mT * a
    keep = torch.ones_like(s) > 0 if keep is None else keep
    s = s.masked_fill(~keep, -torch.inf)
    p = (s - s.amax(-1, keepdim=True).nan_to_num(neginf=0)).exp()
    p = p / (p.sum(-1, keepdim=True) + 1e-9)
    g = dout @ v.mT
    ds = p * (g - (p * g).sum(-1, keepdim=True)) * a
    return ds @ k, ds.mT @ q, p.mT @ dout
""",
    "numbers of a small step": """
def attend_backward(q, k, v, dout, keep=None):
    def f(*x):
        return (F.scaled_dot_product_attention(*x, attn_mask=keep) * dout).sum()
    grads = []
    for n in range(3):
        x = [q.clone(), k.clone(), v.clone()]
        g = torch.zeros_like(x[n])
        for i in range(g.numel()):
            place = x[n].reshape(-1)[i].clone()
            flat = x[n].view(-1)
            flat[i] = place + 1e-4; up = f(*x)
            flat[i] = place - 1e-4; down = f(*x)
            flat[i] = place
            g.view(-1)[i] = (up - down) / 2e-4
        grads.append(g)
    return tuple(grads)
""",
}
