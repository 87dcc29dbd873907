"""Run: a training run that one can watch, stop and go on with."""

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
BARS = 20  # signs, in the bar that shows how far it is


def rate(step: int, steps: int, most: float = 0.01, warm_up: int = 20) -> float:
    """Return the learning rate: it grows for 20 steps, stays until 60 % are done, and falls to a twentieth."""
    falling = (step / steps - 0.6) / 0.4
    return most * min(1, (step + 1) / warm_up, 1 - 0.95 * max(0, falling))


def loss(logits: Tensor, batch: Batch) -> Tensor:
    """Return the mean cross-entropy of the targets that count, in nats."""
    return F.cross_entropy(logits[batch.counts], batch.targets[batch.counts])


class Run:
    """Trains a model, one batch of 64 a step, with Adam. `lines` tell of it, and `history` has the numbers.

    Where it is interrupted, `go` goes on with the step that was not finished. `seed` is that of the batches; the model
    has its own.
    """

    def __init__(
        self, model: Any, draw: Draw, steps: int, *, most: float = 0.01, heads: int = 1, seed: int = 0, every: int = 25
    ) -> None:
        self.model, self.draw, self.steps, self.most, self.heads, self.every = model, draw, steps, most, heads, every
        self.optimiser = torch.optim.Adam(model.parameters(), lr=most, betas=(0.9, 0.98))
        self.batches = torch.Generator().manual_seed(seed)
        self.fresh = draw(64, torch.Generator().manual_seed(1000 + seed))  # never trained on
        self.step, self.history = 0, list[dict[str, float]]()

    def go(self, after: Any = None) -> None:
        """Train to the end, and tell of it while it runs; `after` is the prediction that comes first."""
        if after is not None and after.picks is None:
            return print(FIRST)
        threads, screen = torch.get_num_threads(), Screen()
        torch.set_num_threads(1)  # for such small matrices a second thread costs more than it does
        try:
            while self.step < self.steps:
                self.take_step()
                if self.step % self.every == 0 or self.step in (1, self.steps):
                    screen.show(self.report())
        except KeyboardInterrupt:
            print(STOPPED.format(step=self.step))
        else:
            screen.show(self.report())
        finally:
            torch.set_num_threads(threads)

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
        if self.step % self.every == 0 or self.step in (1, self.steps):
            found = measures(self.model, self.fresh, self.heads)
            self.history.append({"step": self.step, "loss": cost.item(), **found})

    def report(self) -> str:
        """Return the run as text: a line for each time at which it was measured, and how far it is."""
        done = BARS * self.step // self.steps
        lines = ["  ".join(f"{name} {value:{'4.0f' if name == 'step' else '.3f'}}" for name, value in each.items())
                 for each in self.history]  # fmt: skip
        return "\n".join([*lines, f"{'█' * done}{'░' * (BARS - done)} {self.step} of {self.steps} steps"])


class Screen:
    """Shows a text in place of the one that it has shown before: in a notebook, else nothing is shown until told."""

    def __init__(self) -> None:
        self.handle: Any = None

    def show(self, text: str) -> None:
        """Show a text."""
        try:
            from IPython.display import display
        except ImportError:
            return
        content = {"text/plain": text}
        if self.handle is None:
            self.handle = display(content, raw=True, display_id=True)
        else:
            self.handle.update(content, raw=True)
