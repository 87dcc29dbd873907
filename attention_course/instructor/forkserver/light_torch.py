"""torch, without what only tensors need that are spread over several machines."""

from typing import Any


def compare_lightly(torch: Any) -> None:
    """Have `torch.testing.assert_close` not ask whether a tensor is spread over machines: none is here.

    To ask, it imports `torch.distributed.tensor`, and with that sympy, which takes half as long as torch itself.
    """
    torch.testing._comparison._HAS_DTENSOR = False
