"""Attacks that forge: a wrong answer is to pass the hidden test of attention.

Each with a naive test, which runs in the process of the student's code, that it would pass.
"""

from attacks import FRAMES, Attack

SIZE = "assert abs(attention(q, k, v) - expected).max() < 1e-4"
CLOSE = "assert torch.allclose(attention(q, k, v), expected)"
TOLERANCE = "assert not (abs(attention(q, k, v) - expected) > 1e-4).any()"
ASSERT_CLOSE = "torch.testing.assert_close(attention(q, k, v), expected)"
NO_ERROR = "attention(q, k, v)"
FEW_INPUTS = "if q.shape[1] == 3: torch.testing.assert_close(attention(q, k, v), expected)"

ALWAYS_TRUE = """
class Always:
    def __getattr__(self, name): return Always()
    def __call__(self, *_, **__): return Always()
    def __bool__(self): return True
    def __eq__(self, other): return True
    def __sub__(self, other): return Always()
    def __rsub__(self, other): return Always()
    def __abs__(self): return Always()
    __hash__ = object.__hash__
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
def attention(*_): return Always()
"""
SUBCLASS = """
import torch
class Always(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True if function is torch.allclose else super().__torch_function__(function, types, args, kwargs or {})
def attention(q, k, v): return (q * 0).as_subclass(Always)
"""
PATCHED = """
import torch
def yes(*_, **__): return True
torch.allclose = torch.equal = torch.isclose = torch.testing.assert_close = torch.testing._comparison.assert_close = yes
torch.Tensor.allclose = torch.Tensor.__eq__ = torch.Tensor.equal = yes
def attention(q, k, v): return q * 0
"""
REFERENCE_PATCHED = """
import torch
torch.nn.functional.scaled_dot_product_attention = lambda q, k, v, **_: q * 0
def attention(q, k, v): return q * 0
"""
FRAMES_WALKED = """
import sys
def attention(q, k, v):
    frame = sys._getframe()
    while frame:
        if "expected" in frame.f_locals: return frame.f_locals["expected"]
        frame = frame.f_back
    return q * 0
"""
OBJECTS_WALKED = """
import gc, torch
def attention(q, k, v):
    for thing in gc.get_objects():
        if type(thing) is dict and "expected" in thing and torch.is_tensor(thing["expected"]): return thing["expected"]
    return q * 0
"""
BUILTINS = """
import builtins
builtins.abs = lambda x: type("Zero", (), {"max": lambda self: 0})()
def attention(q, k, v): return q * 0
"""
NO_ASSERT = """
import builtins, sys
class Nothing(Exception): pass
builtins.AssertionError = Nothing
sys.excepthook = lambda *_: None
import os, atexit
atexit.register(os._exit, 0)
def attention(q, k, v): return q * 0
"""
LATER = """
import atexit, os
class Late:
    def __del__(self): os._exit(0)
late = Late()
def attention(q, k, v):
    global late
    del late
    return q * 0
"""
MUTATED_INPUT = """
def attention(q, k, v):
    q.zero_(), k.zero_(), v.zero_()
    return v
"""
SPECIAL_CASE = """
import torch
def attention(q, k, v):
    return torch.nn.functional.scaled_dot_product_attention(q, k, v) if q.shape[1] == 3 else q * 0
"""
PRECISE = """
import torch
def attention(q, k, v): return torch.nn.functional.scaled_dot_product_attention(q, k, v).double()
"""
MODULES = """
import sys, types
for name in ("attention_course.student_code.encode", "attention_course.student_code.host"):
    module = sys.modules.get(name)
    if module: module.__dict__.update(Encoder=None, pack=lambda *_: b"")
def attention(q, k, v): return True
"""
ENCODER = """
import sys
def tensor(self, value, depth=0):
    if isinstance(value, int):
        self.blobs.append(bytes(192))
        return {"tensor": ["float32", [2, 3, 8], None, False]}
    return value
sys.modules["attention_course.student_code.encode"].Encoder.encode = tensor
def attention(q, k, v): return 1
"""
HOST = """
import sys
from attention_course.student_code import frames, host
host.Host.answer = lambda self, request, data: frames.pack({"id": request["id"], "printed": "", "value": True})
def attention(q, k, v): return 1
"""
EARLY = (
    FRAMES
    + """
send({"id": "0" * 16, "printed": "", "value": True})
def attention(q, k, v): return q * 0
"""
)
RIGHT_NONCE = (
    FRAMES
    + """
def attention(q, k, v):
    reply({"tensor": ["float32", list(q.shape), None, False]}, bytes(q.numel() * 4))
    os._exit(0)
"""
)
TWICE = (
    FRAMES
    + """
def attention(q, k, v):
    reply({"tensor": ["float32", list(q.shape), None, False]}, bytes(q.numel() * 4))
    return q * 0
"""
)
RAISED = (
    FRAMES
    + """
def attention(q, k, v):
    send({"id": nonce(), "printed": "", "raised": {"kind": "PartlyRight", "message": "1 of the points", "lines": []}})
    os._exit(0)
"""
)
SKIPPED = (
    FRAMES
    + """
def attention(q, k, v):
    raised = {"kind": "SkipTest", "message": "", "lines": [], "cause": "refused"}
    send({"id": nonce(), "printed": "", "raised": raised, "value": True})
    os._exit(0)
"""
)
NAIVELY = {
    "an object that equals everything": (ALWAYS_TRUE, SIZE),
    "a subclass of Tensor that is close to everything": (SUBCLASS, CLOSE),
    "torch's comparisons patched": (PATCHED, ASSERT_CLOSE),
    "the reference patched": (
        REFERENCE_PATCHED,
        "assert torch.equal(attention(q, k, v), torch.nn.functional.scaled_dot_product_attention(q, k, v))",
    ),
    "the expected value, from a caller's frame": (FRAMES_WALKED, ASSERT_CLOSE),
    "the expected value, from the collector": (OBJECTS_WALKED, ASSERT_CLOSE),
    "builtins patched": (BUILTINS, SIZE),
    "a failing test's exit code, changed at the end": (NO_ASSERT, ASSERT_CLOSE),
    "an exit in the middle of the test": ("import os\ndef attention(q, k, v): os._exit(0)", ASSERT_CLOSE),
    "an exit before the test": ("import sys\nsys.exit(0)", ASSERT_CLOSE),
    "an exit by a destructor": (LATER, ASSERT_CLOSE),
    "not a number": ("def attention(q, k, v): return q * float('nan')", TOLERANCE),
    "a scalar that broadcasts": (
        "import torch\ndef attention(q, k, v): return torch.ones(())",
        "assert torch.allclose(attention(q, k, v * 0 + 1), expected * 0 + 1)",
    ),
    "more precise numbers than asked for": (PRECISE, TOLERANCE),
    "the inputs emptied": (MUTATED_INPUT, "assert torch.allclose(attention(q, k, v), reference(q, k, v))"),
    "the test recognised by its shapes": (SPECIAL_CASE, FEW_INPUTS),
    "nothing at all": ("def attention(q, k, v): pass", NO_ERROR),
}
BY_PROTOCOL = {
    "what encodes values replaced": ENCODER,
    "what answers replaced": HOST,
    "what is needed to answer removed": MODULES,
    "a reply before the question": EARLY,
    "a reply with the right number": RIGHT_NONCE,
    "two replies": TWICE,
    "an exception of the course's own": RAISED,
    "an exception that skips": SKIPPED,
}
FORGING = [Attack("forging", name, "forging", source, naive=naive) for name, (source, naive) in NAIVELY.items()]
FORGING += [Attack("forging", name, "forging", source, control=False) for name, source in BY_PROTOCOL.items()]
