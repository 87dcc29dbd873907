"""Film: a run once more, checkpoint by checkpoint: what the model said and where it looked, as numbers to be shown."""

import copy
from typing import Any

import torch

from attention_course.training.maps import maps
from attention_course.training.measures import accuracy, best_head, entropy
from attention_course.training.run import Run, loss
from attention_course.training.tasks import Batch


@torch.no_grad()
def film(run: Run, one: Batch) -> dict[str, Any]:
    """Return a run as JSON values, a list with one entry for each checkpoint behind each name.

    `loss` (nats) and `accuracy` are those of the 64 sequences that are never trained on; so are, of each layer, `mass`,
    its best head's on the right keys, and `entropy` (nats). `maps` are the weights on the one sequence in hundredths,
    [layer][head][query][key]; `tokens` are its tokens, and `right` says of each layer which of its keys are right.
    """
    model, fresh = copy.deepcopy(run.model), run.fresh
    told: dict[str, Any] = {name: [] for name in ("loss", "accuracy", "mass", "entropy", "maps")}
    for kept in run.checkpoints.values():
        model.load_state_dict(kept)
        logits, seen = model(fresh.tokens), maps(model, fresh.tokens, run.heads)
        layers = [*zip(seen, fresh.right[-len(seen) :], fresh.rows[-len(seen) :], strict=True)]
        told["loss"].append(loss(logits, fresh).item())
        told["accuracy"].append(accuracy(logits, fresh))
        told["mass"].append([best_head(weights, right, rows) for weights, right, rows in layers])
        told["entropy"].append([entropy(weights, rows) for weights, _, rows in layers])
        told["maps"].append([(100 * map_[0]).round().int().tolist() for map_ in maps(model, one.tokens, run.heads)])
    right = [keys[0].int().tolist() for keys in one.right[-len(told["maps"][0]) :]]
    return {"steps": [*run.checkpoints], "tokens": one.tokens[0].tolist(), "right": right, **told}
