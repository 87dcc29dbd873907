"""Frames: what is written down a socket for one question or answer.

frame = length of the text (4 bytes) · length of the bytes (8 bytes) · text, a JSON object · bytes of tensors
"""

import json
import struct
from collections.abc import Iterable
from typing import Any

from attention_course.errors import Garbled, Unsendable
from attention_course.student_code.limits import MOST_BYTES, MOST_TEXT

HEAD = struct.Struct(">IQ")


def pack(message: dict[str, Any], blobs: Iterable[bytes] = ()) -> bytes:
    """Return the frame of a message; raise Unsendable where it is too large."""
    text = json.dumps(message, separators=(",", ":")).encode()
    data = b"".join(blobs)
    if len(text) > MOST_TEXT or len(data) > MOST_BYTES:
        raise Unsendable("a value of this size cannot be sent")
    return HEAD.pack(len(text), len(data)) + text + data


def lengths(head: bytes) -> tuple[int, int]:
    """Return how long text and bytes are that follow a head; raise Garbled where that is more than is allowed."""
    text, data = HEAD.unpack(head)
    if text > MOST_TEXT or data > MOST_BYTES:
        raise Garbled("a frame that is too long")
    return text, data


def parse(text: bytes) -> dict[str, Any]:
    """Return the message of a frame's text; raise Garbled where it is none."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise Garbled("no JSON") from None
    if type(message) is not dict:
        raise Garbled("no message")
    return message


def unpack(frame: bytes) -> tuple[dict[str, Any], bytes]:
    """Return message and bytes of a whole frame."""
    text, data = lengths(frame[: HEAD.size])
    end = HEAD.size + text
    if len(frame) != end + data:
        raise Garbled("no frame")
    return parse(frame[HEAD.size : end]), frame[end:]
