"""Answers to `additive` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

HEAD = "def additive(q, k, v, wq, wk, w):\n"
RIGHT = {
    "einsum, other broadcasting": HEAD
    + """
    a = torch.einsum("...td,dh->...th", q, wq)[..., :, None, :]
    b = torch.einsum("...sd,dh->...sh", k, wk)[..., None, :, :]
    s = torch.einsum("...tsh,h->...ts", (a + b).tanh(), w)
    return torch.einsum("...ts,...se->...te", F.softmax(s, -1), v)
""",
    "loop over the queries, tabs": """
def score(query, keys, w):
	return torch.tanh(query + keys).matmul(w)

def additive(q, k, v, wq, wk, w):
	keys = k @ wk
	rows = []
	for t in range(q.shape[-2]):
		row = score((q[..., t, :] @ wq).unsqueeze(-2), keys, w)
		rows.append((torch.softmax(row, dim=-1).unsqueeze(-1) * v).sum(-2))
	return torch.stack(rows, dim=-2)
""",
    "a module, F.linear, sum in place of @": """
class Additive(nn.Module):
    def forward(self, q, k, v, wq, wk, w):
        q, k = F.linear(q, wq.t()), F.linear(k, wk.t())
        both = torch.tanh(q.unsqueeze(-2) + k.unsqueeze(-3))
        weights = F.softmax((both * w).sum(-1), dim=-1)
        return torch.matmul(weights, v)

additive = Additive()
""",
    "SDPA with the scores as its bias": HEAD
    + """
    s = (torch.tanh((q @ wq).unsqueeze(-2) + (k @ wk).unsqueeze(-3)) * w).sum(-1)
    return F.scaled_dot_product_attention(torch.zeros_like(q[..., :1]), torch.zeros_like(k[..., :1]), v, attn_mask=s)
""",
    "softmax by hand, with the maximum": HEAD
    + """
    s = (torch.tanh((q @ wq).unsqueeze(-2) + (k @ wk).unsqueeze(-3)) * w).sum(-1)
    p = (s - s.amax(-1, keepdim=True)).exp()
    return (p / p.sum(-1, keepdim=True)) @ v
""",
    "repeat by hand": HEAD
    + """
    T, S = q.size(-2), k.size(-2)
    a = (q @ wq).repeat_interleave(S, dim=-2)
    b = torch.cat([k @ wk] * T, dim=-2)
    s = (torch.tanh(a + b) @ w[:, None]).reshape(*q.shape[:-1], S)
    return s.softmax(-1) @ v
""",
}
KEY = (
    HEAD
    + """
    s = torch.tanh((q @ wq).unsqueeze(-2) + (k @ wk).unsqueeze(-3)) @ w
"""
)
WRONG = {
    "squeeze": KEY + "    return (s.softmax(-1) @ v).squeeze()\n",
    "no_grad": HEAD
    + """
    with torch.no_grad():
        s = torch.tanh((q @ wq).unsqueeze(-2) + (k @ wk).unsqueeze(-3)) @ w
    return s.softmax(-1) @ v
""",
    "memoised": "seen = {}\n"
    + HEAD
    + """
    if q.shape not in seen:
        seen[q.shape] = torch.tanh((q @ wq).unsqueeze(-2) + (k @ wk).unsqueeze(-3)) @ w
    return seen[q.shape].softmax(-1) @ v
""",
    "writes into q": HEAD
    + """
    s = torch.tanh((q @ wq).unsqueeze(-2) + (k @ wk).unsqueeze(-3)) @ w
    if not v.requires_grad: v.mul_(2); return s.softmax(-1) @ v / 2
    return s.softmax(-1) @ v
""",
    "bmm: three axes only": KEY + "    return torch.bmm(s.softmax(-1), v)\n",
    "right for B = 1 only": KEY + "    return s.softmax(-1) @ (v if v.dim() == 2 else v[:1].expand(v.shape))\n",
    "right for h = 1 only": HEAD
    + "    return (torch.tanh((q @ wq).unsqueeze(-2) + (k @ wk).unsqueeze(-3))[..., 0] * w[0]).softmax(-1) @ v\n",
    "two arguments of tanh": HEAD
    + "    return ((torch.tanh(q @ wq).unsqueeze(-2) + torch.tanh(k @ wk).unsqueeze(-3)) @ w).softmax(-1) @ v\n",
    "sigmoid": KEY.replace("torch.tanh", "torch.sigmoid") + "    return s.softmax(-1) @ v\n",
    "weights returned, too": KEY + "    return s.softmax(-1) @ v, s.softmax(-1)\n",
    "clamped": HEAD
    + """
    s = ((q @ wq).unsqueeze(-2) + (k @ wk).unsqueeze(-3)).clamp(-1, 1) @ w
    return s.softmax(-1) @ v
""",
    "softmax over all": KEY + "    return s.flatten(-2).softmax(-1).view_as(s) @ v\n",
    "mean of the values": HEAD + "    return v.mean(-2, keepdim=True).expand(*q.shape[:-1], v.shape[-1])\n",
    "zeros": HEAD + "    return torch.zeros(*q.shape[:-1], v.shape[-1], dtype=v.dtype)\n",
}
