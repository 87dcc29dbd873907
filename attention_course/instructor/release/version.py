"""The package's version: a published one is never changed, since a kernel takes the newer of two by its number alone.

    python -m attention_course.instructor.release.version            says what is to be mended, and exits with 1 then
    python -m attention_course.instructor.release.version publish    writes down that this version goes to students

A released notebook brings the student's half of the package along, and uses an installed one of the same version in its
place. So a changed package under an old number would never reach who has the old one installed.
"""

import hashlib
import json
import sys
from pathlib import Path

import attention_course
from attention_course.instructor.release.embed_package import EVERYTHING, package_files

PUBLISHED = Path(__file__).with_name("published_versions.txt")  # a line each: version, SHA-256


def digest(files: dict[str, str]) -> str:
    """Return the SHA-256 of the student's half of the package."""
    return hashlib.sha256(json.dumps(files, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def published(path: Path = PUBLISHED) -> dict[str, str]:
    """Return the digest of each published version."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def problem(version: str, files: dict[str, str], known: dict[str, str]) -> str:
    """Return what is to be mended, "" where this version may hold these files."""
    if known.get(version, digest(files)) == digest(files):
        return ""
    return (
        f"The student's half of attention_course has changed since version {version} was published: "
        "give __version__ in attention_course/__init__.py a new number, and say in CHANGELOG.md what changed."
    )


def main(arguments: list[str]) -> int:
    """Check the version, or publish it; return 1 where something is to be mended."""
    version, files = attention_course.__version__, package_files(EVERYTHING)
    if said := problem(version, files, published()):
        print(said)
        return 1
    if arguments == ["publish"] and version not in published():
        with PUBLISHED.open("a", encoding="utf-8") as file:
            file.write(f"{version} {digest(files)}\n")
        print(f"Version {version} is published: from now on each change of the student's half needs a new number.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
