"""Preload: imports and uses once what answers use, so that a child finds it done, and may do it without any file."""

import gc
import importlib
import io
import os
import warnings
from contextlib import suppress
from typing import Any

from attention_course import DRAWING
from attention_course.instructor.sandbox.large_pages import collapse
from attention_course.instructor.sandbox.no_lock import NoLock

STANDARD = (
    "abc argparse array ast base64 bisect cmath collections contextlib copy csv dataclasses datetime decimal difflib "
    "enum fractions functools glob hashlib heapq inspect io itertools json logging math numbers operator pathlib "
    "pickle pprint random re secrets statistics string struct tempfile textwrap threading time timeit traceback types "
    "typing unittest uuid warnings weakref"
)
LIBRARIES = (
    "numpy.fft numpy.linalg numpy.random torch torch.distributions torch.func torch.nn.functional torch.nn.utils "
    "torch.optim.lr_scheduler torch.testing torch.utils.checkpoint torch.utils.data"
)
OWN = " ".join(f"attention_course.pictures.{name}" for name in DRAWING)


def preload() -> None:
    """Import everything; raise NoLock where torch is missing, or where there is a second thread at the end.

    Only a process with one thread can be forked safely.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _import()
        _use()
    if len(os.listdir("/proc/self/task")) > 1:
        raise NoLock("a library has started a thread")
    gc.collect()
    gc.freeze()  # in a child the collector's first look would copy every page
    collapse()


def _import() -> None:
    try:
        for name in f"{STANDARD} {LIBRARIES} {OWN}".split():
            importlib.import_module(name)
    except ImportError as error:
        raise NoLock(f"{error.name} cannot be imported") from error


def _use() -> None:
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    for use in (_use_modules, _use_optimizers, _use_functions, _use_files, _use_numpy, _use_what_is_there):
        use(torch)
    # Answers may ask for threads, in vain: OpenMP ends a process that is refused one.
    torch.set_num_threads = torch.set_num_interop_threads = lambda number: None


def _use_modules(torch: Any) -> None:
    x = torch.randn(1, 3, 4)
    torch.nn.TransformerEncoderLayer(4, 2, 8, batch_first=True)(x)
    torch.nn.MultiheadAttention(4, 2, batch_first=True)(x, x, x)
    repr(torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.Embedding(2, 4)))


def _use_optimizers(torch: Any) -> None:
    model = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.LayerNorm(4))
    for kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop):
        optimizer = kind(model.parameters(), lr=0.1)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 / (step + 1))
        torch.nn.functional.cross_entropy(model(torch.randn(3, 4)), torch.tensor([0, 1, 2])).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()


def _use_functions(torch: Any) -> None:
    q = torch.randn(1, 2, 3, 4)
    torch.nn.functional.scaled_dot_product_attention(q, q, q, is_causal=True)
    torch.einsum("bhqd,bhkd->bhqk", q, q)
    torch.func.vmap(torch.func.grad(torch.sum))(torch.randn(2, 2))
    repr(torch.randn(2, 2, requires_grad=True))
    torch.distributions.Categorical(logits=torch.randn(3)).sample()
    with suppress(AssertionError):
        torch.testing.assert_close(torch.ones(1), torch.zeros(1))
    batches = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(4)), batch_size=2, shuffle=True)
    list(batches)
    torch.jit.script(torch.nn.Identity())


def _use_files(torch: Any) -> None:
    buffer = io.BytesIO()
    torch.save(torch.ones(1), buffer)
    buffer.seek(0)
    torch.load(buffer)


def _use_numpy(torch: Any) -> None:
    import numpy

    numpy.linalg.svd(numpy.eye(2))
    numpy.random.default_rng(0).normal(size=2)
    numpy.testing.assert_allclose(1, 1)


def _use_what_is_there(torch: Any) -> None:
    """Use libraries that the course does not need, and which students have often."""
    with suppress(ImportError):
        importlib.import_module("tqdm")
    with suppress(ImportError):
        importlib.import_module("einops").rearrange(torch.ones(2, 2), "a b -> b a")
    with suppress(ImportError):
        pyplot = importlib.import_module("matplotlib.pyplot")
        pyplot.switch_backend("agg")  # no window is ever opened
        pyplot.plot([1])
        pyplot.savefig(io.BytesIO())
        pyplot.close("all")
