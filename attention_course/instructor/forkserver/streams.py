"""What a shell and its cells send, to whoever waits for it: messages, and what is printed, as lines of JSON."""

import codecs
import io
import json
import os
import select
import threading
from contextlib import suppress
from typing import Any, BinaryIO

from jupyter_client.session import Session, json_default


class Pipe(Session):
    """Takes what the shell sends, and writes it into a file that another process reads."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._lock = threading.Lock()  # a cell may print from several threads

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **kwargs: Any) -> None:
        """Send a message; `stream`, where a kernel has its socket, counts for nothing here."""
        if isinstance(msg_or_type, str):
            msg_or_type = {"msg_type": msg_or_type, "content": content}
        kind = {"msg_type": msg_or_type["msg_type"]}
        message = {**kind, "header": kind, "parent_header": {}, "content": msg_or_type["content"]}
        with self._lock:
            self._file.write(json.dumps(message, default=json_default, ensure_ascii=False).encode(errors="replace"))
            self._file.write(b"\n")
            self._file.flush()


class Printed(io.TextIOBase):
    """Standard output or error, sent when it is flushed; the shell flushes it before it sends anything.

    What a command or a library prints past Python, by the handle's number, is taken along, as a kernel does it.
    """

    encoding = "UTF-8"

    def __init__(self, name: str, number: int, pipe: Pipe) -> None:
        self.name, self._number, self._pipe = name, number, pipe
        self._kept: list[str] = []
        self._lock = threading.RLock()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._past_python, writer = os.pipe()
        os.set_blocking(self._past_python, False)
        os.dup2(writer, number)
        os.close(writer)
        threading.Thread(target=self._watch, daemon=True).start()

    def fileno(self) -> int:
        """Return the handle's number."""
        return self._number

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep a text until the next flush."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self._lock:
            self._kept.append(text)
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        with self._lock:
            self._take_past_python()
            text, self._kept = "".join(self._kept), []
        if text:
            self._pipe.send(None, "stream", {"name": self.name, "text": text})

    def _watch(self) -> None:
        """Keep what is printed past Python: a pipe holds little, and whoever prints more would have to wait."""
        while True:
            select.select([self._past_python], [], [])
            with self._lock:
                self._take_past_python()

    def _take_past_python(self) -> None:
        with suppress(BlockingIOError):
            while data := os.read(self._past_python, 1 << 16):
                self._kept.append(self._decoder.decode(data))
