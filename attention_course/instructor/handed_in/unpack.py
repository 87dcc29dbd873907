"""Takes notebooks out of archives, and archives in archives, none of which can be trusted.

Nothing is ever written under a name that an archive gives: the notebooks become 1.ipynb, 2.ipynb, … in one folder.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from attention_course.instructor.formatting import printable
from attention_course.instructor.handed_in import zip_entries
from attention_course.instructor.handed_in.notebook_names import MACS_OWN, is_archive, is_notebook
from attention_course.instructor.handed_in.zip_entries import Budget, Refused

HOUR = 3600.0
YEAR_2000 = 946_684_800.0  # an entry without a time has one of 1970 or 1980
DEEPEST = 3  # the class's archive, the one a student handed in, and one in that


@dataclass(frozen=True)
class Found:
    """A file of a download or of an archive, and where it was."""

    parts: tuple[str, ...]  # folders, archives and at last the file's own name, from the outside in
    given: int  # so many of the parts were named by the system or the instructor, the others by a student
    time: float  # when it was handed in, as far as the download tells; else when it was downloaded
    told: bool = False  # does it tell?
    path: Path | None = None  # the unpacked notebook; None for a file that is neither a notebook nor an archive
    is_refused: bool = False  # it may be a notebook, or hold one, and could not be unpacked

    @property
    def name(self) -> str:
        """Where it comes from, for a person."""
        return printable(self.parts)


@dataclass
class Unpacker:
    """Unpacks archives into a folder; keeps what it found, and one sentence for each thing it refused."""

    into: Path
    found: list[Found] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _made: int = 0

    def archive(self, path: Path, where: Found, budget: Budget, depth: int = 1) -> None:
        """Unpack an archive; whatever is refused in it becomes one sentence, and the rest is unpacked."""
        refused: list[str] = []
        try:
            if depth > DEEPEST:
                raise Refused("is an archive in too many others")
            with zip_entries.opened(path, budget) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                times, told = times_handed_in([zip_entries.when(info) for info in infos])
                for info, time in zip(infos, times, strict=True):
                    parts = (*where.parts, *zip_entries.name(info).strip("/").split("/"))
                    file = replace(where, parts=parts)
                    if not budget.student:
                        file = Found(parts, len(parts), time, told)
                    try:
                        self._entry(archive, info, file, budget, depth)
                    except Refused as reason:
                        refused.append(f"{file.name} {reason}.")
                        self.found.append(replace(file, is_refused=True))
        except Refused as reason:
            refused.append(f"{where.name or path.name} {reason}.")
            self.found += [replace(where, is_refused=True)] if where.parts else []
        if len(refused) > 1:
            refused[0] += f" {len(refused) - 1} more files of the same archive are refused too."
        self.problems += refused[:1]

    def notebook(self, path: Path, file: Found) -> None:
        """Copy a notebook that lies in no archive."""
        if path.stat().st_size > zip_entries.LARGEST:
            raise Refused(f"is larger than {zip_entries.LARGEST // zip_entries.MB} MB")
        self.found.append(replace(file, path=shutil.copyfile(path, self._new(".ipynb"))))

    def _entry(self, archive: ZipFile, info: ZipInfo, file: Found, budget: Budget, depth: int) -> None:
        name = file.parts[-1]
        if name.startswith("._") or MACS_OWN in file.parts:
            return
        if is_notebook(name):
            target = self._new(".ipynb")
            zip_entries.copy(archive, info, target, budget)
            self.found.append(replace(file, path=target))
        elif is_archive(name):
            target = self._new(".zip")
            zip_entries.copy(archive, info, target, budget)
            self.archive(target, file, budget if budget.student else Budget.of_student(), depth + 1)
            target.unlink()
            self.found.append(file)
        else:
            self.found.append(file)

    def _new(self, ending: str) -> Path:
        self._made += 1
        return self.into / f"{self._made}{ending}"


def times_handed_in(times: Sequence[float]) -> tuple[list[float], bool]:
    """Return when the files of one download were handed in, and whether the download tells.

    Canvas and many a Moodle give each file the moment of the download, in one run of seconds or minutes. Then its last
    moment stands for all: it puts two downloads in order, not two files of one.
    """
    told = bool(times) and min(times) > YEAR_2000 and max(times) - min(times) > HOUR
    return list(times) if told else [max(times)] * len(times) if times else [], told
