"""Keys out of sight: packed so that nobody reads them by accident.

This is not encryption. Whoever wants to can unpack a sealed key, as with every answer that is checked on a student's
own machine; where that matters, keys are dropped from the release instead.
"""

import base64
import binascii
import json
import zlib
from typing import Any

from attention_course.errors import SealError


def seal(hidden: dict[str, Any]) -> str:
    """Pack what a release must not show in plain into one line of text."""
    packed = zlib.compress(json.dumps(hidden, sort_keys=True, ensure_ascii=False).encode(), level=9)
    return base64.b85encode(packed).decode("ascii")


def unseal(text: str, name: str) -> dict[str, Any]:
    """Unpack what `seal` packed for the question `name`; raise SealError when the text is damaged."""
    try:
        hidden = json.loads(zlib.decompress(base64.b85decode(text)))
    except (ValueError, TypeError, zlib.error, binascii.Error) as error:
        raise SealError(f"Question {name!r}: its sealed part is damaged; take a fresh copy of the notebook.") from error
    if not isinstance(hidden, dict):
        raise SealError(f"Question {name!r}: its sealed part holds no key; take a fresh copy of the notebook.")
    return hidden
