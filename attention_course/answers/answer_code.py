"""The answer code: a student's answers as a short text, for a notebook that keeps neither metadata nor outputs.

    attention-answers:1:eNqrVipJLS5RslJQ…:5f3a9c01

is a version, the record as compressed JSON in base64, and the beginning of its SHA-256. A student pastes it into a
Markdown cell; spaces and line breaks that an editor puts into it do no harm.
"""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from attention_course.errors import RecordError

BEGIN = "attention-answers:"
VERSION = "1"
CODE = re.compile(r"(\d{1,9}):([A-Za-z0-9+/\s]+):\s*([0-9a-f]{8})(?![0-9A-Za-z])")
MOST_BYTES = 50_000  # unpacked; an honest lesson has about 2000
MOST_CODES = 5  # that are read of a text: the last ones
DAMAGED = "An answer code in the notebook is damaged or cut off: copy the whole of it once more."


def fitting(lesson: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return those answers that an answer code has room for: all, or all but the longest."""
    held = dict(answers)
    for name in sorted(held, key=lambda name: len(_text(lesson, {name: held[name]})), reverse=True):
        if len(_text(lesson, held).encode()) <= MOST_BYTES:
            break
        del held[name]
    return held


def encode(lesson: str, answers: Mapping[str, Any]) -> str:
    """Return the answer code of a lesson's records (as JSON values, by question)."""
    text = _text(lesson, answers)
    packed = base64.b64encode(zlib.compress(text.encode(), level=9)).decode("ascii").rstrip("=")
    return f"{BEGIN}{VERSION}:{packed}:{_checksum(packed)}"


def _text(lesson: str, answers: Mapping[str, Any]) -> str:
    return json.dumps({"lesson": lesson, "answers": dict(answers)}, separators=(",", ":"), ensure_ascii=False)


def found_in(text: str) -> Iterator[dict[str, Any] | RecordError]:
    """Yield for each of the last answer codes in a text what it holds ("lesson" and "answers"), or what is wrong."""
    if BEGIN not in text.casefold():  # which is found in a tenth of the time
        return
    for part in re.split(re.escape(BEGIN), text, flags=re.IGNORECASE)[1:][-MOST_CODES:]:  # a phone writes a capital
        try:
            yield _decode(part)
        except RecordError as error:
            yield error


def _decode(part: str) -> dict[str, Any]:
    """Return what a code holds, without its beginning; raise RecordError where it is not as it was made."""
    code = CODE.match(part)
    if code is None:
        raise RecordError(DAMAGED)
    version, packed, checksum = code[1], "".join(code[2].split()), code[3]
    if version != VERSION:
        raise RecordError(f"An answer code in the notebook has version {version}, and only {VERSION} is known here.")
    if checksum != _checksum(packed):
        raise RecordError(DAMAGED)
    try:
        padded = packed + "=" * (-len(packed) % 4)
        held = json.loads(zlib.decompressobj().decompress(base64.b64decode(padded), MOST_BYTES))
    except (ValueError, zlib.error, RecursionError) as error:
        raise RecordError(DAMAGED) from error
    if not isinstance(held, dict) or not isinstance(held.get("answers"), dict):
        raise RecordError(DAMAGED)
    return held


def _checksum(packed: str) -> str:
    return hashlib.sha256(packed.encode()).hexdigest()[:8]
