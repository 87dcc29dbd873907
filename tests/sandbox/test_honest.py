"""What honest students write runs in the sandbox, or is said not to be gradable there."""

import sys
from contextlib import closing

import pytest
from warm import FILE_MODES, Sandboxes

from attention_course.errors import StudentError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

RUNS = {
    "a multi-head module": """
import torch.nn as nn
class MultiHead(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.project, self.out, self.h = nn.Linear(d, 3 * d), nn.Linear(d, d), h
    def forward(self, x):
        q, k, v = self.project(x).chunk(3, -1)
        split = lambda t: t.unflatten(-1, (self.h, -1)).transpose(1, 2)
        weights = torch.einsum("bhqd,bhkd->bhqk", split(q), split(k)).softmax(-1)
        return self.out(torch.einsum("bhqk,bhkd->bhqd", weights, split(v)).transpose(1, 2).flatten(2))
def go():
    return MultiHead(8, 2)(torch.randn(1, 3, 8))""",
    "a training loop": """
def go():
    model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.GELU(), torch.nn.Dropout(0.1), torch.nn.Linear(8, 1))
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10)
    for _ in range(20):
        optimizer.zero_grad()
        loss = (model(torch.randn(8, 4)) ** 2).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return loss.item()""",
    "warm-up by OneCycle, SGD with momentum": """
def go():
    p = torch.nn.Parameter(torch.ones(2))
    optimizer = torch.optim.SGD([p], lr=0.1, momentum=0.9, nesterov=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps=5)
    for _ in range(5):
        p.sum().backward(), optimizer.step(), schedule.step()
    return p""",
    "torch's own transformer": """
def go():
    layer = torch.nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
    model = torch.nn.TransformerEncoder(layer, 2).eval()
    return model(torch.randn(1, 3, 8)), torch.nn.MultiheadAttention(8, 2)(*[torch.randn(3, 1, 8)] * 3)[1]""",
    "a decoder without gradient": """
@torch.no_grad()
def go():
    mask = torch.nn.Transformer.generate_square_subsequent_mask(3)
    return torch.nn.TransformerDecoderLayer(8, 2)(torch.randn(3, 1, 8), torch.randn(4, 1, 8), tgt_mask=mask)""",
    "a data loader": """
from torch.utils.data import DataLoader, Dataset, TensorDataset, random_split
class Words(Dataset):
    def __len__(self): return 4
    def __getitem__(self, i): return {"ids": torch.full((3,), i), "n": i}
def go():
    train, _ = random_split(TensorDataset(torch.randn(10, 2)), [8, 2])
    return [x.sum().item() for x, in DataLoader(train, batch_size=4, shuffle=True)], list(DataLoader(Words(), 2))""",
    "numpy": """
import numpy as np
def go():
    rng, two = np.random.default_rng(1), [np.eye(2)] * 2
    return np.linalg.svd(rng.normal(size=(4, 4)))[1], np.fft.fft(np.ones(4)).real, np.einsum("ij,jk", *two)""",
    "vmap, grad, jacrev": """
from torch.func import vmap, grad, jacrev, functional_call
def go():
    model = torch.nn.Linear(2, 2)
    return (vmap(grad(lambda x: (x**2).sum()))(torch.randn(3, 2)), jacrev(torch.sin)(torch.randn(3)),
        functional_call(model, dict(model.named_parameters()), (torch.ones(2),)))""",
    "distributions": """
def go():
    d = torch.distributions.Categorical(logits=torch.randn(3, 4))
    return d.sample(), d.entropy(), torch.multinomial(torch.ones(4), 2), torch.distributions.Normal(0, 1).sample()""",
    "the standard library": """
from dataclasses import dataclass, field
from typing import Optional, NamedTuple
from collections import Counter, defaultdict, OrderedDict
from pathlib import PurePath
import statistics, itertools, functools, math, random, re, json, time, copy, enum, abc, contextlib, operator
class Out(NamedTuple):
    a: torch.Tensor
    b: Optional[int] = None
class Kind(enum.Enum):
    ONE = 1
@dataclass
class Data:
    x: int = 1
    y: list = field(default_factory=list)
@functools.cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
def go():
    return (Out(torch.ones(2)), statistics.mean([1, 2]), copy.deepcopy(Data()).x, time.perf_counter() > 0, fib(20),
        dict(Counter("aab")), torch.Size([1, 2]), torch.float32, json.loads("[1]"), re.sub("a", "", "a"), Kind.ONE)""",
    "printing tensors and modules": """
import logging, pprint, warnings
def go():
    print(torch.randn(3, 3, requires_grad=True) * 2, torch.nn.Linear(2, 2))
    pprint.pprint({"a": torch.ones(2)})
    warnings.warn("careful")
    logging.warning("careful")
    return f"{torch.tensor(1.5):.2f}" """,
    "all kinds of numbers": """
def go():
    half = torch.randn(3, 3).bfloat16()
    return (half @ half, torch.randn(2, 2).half(), torch.fft.fft(torch.randn(4)), torch.arange(3), torch.zeros(0, 3),
        torch.randn(4, 4).t(), torch.randn(4)[::2], torch.randn(3, 1).expand(3, 4), torch.ones(2, dtype=torch.bool))""",
    "an autograd function, hooks, checkpoints": """
from torch.utils.checkpoint import checkpoint
class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**2
    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return 2 * x * g
def go():
    x = torch.randn(3, requires_grad=True, dtype=torch.float64)
    torch.autograd.gradcheck(Square.apply, (x,))
    Square.apply(x).sum().backward()
    checkpoint(torch.sin, x, use_reentrant=False).sum().backward()
    layer = torch.nn.Linear(2, 2)
    layer.register_forward_hook(lambda module, inputs, output: output * 2)
    return x.grad, layer(torch.ones(2))""",
    "a traceback": """
import traceback
def go():
    try:
        1 / 0
    except ZeroDivisionError:
        return traceback.format_exc()""",
    "the source of one's own function": """
import inspect
def go():
    return inspect.getsource(go), str(inspect.signature(go))""",
    "drawing": """
import matplotlib
import matplotlib.pyplot as plt
def go():
    plt.imshow([[0, 1], [1, 0]])
    plt.title("weights")
    plt.colorbar()
    plt.show()
    return len(plt.gcf().axes)""",
    "the course's own pictures": """
from attention_course import heatmap
def go():
    return heatmap([[0.2, 0.8]], ["query"], ["key 1", "key 2"]) is None""",
    "saving to a buffer": """
import io, pickle
def go():
    buffer = io.BytesIO()
    torch.save({"w": torch.ones(2)}, buffer)
    buffer.seek(0)
    return torch.load(buffer), pickle.loads(pickle.dumps([1]))""",
    "threads, seeds and devices that are only named": """
def go():
    torch.set_num_threads(4)
    torch.set_num_interop_threads(4)
    torch.manual_seed(1)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    return (torch.randn(300, 300, device=device) @ torch.randn(300, 300, device=device)).shape""",
    "today's attention": """
import torch.nn.functional as F
def go():
    q = torch.randn(1, 2, 5, 4)
    mask = torch.ones(5, 5, dtype=torch.bool).tril()
    return (F.scaled_dot_product_attention(q, q, q, attn_mask=mask), F.rms_norm(q, (4,)), F.gumbel_softmax(q, -1),
        F.cross_entropy(torch.randn(3, 4), torch.tensor([0, 1, 2]), reduction="none"), F.one_hot(torch.arange(3)))""",
    "rotary positions with complex numbers": """
def go():
    x = torch.randn(1, 5, 8)
    angle = torch.outer(torch.arange(5), 1e4 ** (-torch.arange(0, 8, 2) / 8))
    turned = torch.view_as_complex(x.unflatten(-1, (4, 2))) * torch.polar(torch.ones_like(angle), angle)
    return torch.view_as_real(turned).flatten(-2)""",
    "nested, sparse and named things on the way": """
def go():
    nested = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])
    return nested.to_padded_tensor(0.0), torch.eye(3).to_sparse().to_dense(), torch.block_diag(torch.ones(2, 2))""",
    "a main part": """
def go():
    return 1
if __name__ == "__main__":
    print(go())""",
    "names from star imports and in other alphabets": """
from math import *
from torch.nn.functional import *
def größe(数): return sqrt(数)
def go():
    return größe(4), softmax(torch.ones(2), -1)""",
    "types with annotations of their own": """
from __future__ import annotations
from typing import Protocol, TypeVar, Generic
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, x: T | None) -> None: self.x = x
def go() -> list[Box[int]]:
    return Box(torch.ones(1)).x""",
    "timing": """
import time, timeit
def go():
    begun = time.time()
    time.sleep(0.01)
    return timeit.timeit("1 + 1", number=10) > 0, time.time() > begun, time.strftime("%Y") > "2000" """,
}
REFUSED = {
    "threads": """
from concurrent.futures import ThreadPoolExecutor
def go():
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(abs, [-1]))""",
    "an event loop": """
import asyncio
async def f():
    await asyncio.sleep(0)
def go():
    return asyncio.run(f())""",
    "a file": """
def go():
    with open("notes.txt", "w") as file:
        file.write("1")""",
}
NEEDS_FILES = {
    "a script": """
def f(x: torch.Tensor) -> torch.Tensor:
    return x + 1
def go():
    return torch.jit.script(torch.nn.Linear(2, 2))(torch.ones(2)), torch.jit.trace(f, torch.ones(1))(torch.ones(1))""",
    "drawing to a buffer": """
import io, matplotlib.pyplot as plt
def go():
    buffer = io.BytesIO()
    plt.plot([1, 2])
    plt.savefig(buffer)
    return len(buffer.getvalue()) > 0""",
    "compiling": """
def go():
    return torch.compile(lambda x: x + 1, backend="eager")(torch.ones(1))""",
    "a library that was not used yet": """
import networkx, plistlib
def go():
    return len(networkx.path_graph(3))""",
}


@pytest.fixture(scope="module")
def sandboxes():
    """A sandbox of each file mode, with all that is preloaded when a class is graded."""
    with closing(Sandboxes()) as each:
        yield each


def run(sandbox, source):
    with sandbox.open(["import torch", source], seed=1, seconds=60, cpu=60) as student:
        return student.call("go")


@pytest.mark.parametrize("what", RUNS)
def test_it_runs(sandbox, what):
    assert run(sandbox, RUNS[what]).value is not None


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_said_that_it_cannot_be_graded(sandbox, what):
    with pytest.raises(StudentError) as caught:
        run(sandbox, REFUSED[what])
    assert caught.value.cause == "refused"


@pytest.mark.parametrize("what", NEEDS_FILES)
def test_it_is_said_that_it_cannot_be_graded_where_libraries_cannot_be_read(sandboxes, what):
    with pytest.raises(StudentError) as caught:
        run(sandboxes["none"], NEEDS_FILES[what])
    assert caught.value.cause == "refused"


@pytest.mark.parametrize("what", NEEDS_FILES if "libraries" in FILE_MODES else [])
def test_it_runs_where_libraries_can_be_read(sandboxes, what):
    assert run(sandboxes["libraries"], NEEDS_FILES[what]).value is not None
