"""A notebook's cells, run in a process just forked: ipykernel's shell without a kernel's sockets and threads.

What the shell would publish on a socket goes, in the same messages, down one pipe. After a cell comes its reply, and
after the last one the end of the file.
"""

import __future__

import ast
import functools
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from ipykernel.displayhook import ZMQShellDisplayHook
from ipykernel.ipkernel import IPythonKernel
from ipykernel.parentpoller import ParentPollerUnix
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.async_helpers import _should_be_async
from IPython.core.compilerop import CachingCompiler
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.shellapp import InteractiveShellApp
from traitlets import Instance, Type
from traitlets.config.loader import KeyValueConfigLoader

from attention_course.instructor.forkserver.streams import Pipe, Printed


def run_cells(cells: Sequence[str], arguments: Sequence[str], handle: int) -> None:
    """Run cells one after another, whatever becomes of each; `arguments` are those a kernel would be started with."""
    ParentPollerUnix(os.getppid()).start()  # it leaves when its parent, the fork server, has gone
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever grades in the background has it ignored
    sys.argv = [""]
    with open(handle, "wb") as file:
        pipe = Pipe(file)
        pipe.send(None, "kernel_info_reply", {"language_info": IPythonKernel.language_info})
        sys.stdout, sys.stderr = Printed("stdout", 1, pipe), Printed("stderr", 2, pipe)
        shell = _shell(pipe, arguments)
        for cell in cells:
            result = shell.run_cell(cell, store_history=True)
            sys.stdout.flush()
            sys.stderr.flush()
            pipe.send(None, "execute_reply", _reply(shell, result))
        os._exit(0)  # at once: what the cells left behind, such as a thread, holds nobody up


def look_at(cells: Sequence[str]) -> None:
    """Have done for each of these cells what depends on its text alone, before a process is forked that runs it."""
    for cell in cells:
        with suppress(Exception):  # it is said where the cell runs
            code = _transformed(cell)
            _awaits(code)
            _parsed[code] = CachingCompiler().ast_parse(code)
            Shown.semicolon_at_end_of_expression(code.rstrip("\n"))  # as IPython remembers it


@functools.lru_cache(maxsize=1000)
def _transformed(cell: str) -> str:
    """Return a cell as Python, without magics and signs of the shell."""
    return TransformerManager().transform_cell(cell)


_awaits = functools.lru_cache(maxsize=1000)(_should_be_async)
_parsed: dict[str, ast.AST] = {}
# What `from __future__ import …` in a cell changes for those that follow.
FUTURE = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})


class Transformer(TransformerManager):
    """IPython's, which knows what the same cell became before."""

    def transform_cell(self, cell: str) -> str:
        """Return a cell as Python."""
        return _transformed(cell)


class Shown(ZMQShellDisplayHook):
    """ipykernel's, which knows whether the same cell ended in a semicolon before."""

    semicolon_at_end_of_expression = staticmethod(
        functools.lru_cache(maxsize=1000)(ZMQShellDisplayHook.semicolon_at_end_of_expression)
    )


class Compiler(CachingCompiler):
    """IPython's, for which the cells are parsed already."""

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.AST:
        """Return a cell's tree. One that was there is given away, since IPython changes it."""
        made = None if self.flags & FUTURE else _parsed.pop(source, None)
        return made or super().ast_parse(source, filename, symbol)


class Shell(ZMQInteractiveShell):
    """ipykernel's shell, for cells that nobody looks at while they run."""

    compiler_class = Type(Compiler)
    displayhook_class = Type(Shown)
    input_transformer_manager = Instance(Transformer, ())

    def should_run_async(self, raw_cell: str, *, transformed_cell: str, preprocessing_exc_tuple: Any = None) -> bool:
        """Does a cell await something?"""
        return self.autoawait and preprocessing_exc_tuple is None and _awaits(transformed_cell)

    def enable_gui(self, gui: Any = None) -> None:
        """Open no window; `%matplotlib inline` asks for none, but ipykernel would look for a kernel first."""


def _shell(pipe: Pipe, arguments: Sequence[str]) -> Any:
    config = KeyValueConfigLoader(list(arguments)).load_config()
    config.HistoryManager.hist_file = ":memory:"
    shell = Shell.instance(config=config, kernel=SimpleNamespace(eventloop=None))
    for publisher in (shell.displayhook, shell.display_pub):
        publisher.session = pipe
    InteractiveShellApp.init_path(SimpleNamespace(ignore_cwd=False))
    return shell


def _reply(shell: Any, result: Any) -> dict[str, Any]:
    """Return what a kernel replies to the request to execute a cell, as far as it is looked at."""
    reply = {"status": "ok", "execution_count": shell.execution_count - 1}
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        traceback = shell._last_traceback or []
        reply |= {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": traceback}
    return reply
