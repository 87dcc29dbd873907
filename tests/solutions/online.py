"""Answers to `online` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "two passes": """
def online(q, k, v, block, keep=None):
    S, d = k.shape[-2], q.shape[-1]
    def scores(i):
        s = (q / d ** .5) @ k[..., i:i + block, :].transpose(-1, -2)
        if keep is None: return s
        part = keep.expand(*q.shape[:-1], S)[..., i:i + block]
        return torch.where(part, s, torch.tensor(-torch.inf, dtype=s.dtype))
    top = torch.full((*q.shape[:-1], 1), -torch.inf, dtype=q.dtype)
    for i in range(0, S, block):
        top = torch.maximum(top, scores(i).max(-1, keepdim=True).values)
    top = top.nan_to_num(neginf=0.0)
    total, out = 0, 0
    for i in range(0, S, block):
        p = torch.exp(scores(i) - top)
        total, out = total + p.sum(-1, keepdim=True), out + p @ v[..., i:i + block, :]
    return torch.where(total > 0, out / total.clamp(min=1e-30), torch.zeros_like(out))
""",
    "logsumexp of blocks": """
def online(q, k, v, block, keep=None):
    out, lse, start = None, None, 0
    for kb, vb in zip(k.split(block, -2), v.split(block, -2)):
        s = torch.einsum("...td,...sd->...ts", q, kb) / q.shape[-1] ** 0.5
        if keep is not None:
            m = keep.expand(*keep.shape[:-1], k.shape[-2])[..., start:start + kb.shape[-2]]
            s = s.masked_fill(m.logical_not(), -torch.inf)
        start += kb.shape[-2]
        here = s.logsumexp(-1, keepdim=True)
        o = s.softmax(-1).nan_to_num(0.0) @ vb
        if out is None:
            out, lse = o, here
        else:
            both = torch.logaddexp(lse, here)
            safe = both.masked_fill(both == -torch.inf, 0)
            out, lse = out * (lse - safe).exp() + o * (here - safe).exp(), both
    return out
""",
    "blocks of queries as well, a class, tabs": """
class Row:
	def __init__(self, q, e):
		self.q, self.m = q, q.new_full((*q.shape[:-1], 1), -1e30)
		self.l, self.o = torch.zeros_like(self.m), q.new_zeros((*q.shape[:-1], e))
	def see(self, k, v, keep):
		s = self.q @ k.mT
		if keep is not None: s = s.masked_fill(~keep, -torch.inf)
		m = torch.maximum(self.m, s.amax(-1, keepdim=True))
		p, c = (s - m).exp(), (self.m - m).exp()
		self.m, self.l, self.o = m, self.l * c + p.sum(-1, keepdim=True), self.o * c + p @ v
def online(q, k, v, block, keep=None):
	T, S = q.shape[-2], k.shape[-2]
	if keep is not None: keep = keep.expand(*keep.shape[:-2], T, S) if keep.ndim > 1 else keep.expand(T, S)
	parts = []
	for t in range(0, T, 2048):
		row = Row(q[..., t:t + 2048, :] / q.shape[-1] ** .5, v.shape[-1])
		for s in range(0, S, block):
			row.see(k[..., s:s + block, :], v[..., s:s + block, :], None if keep is None else keep[..., t:t + 2048, s:s + block])
		parts.append(row.o / row.l.where(row.l > 0, torch.ones_like(row.l)))
	return torch.cat(parts, -2)
""",
    "numpy": """
import numpy as np
def online(q, k, v, block, keep=None):
    a, b, c = q.numpy(), k.numpy(), v.numpy()
    S = b.shape[-2]
    m = np.full((*a.shape[:-1], 1), -np.inf, a.dtype); l = np.zeros_like(m); o = np.zeros((*a.shape[:-1], c.shape[-1]), a.dtype)
    mask = None if keep is None else np.broadcast_to(keep.numpy(), (*a.shape[:-1], S))
    for i in range(0, S, block):
        s = a @ np.swapaxes(b[..., i:i + block, :], -1, -2) / a.dtype.type(a.shape[-1] ** .5)
        if mask is not None: s = np.where(mask[..., i:i + block], s, a.dtype.type(-np.inf))
        n = np.maximum(m, s.max(-1, keepdims=True)); f = np.where(np.isinf(n), 0, n).astype(a.dtype)
        p, g = np.exp(s - f), np.exp(m - f)
        l, o, m = l * g + p.sum(-1, keepdims=True), o * g + p @ c[..., i:i + block, :], n
    return torch.from_numpy(o / np.where(l == 0, 1, l).astype(a.dtype))
""",
}
WRONG = {
    "the last block twice": """
def online(q, k, v, block, keep=None):
    S = k.shape[-2]
    m, l, o = q.new_full((*q.shape[:-1], 1), -1e30), 0, 0
    for i in range(0, S, block):
        i = max(0, min(i, S - block))
        s = q @ k[..., i:i + block, :].mT / q.shape[-1] ** .5
        if keep is not None: s = s.masked_fill(~keep.expand(*q.shape[:-1], S)[..., i:i + block], -torch.inf)
        n = torch.maximum(m, s.amax(-1, keepdim=True))
        p, c = (s - n).exp(), (m - n).exp()
        m, l, o = n, l * c + p.sum(-1, keepdim=True), o * c + p @ v[..., i:i + block, :]
    return o / torch.where(l > 0, l, 1.0)
""",
    "the mask by batch alone": """
def online(q, k, v, block, keep=None):
    S = k.shape[-2]
    m, l, o = q.new_full((*q.shape[:-1], 1), -1e30), 0, 0
    for i in range(0, S, block):
        s = q @ k[..., i:i + block, :].mT / q.shape[-1] ** .5
        if keep is not None: s = s.masked_fill(~keep.expand(*q.shape[:-1], S)[..., :1, i:i + block], -torch.inf)
        n = torch.maximum(m, s.amax(-1, keepdim=True))
        p, c = (s - n).exp(), (m - n).exp()
        m, l, o = n, l * c + p.sum(-1, keepdim=True), o * c + p @ v[..., i:i + block, :]
    return o / torch.where(l > 0, l, 1.0)
""",
    "all at once, by query": """
def online(q, k, v, block, keep=None):
    keep = torch.ones(q.shape[-2], k.shape[-2], dtype=torch.bool) if keep is None else keep
    keep = keep.expand(*q.shape[:-1], k.shape[-2])
    s = (q @ k.mT / q.shape[-1] ** .5).masked_fill(~keep, -torch.inf)
    return s.softmax(-1).nan_to_num(0) @ v
""",
    "scores kept in half": """
def online(q, k, v, block, keep=None):
    parts = [(q @ b.mT / q.shape[-1] ** .5).half() for b in k.split(block, -2)]
    s = torch.cat(parts, -1).to(q.dtype)
    if keep is not None: s = s.masked_fill(~keep, -torch.inf)
    return s.softmax(-1).nan_to_num(0) @ v
""",
    "a small number in the sum": """
def online(q, k, v, block, keep=None):
    S = k.shape[-2]
    m, l, o = q.new_full((*q.shape[:-1], 1), -1e30), 0, 0
    for i in range(0, S, block):
        s = q @ k[..., i:i + block, :].mT / q.shape[-1] ** .5
        if keep is not None: s = s.masked_fill(~keep.expand(*q.shape[:-1], S)[..., i:i + block], -torch.inf)
        n = torch.maximum(m, s.amax(-1, keepdim=True))
        p, c = (s - n).exp(), (m - n).exp()
        m, l, o = n, l * c + p.sum(-1, keepdim=True), o * c + p @ v[..., i:i + block, :]
    return o / (l + 1e-3)
""",
}
