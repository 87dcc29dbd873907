"""Codes for extra attempts: made of a secret that stays in the course's folder, and looked at when it is graded."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from attention_course.answers import extra
from attention_course.errors import ExtensionError
from attention_course.instructor.extensions.extension import Extension
from attention_course.instructor.extensions.file import read_extensions

SECRET = ".extra-attempts.key"  # never in a release, and in no student's hands


def code_for(course: Path, extension: Extension) -> str:
    """Return the code that a student is to paste; the secret is made where there is none yet."""
    return _code(_secret(course), extension.student, extension.lesson, extension.attempts)


def is_granted(course: Path, student: str, lesson: str, code: str) -> bool:
    """Is a code the student's own, and are so many attempts granted to this student still?"""
    count = extra.count_in(code)
    if not 0 < count <= read_extensions(course).of(student, lesson).attempts or not (course / SECRET).exists():
        return False
    return hmac.compare_digest(code, _code(_secret(course), student, lesson, count))


def _code(secret: bytes, student: str, lesson: str, count: int) -> str:
    told = "\0".join((student, lesson, str(count))).encode(errors="surrogateescape")
    return extra.code(lesson, count, hmac.digest(secret, told, hashlib.sha256))


def _secret(course: Path) -> bytes:
    """Return the course's secret; whoever comes first makes it, and it is there as a whole or not at all."""
    path = course / SECRET
    try:
        if not path.exists():
            new = course / f"{SECRET}.{secrets.token_hex(4)}"
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(f"{secrets.token_hex(32)}\n")
            try:
                os.link(new, path)  # which fails where another one was quicker
            except FileExistsError:
                pass
            finally:
                new.unlink()
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise ExtensionError(
            f"{path}, of which codes for extra attempts are made, cannot be used ({error}): put it back from a copy."
        ) from error
