"""Answers to `ablate` that its tests were not written for: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "keys of zeros": """
        def ablate(model, layer):
            new = copy.deepcopy(model)
            for values in new.blocks[layer].attn.wk.parameters():
                values.data *= 0
            return new
     """,
    "a function, with averages": """
        def ablate(model, layer):
            def logits(tokens):
                x = model.embed(tokens)
                for place, block in enumerate(model.blocks):
                    if place != layer:
                        x = block(x)
                        continue
                    values = block.attn.wv(block.norm(x))
                    even = torch.ones(len(values[0]), len(values[0])).tril()
                    x = x + block.attn.wo(even / even.sum(1, keepdim=True) @ values)
                return model.head(model.norm(x))
            return logits
     """,
    "a module in the place of attn": """
        class Even(nn.Module):
            def __init__(self, wv, wo):
                super().__init__()
                self.wv, self.wo = wv, wo

            def forward(self, x):
                return self.wo(self.wv(x).cumsum(1) / torch.arange(1, x.shape[1] + 1).view(-1, 1))

        def ablate(model, layer):
            new = copy.deepcopy(model)
            attn = new.blocks[layer].attn
            new.blocks[layer].attn = Even(attn.wv, attn.wo)
            return new
     """,
    "a layer of zeros for the queries": """
        class Nothing(nn.Module):
            def forward(self, x):
                return torch.zeros_like(x)

        def ablate(model, layer):
            new = copy.deepcopy(model).eval()
            new.blocks[layer].attn.wq = Nothing()
            return new
     """,
}

WRONG = {
    "weights undone when it is made, not when it is called": """
        def ablate(model, layer):
            wq = model.blocks[layer].attn.wq
            kept = copy.deepcopy(wq.state_dict())
            for values in wq.parameters():
                values.data.zero_()
            wq.load_state_dict(kept)
            return model
     """,
    "the average without the token itself": """
        class Even(nn.Module):
            def __init__(self, attn):
                super().__init__()
                self.attn = attn

            def forward(self, x):
                values = self.attn.wv(x)
                before = torch.cat([values[:, :1], values[:, :-1].cumsum(1)], 1)
                return self.attn.wo(before / torch.arange(len(x[0])).clamp(min=1).view(-1, 1))

        def ablate(model, layer):
            new = copy.deepcopy(model)
            new.blocks[layer].attn = Even(new.blocks[layer].attn)
            return new
     """,
    "a smaller choice, not none": """
        def ablate(model, layer):
            new = copy.deepcopy(model)
            for values in new.blocks[layer].attn.wq.parameters():
                values.data /= 10
            return new
     """,
    "for two layers only": """
        def ablate(model, layer):
            new = copy.deepcopy(model)
            block = new.blocks[0] if layer == 0 else new.blocks[-1]
            for values in block.attn.wq.parameters():
                values.data.zero_()
            return new
     """,
    "queries undone by a hook that stays": """
        def ablate(model, layer):
            new = copy.copy(model)
            new.blocks[layer].attn.wq.register_forward_hook(lambda part, given, out: torch.zeros_like(out))
            return new
     """,
}
