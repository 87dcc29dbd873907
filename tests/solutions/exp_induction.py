"""Trainers for `exp-induction`: what is wrong with all of WRONG shows before anything is trained at length.

RIGHT pass the short tests; that they learn the pattern costs seconds each and was tried by hand (AdamW, a constant rate).
"""

LOOP = """
        def train(model, tokens, where):
            {before}
            losses = []
            for batch, counts in zip(tokens, where):
                cost = loss(model(batch), batch, counts)
                optimiser.zero_grad()
                cost.backward()
                {step}
                losses.append(cost.item())
            return losses
"""
ADAM = "optimiser = torch.optim.Adam(model.parameters(), lr=0.01)"
STEP = "optimiser.step()"

RIGHT = {
    "a constant rate": LOOP.format(before=ADAM, step=STEP),
    "AdamW": LOOP.format(before=ADAM.replace("Adam(", "AdamW("), step=STEP),
    "gradients clipped": LOOP.format(
        before=ADAM, step="torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0); optimiser.step()"
    ),
    "printing much": LOOP.format(before=ADAM, step="optimiser.step(); print('loss', 'x' * 2000, cost)"),
}

WRONG = {
    "another seed, another model": LOOP.format(
        before="torch.manual_seed(1); model.load_state_dict(TinyLM(len(model.embed.weight), len(model.embed.weight[0]), "
        "1, 2).state_dict()); " + ADAM,
        step=STEP,
    ),
    "diverges": LOOP.format(before=ADAM.replace("0.01", "50.0"), step=STEP),
    "NaN": LOOP.format(before=ADAM, step="[values.data.fill_(torch.nan) for values in model.parameters()]"),
    "losses told, model left": """
        def train(model, tokens, where):
            import copy
            other = copy.deepcopy(model)
            return [loss(other(t), t, w).item() / (n + 1) for n, (t, w) in enumerate(zip(tokens, where))]
     """,
    "prints its losses and returns none": LOOP.format(before=ADAM, step=STEP).replace("return losses", "print(losses)"),
    "one loss for all": LOOP.format(before=ADAM, step=STEP).replace("return losses", "return losses[:1]"),
}
