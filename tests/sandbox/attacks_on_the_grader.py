"""Attacks on whoever grades: replies that are none, and whatever takes more time, memory or patience than it may."""

import textwrap

from attacks import FRAMES, Attack, take

PARTS = r"""b'{"id":"' + nonce().encode() + b'","printed":"","value":' + """
REPLIES = {
    "a text of 4 GB, said to be": "send(b'{}', text_length=2**32 - 1)",
    "bytes of 2**63, said to be": "send(b'{}', data_length=2**63)",
    "fewer bytes than said": "send(b'{}', text_length=1000)",
    "lists nested 500,000 deep": f"send({PARTS}b'[' * 500_000 + b']' * 500_000 + b'}}')",
    "lists nested 900 deep": f"send({PARTS}b'[' * 900 + b']' * 900 + b'}}')",
    "a million numbers": "reply([1] * 900_000)",
    "an integer of 4,000 digits": f"send({PARTS}b'9' * 4000 + b'}}')",
    "an integer of a million digits": f"send({PARTS}b'9' * 1_000_000 + b'}}')",
    "a shape longer than its bytes": "reply({'tensor': ['float32', [1000, 1000], None, False]}, bytes(4))",
    "a negative shape": "reply({'tensor': ['float32', [-1, -4], None, False]}, bytes(16))",
    "a shape whose product overflows": "reply({'tensor': ['float32', [2**26] * 16, None, False]}, bytes(16))",
    "nothing times much": "reply({'tensor': ['float32', [0] + [2**26] * 15, None, False]})",
    "a type of objects": "reply({'tensor': ['object', [2], None, False]}, bytes(16))",
    "a type that is a list": "reply({'tensor': [['float32'], [2], None, False]}, bytes(8))",
    "a shape of truth and fractions": "reply({'tensor': ['float32', [True, 1.0], None, False]}, bytes(4))",
    "axes in no order": "reply({'tensor': ['float32', [2, 2], [1, 1], False]}, bytes(16))",
    "bytes left over": "reply(1, bytes(1000))",
    "a key that cannot be one": "reply({'dict': [[[1], 2]]})",
    "a tuple as a key": "reply({'dict': [[{'tuple': [1]}, 0]]})",
    "two kinds in one": "reply({'tuple': [], 'dict': []})",
    "an object with a name of 1 MB": "reply({'remote': [[-1], 'x' * 10**6]})",
    "an object that is none": "reply({'remote': [['os', 'system'], 'function']})",
    "20,000 keys that collide": "reply({'dict': [[i * (2**61 - 1), 0] for i in range(20_000)]})",
    "fractions as keys that collide": "reply({'dict': [[2.0 ** (61 * i), 0] for i in range(-17, 17)]})",
    "no text": "send(b'\\xff\\xfe')",
    "half characters": "send({'id': nonce(), 'printed': '\\ud800', 'value': '\\udfff'})",
    "not a number, as JSON": f"send({PARTS}b'NaN}}')",
    "truths of two": "reply({'tensor': ['bool', [4], None, False]}, bytes([2] * 4))",
    "what was printed is a list": "reply(1, printed=['x'])",
    "what was printed is 2 MB": "reply(1, printed='x' * 2_000_000)",
    "what was raised is garbage": "send({'id': nonce(), 'printed': '', 'raised': [1, {'kind': 5}]})",
    "lines that are none": "send({'id': nonce(), 'raised': {'lines': [[1], 5, [0, 'x', 3]] * 9}})",
    "a message of 2 MB": "send({'id': nonce(), 'raised': {'kind': 'x' * 999, 'message': 'y' * 2_000_000}})",
    "a list for a message": "send(b'[1]')",
    "random bytes": "os.write(3, os.urandom(100_000))",
    "a byte now and then": """
        import time
        for byte in struct.pack(">IQ", 100, 0) + b"{" * 100:
            os.write(3, bytes([byte]))
            time.sleep(0.2)
    """,
}


def garbling(name: str, body: str) -> Attack:
    """Return an attack whose function sends something itself, and then nothing."""
    body = textwrap.dedent(body).strip() + "\nimport time; time.sleep(60)"
    source = FRAMES + "def attention(q, k, v):\n" + textwrap.indent(body, "    ")
    return Attack("garbled replies", name, "garbling", source, control=False)


GARBLING = [garbling(name, body) for name, body in REPLIES.items()]

TIME = {
    "a loop": "while True: pass",
    "a loop that ignores all signals": """
        import signal
        for number in range(1, 65):
            try: signal.signal(number, signal.SIG_IGN)
            except Exception: pass
        while True: pass
    """,
    "a loop that catches everything": """
        while True:
            try:
                while True: pass
            except BaseException: pass
    """,
    "sleep": "import time\ntime.sleep(1e6)",
    "a loop in C": "return 10**10**8",
    "a loop in torch": "import torch\nx = torch.randn(900, 900)\nwhile True: x = x @ x",
    "a regular expression": "import re\nre.match('(a+)+$', 'a' * 99 + 'b')",
    "an endless generator": "def numbers():\n    while True: yield 1\nreturn sum(numbers())",
    "an alarm": "import signal, time\nsignal.setitimer(signal.ITIMER_REAL, 0.001)\ntime.sleep(60)",
    "an endless destructor": "class Odd:\n    def __del__(self):\n        while True: pass\none = Odd()\ndel one",
}
MEMORY = {
    "8 GB of bytes": "return len(bytearray(8 << 30))",
    "8 GB in a tensor": "import torch\nreturn torch.ones(2 << 30).sum()",
    "many small objects": "kept = []\nwhile True: kept.append([bytes(4000)] * 100_000)",
    "shared memory": "import mmap\nm = mmap.mmap(-1, 8 << 30)\nfor i in range(0, 8 << 30, 4096): m[i] = 1",
    "memory that grows downwards": """
        libc.mmap.restype = ctypes.c_void_p
        return [libc.mmap(None, ctypes.c_size_t(1 << 30), 3, 0x122, -1, 0) for _ in range(8)]
    """,
    "an endless list": "def numbers():\n    while True: yield bytes(1 << 20)\nreturn list(numbers())",
}
OUTPUT = {
    "much printed at once": "text = 'x' * (1 << 20)\nfor _ in range(4096): print(text)",
    "many lines printed": "for n in range(5_000_000): print(n)",
    "warnings for ever": "import warnings\nwhile True: warnings.warn('x' * 10**6)",
    "a flood of bytes": "part = b'x' * (1 << 20)\nfor _ in range(4096): os.write(3, part)",
    "a large tensor returned": "import torch\nreturn torch.empty(200 << 20)",
    "a tensor of 60 MB returned": "import torch\nreturn torch.zeros(15 << 20)",
    "a list that contains itself": "endless = []\nendless.append(endless)\nreturn endless",
    "a list that is everywhere in itself": "wide = []\nfor _ in range(30): wide = [wide, wide, wide]\nreturn wide",
    "a list of ten million": "return [0] * 10_000_000",
    "a value whose size lies": """
        class Odd(list):
            def __iter__(self):
                while True: yield 1
            def __len__(self): return 1 << 60
        return Odd([1])
    """,
}
ENDS = {
    "endless recursion": "sys.setrecursionlimit(10**9)\ndef f(): return f()\nreturn f()",
    "endless recursion in C": """
        sys.setrecursionlimit(10**9)
        class Odd:
            def __repr__(self): return repr([self])
        return repr(Odd())
    """,
    "abort": "libc.abort()",
    "everything overwritten": "ctypes.memset(id(0) - 10**6, 255, 2 * 10**6)",
    "exit": "sys.exit(3)",
    "an interruption": "raise KeyboardInterrupt",
    "a generator's exit": "raise GeneratorExit",
    "the channel closed": "os.close(3)",
    "all handles closed": "for n in range(4): os.close(n)",
    "the channel read": "return os.read(3, 100)",
}
EXCEPTIONS = {
    "a message of 100 MB": "raise ValueError('x' * 100_000_000)",
    "an exception that raises when read": "class Odd(Exception):\n    def __str__(self): raise self\nraise Odd",
    "an exception that is read for ever": """
        class Odd(Exception):
            def __str__(self):
                while True: pass
        raise Odd
    """,
    "a class with an odd name": "raise type('x\\x01\\ud800' * 999, (Exception,), {})",
    "a chain of 100,000 exceptions": """
        last = None
        for _ in range(100_000):
            one = ValueError()
            one.__cause__ = last
            last = one
        raise last
    """,
    "an exception that is its own cause": "one = ValueError()\none.__cause__ = one\nraise one",
}
ANSWERS = {
    "an endless loop": "while True: pass",
    "null bytes": "x = (\x00",
    "300 nested brackets": "x = " + "(" * 300 + ")" * 300,
    "90,000 nested brackets": "x = " + "(" * 45_000 + ")" * 45_000,
    "95 nested loops": "\n".join(" " * n + "for i in x:" for n in range(95)) + "\n" + " " * 95 + "pass",
    "90,000 minus signs": "x = " + "-" * 90_000 + "1",
    "a large power": "x = 10 ** 10 ** 10",
    "5 MB": "#" * 5_000_000,
    "half a character": "x = '\ud800'",
    "a long name": "x" * 90_000 + " = 1",
}
TAKING = [take(name, body) for each in (TIME, MEMORY, OUTPUT, ENDS, EXCEPTIONS) for name, body in each.items()]
TAKING += [Attack("costs", f"an answer of {name}", "taking", text, control=False) for name, text in ANSWERS.items()]
