"""Run: a training run that one can watch, stop and go on with."""

import copy
import sys
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from attention_course.training.measures import measures
from attention_course.training.tasks import Batch

Draw = Callable[[int, torch.Generator], Batch]
FIRST = "First commit your prediction above; then run this cell."
STOPPED = "Stopped. Run this cell again to go on from step {step}."
KEPT = 60  # checkpoints of a run, beside the one before it begins
BARS = 20  # signs, in the bar that shows how far it is


def rate(step: int, steps: int, most: float = 0.01, warm_up: int = 20) -> float:
    """Return the learning rate: it grows for 20 steps, stays until 60 % are done, and falls to a twentieth."""
    falling = (step / steps - 0.6) / 0.4
    return most * min(1, (step + 1) / warm_up, 1 - 0.95 * max(0, falling))


def loss(logits: Tensor, batch: Batch) -> Tensor:
    """Return the mean cross-entropy of the targets that count, in nats."""
    return F.cross_entropy(logits[batch.counts], batch.targets[batch.counts])


class Run:
    """Trains a model with Adam, on a new batch of 64 at each step, and keeps what it measured in `history`.

    `most` is the largest learning rate, `seed` that of the batches; the model has its own. What is measured every
    `every` steps are 64 sequences that are never trained on. `name` stands above the report. The weights on the way
    stay in `checkpoints`, by their steps: about 60 of them.
    """

    def __init__(
        self,
        model: Any,
        draw: Draw,
        steps: int,
        *,
        most: float = 0.01,
        heads: int = 1,
        seed: int = 0,
        every: int = 25,
        name: str = "",
    ) -> None:
        self.model, self.draw, self.steps, self.most = model, draw, steps, most
        self.heads, self.every, self.name = heads, every, name
        self.optimiser = torch.optim.Adam(model.parameters(), lr=most, betas=(0.9, 0.98))
        self.batches = torch.Generator().manual_seed(seed)
        self.fresh = draw(64, torch.Generator().manual_seed(1000 + seed))
        self.step, self.history = 0, list[dict[str, float]]()
        self.checkpoints = {0: copy.deepcopy(model.state_dict())}

    def go(self, after: Any = None) -> bool:
        """Train to the end, tell of it meanwhile, and return whether the end was reached.

        Whoever interrupts it calls it once more, and it goes on. `after` is the answer to a prediction: before that is
        committed, nothing is trained.
        """
        if after is not None and after.picks is None:
            print(FIRST)
            return False
        threads, screen = torch.get_num_threads(), Screen()
        torch.set_num_threads(1)  # for such small matrices a second thread costs more than it brings
        try:
            while self.step < self.steps:
                self.take_step()
                if self.is_measured:
                    screen.show(self.report())
        except KeyboardInterrupt:
            screen.show(self.report())
            print(STOPPED.format(step=self.step))
            return False
        finally:
            torch.set_num_threads(threads)
        screen.show(self.report())
        return True

    @property
    def is_measured(self) -> bool:
        """Is this a step after which it is measured?"""
        return self.step % self.every == 0 or self.step in (1, self.steps)

    def take_step(self) -> None:
        """Train on one batch, and measure where it is time to."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate(self.step, self.steps, self.most)
        batch = self.draw(64, self.batches)
        cost = loss(self.model(batch.tokens), batch)
        self.optimiser.zero_grad()
        cost.backward()
        self.optimiser.step()
        self.step += 1
        if self.is_measured:
            found = measures(self.model, self.fresh, self.heads)
            self.history.append({"step": self.step, "loss": cost.item(), **found})
        if self.step % max(1, self.steps // KEPT) == 0 or self.step == self.steps:
            self.checkpoints[self.step] = copy.deepcopy(self.model.state_dict())

    def report(self) -> str:
        """Return the run as text: a row for each time at which it was measured, and how far it is."""
        done = BARS * self.step // self.steps
        bar = f"{'█' * done}{'░' * (BARS - done)} {self.step} of {self.steps} steps"
        return "\n".join([*([self.name] if self.name else []), *_table(self.history), bar])


def _table(history: list[dict[str, float]]) -> list[str]:
    """Return what was measured as lines: the names once, and below them the numbers of each time."""
    names = ["step", *(f"{name:>5}" for name in [*history[0]][1:])] if history else []
    rows = [[f"{step:.0f}", *(f"{value:.3f}" for value in values)] for step, *values in map(dict.values, history)]
    lines = [[text.rjust(len(name)) for text, name in zip(row, names, strict=True)] for row in rows]
    return ["   ".join(line) for line in ([names, *lines] if names else [])]


class Screen:
    """Shows a text in place of the one that it has shown before; outside of a notebook it shows nothing."""

    def __init__(self) -> None:
        self.handle: Any = None

    def show(self, text: str) -> None:
        """Show a text."""
        if "IPython" not in sys.modules:
            return
        from IPython import get_ipython
        from IPython.display import display

        if get_ipython() is None:
            return
        content = {"text/plain": text}
        if self.handle is None:
            self.handle = display(content, raw=True, display_id=True)
        else:
            self.handle.update(content, raw=True)
