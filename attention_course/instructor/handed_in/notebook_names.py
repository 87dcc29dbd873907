"""Which names a notebook may have, and how copies of one are named."""

import re

NOTEBOOK = re.compile(r"\.ipynb(\.json|\.txt){0,2}$", re.IGNORECASE)  # some browsers add the second ending
MARKS = re.compile(r"^(?:copy of )*|(?:[ _-]*(?:\(\d+\)|copy(?: ?\d+)?|checkpoint|-\d+))*$")
MACS_OWN = "__MACOSX"  # a folder in which macOS puts its own files, under the names of the others


def is_notebook(name: str) -> bool:
    """Is this the name of a notebook?"""
    return NOTEBOOK.search(name) is not None


def is_archive(name: str) -> bool:
    """Is this the name of an archive that is opened?"""
    return name.casefold().endswith(".zip")


def is_named(name: str, notebook: str) -> bool:
    """Is this a notebook's name or a copy's, such as "practice (1).ipynb" or "Copy of practice.ipynb"?"""
    return len(name) < 256 and MARKS.sub("", NOTEBOOK.sub("", name).casefold()) == notebook.casefold()
