"""One entry of a zip archive, read with every suspicion: its name, its time, its size, its content."""

import contextlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile, ZipInfo

MB = 1 << 20
LARGEST = 500 * MB  # of one file, as of all that one student handed in
STEEP = 20 * MB, 200  # larger than this, and compressed by more than this factor, only what begins like JSON is
JSON = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]{0,1000}\{")  # a notebook's first bytes, in any encoding
CHUNK = MB
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    struct.error,
)
UTF_8, ENCRYPTED = 0x800, 0x1  # bits of an entry's flags
UNIX_TIMES = 0x5455  # the extra field that holds a time in UTC


class Refused(Exception):
    """An archive or an entry is not unpacked; the message continues a sentence that begins with its name."""


@dataclass
class Budget:
    """What may still be unpacked; an archive that a student handed in and all archives in it share one."""

    entries: int
    bytes: int
    student: bool = True  # is it for something a student handed in, not for the class's archive?

    @classmethod
    def of_class(cls) -> "Budget":
        """Return what a class's archive may hold: enough for any class."""
        return cls(entries=100_000, bytes=50_000 * MB, student=False)

    @classmethod
    def of_student(cls) -> "Budget":
        """Return what an archive may hold that a student handed in."""
        return cls(entries=5_000, bytes=500 * MB)

    def take(self, entries: int = 0, size: int = 0) -> None:
        """Use some of it up; raise Refused where there is not enough left."""
        if entries > self.entries:
            raise Refused(f"holds too many files ({entries}; {self.entries} are allowed)")
        if size > self.bytes:
            raise Refused("would be unpacked to too many megabytes in all")
        self.entries -= entries
        self.bytes -= size


def opened(path: Path, budget: Budget) -> ZipFile:
    """Open an archive; raise Refused where it is damaged or holds too much. Close it after use."""
    try:
        with path.open("rb") as file:
            end = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # as ZipFile reads it
        if end and end[5] > 1000 * budget.entries:  # bytes of the table of contents: ZipFile reads it as a whole
            raise Refused("has a table of contents that is too large")
        archive = ZipFile(path)
    except BROKEN as error:
        raise Refused("is no zip archive, or it is damaged") from error
    try:
        budget.take(entries=len(archive.infolist()))
    except Refused:
        archive.close()
        raise
    return archive


def name(info: ZipInfo) -> str:
    """Return an entry's name; Canvas writes UTF-8 without saying so."""
    told = info.orig_filename
    if not info.flag_bits & UTF_8:
        with contextlib.suppress(UnicodeError):
            told = told.encode("cp437").decode("utf-8")
    return told.replace("\\", "/")


def when(info: ZipInfo) -> float:
    """Return an entry's time in seconds since 1970: in UTC where it has one, else its local time taken as ours."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == UNIX_TIMES and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return float(struct.unpack_from("<i", extra, 5)[0])
        extra = extra[4 + size :]
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def copy(archive: ZipFile, info: ZipInfo, target: Path, budget: Budget) -> None:
    """Unpack one entry to a file; raise Refused, and leave no file, where it must not or cannot be unpacked."""
    told = name(info)
    if told.startswith("/") or re.match("[A-Za-z]:", told) or ".." in told.split("/") or "\0" in told:
        raise Refused("has a name that leads out of its folder")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("is a link, and a link may lead anywhere")
    if info.flag_bits & ENCRYPTED:
        raise Refused("is encrypted; ask for it without a password")
    if info.file_size > LARGEST:
        raise Refused(f"is larger than {LARGEST // MB} MB")
    budget.take(size=info.file_size)
    is_steep = info.file_size > STEEP[0] and info.file_size > STEEP[1] * info.compress_size
    try:
        with target.open("wb") as file:
            for chunk in _chunks(archive, info):
                if is_steep and file.tell() == 0 and not JSON.match(chunk):  # a cell that prints one line again and
                    raise Refused("is compressed so much that it may be a zip bomb")  # again is as steep, and honest
                file.write(chunk)
    except Refused:
        target.unlink()
        raise


def _chunks(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    """Yield an entry's content: never more than the size it gives itself, and checked against its checksum."""
    try:
        with archive.open(info) as entry:
            while chunk := entry.read(CHUNK):
                yield chunk
    except BROKEN as error:
        raise Refused("is damaged") from error
