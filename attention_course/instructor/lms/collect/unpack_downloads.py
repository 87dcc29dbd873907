"""Goes through what was downloaded: an archive, a notebook, or a folder of archives, folders and notebooks."""

import os
from pathlib import Path

from attention_course.instructor.handed_in.notebook_names import is_archive, is_notebook
from attention_course.instructor.handed_in.unpack import Found, Unpacker, times_handed_in
from attention_course.instructor.handed_in.zip_entries import Budget, Refused
from attention_course.instructor.lms.collect.file_names import sender


def unpack_downloads(downloads: Path, unpacker: Unpacker) -> None:
    """Unpack all that was downloaded; what is refused is among the unpacker's problems."""
    if downloads.is_file() and is_archive(downloads.name):
        unpacker.archive(downloads, Found((), 0, downloads.stat().st_mtime), Budget.of_class())
        return
    paths = [downloads]
    if downloads.is_dir():
        paths = sorted(Path(folder, name) for folder, _, names in os.walk(downloads) for name in names)
    times = [path.lstat().st_mtime for path in paths]
    for path, time in zip(paths, times_handed_in(times)[0], strict=True):
        parts = path.relative_to(downloads).parts or (path.name,)
        file = Found(parts, len(parts), time)
        try:
            _unpack_loose(path, file, unpacker)
        except Refused as reason:
            unpacker.problems.append(f"{file.name} {reason}.")
        except PermissionError:
            unpacker.problems.append(f"{file.name} cannot be read: its permissions forbid it.")
        else:
            continue
        unpacker.found.append(Found(parts, len(parts), time, is_refused=True))


def _unpack_loose(path: Path, file: Found, unpacker: Unpacker) -> None:
    if path.is_symlink() or not path.is_file():
        raise Refused("is a link, and a link may lead anywhere")
    if is_archive(path.name):
        # One named after a student was taken out of the class's archive by the instructor.
        unpacker.archive(path, file, Budget.of_student() if sender(file.parts) else Budget.of_class())
    elif is_notebook(path.name):
        unpacker.notebook(path, file)
    else:
        unpacker.found.append(file)
