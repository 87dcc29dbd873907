"""A new term: what students left is put away whole, and the course begins again with nobody in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attention_course.errors import TermError
from attention_course.instructor.gradebook import file_of, without_password
from attention_course.instructor.lms.roster.student_id import can_name_folder
from attention_course.instructor.runner.alone import alone
from attention_course.instructor.terms.empty_gradebook import emptied
from attention_course.instructor.terms.leftovers import KEPT, Leftover, exchanged, gradebook_files, leftovers
from attention_course.instructor.terms.put_away import copy_whole, put_away, remove

ARCHIVE = "archive"
UNFINISHED = ".{}.unfinished"  # the archive's name until all is in it
EMPTY = "empty.db"
OWN_GRADEBOOK = '\n# Put away: the gradebook that lies beside this file.\nc.CourseDirectory.db_url = f"sqlite:///{FOLDER}/gradebook.db"\n'


class Term:
    """A term that is over, and its place in the archive. A command that was stopped half-way is taken up.

    Raises TermError where it cannot be put away; then nothing is moved.
    """

    def __init__(self, app: Any, name: str, keep_gradebook: bool = False) -> None:
        self.app, self.coursedir, self.name = app, app.coursedir, name
        self.root = Path(self.coursedir.root)
        self.folder = self.root / ARCHIVE / name
        self.stage = self.root / ARCHIVE / UNFINISHED.format(name)
        self.gradebook = None if keep_gradebook else file_of(self.coursedir.db_url)
        if not can_name_folder(name):
            raise TermError(f"A term cannot be called “{name}”: it names a folder, as 2025-autumn does.")
        if self.folder.exists():
            raise TermError(f"{ARCHIVE}/{name} is there already: give this term another name.")
        for other in sorted(self.folder.parent.glob(UNFINISHED.format("*"))):
            if other != self.stage:
                begun = other.name[1:].removesuffix(".unfinished")
                raise TermError(f"{begun} is put away half-way: first run `attention-course new-term {begun}` again.")
        if self.gradebook is None and not keep_gradebook:
            raise TermError(
                f"The gradebook {without_password(self.coursedir.db_url)} is no file that could be put away: see "
                "docs/new-term.md, then say --keep-gradebook."
            )
        for leftover in self.leftovers():
            if leftover.path.is_symlink():
                raise TermError(f"{leftover.path} is a link: put what it leads to into its place first.")
            if (self.stage / leftover.place).exists() and leftover.path.exists():
                raise TermError(
                    f"{leftover.path} is here, and in {self.stage}, too, as it was when the command was stopped: "
                    "put one of them elsewhere."
                )
        if not self.stage.exists() and not self.leftovers() and not self.gradebook_files():
            raise TermError("There is nothing to put away.")

    def leftovers(self) -> list[Leftover]:
        """Return what is still to be moved, but for gradebook and exchange."""
        return leftovers(self.coursedir)

    def gradebook_files(self) -> list[Leftover]:
        """Return the gradebook's files that are still to be moved: once it is put away, the new one lies there."""
        return gradebook_files(self.coursedir) if self.gradebook and not (self.stage / "gradebook.db").exists() else []

    def plan(self) -> Iterator[str]:
        """Yield in lines what will be moved where."""
        if self.stage.exists():
            yield f"{self.name} is put away half-way; this goes on with what is left."
        yield f"To {ARCHIVE}/{self.name}/ go:"
        yield from (f"  {each.in_words(self.root)}" for each in [*self.leftovers(), *self.gradebook_files()])
        if waiting := exchanged(self.app):
            yield f"  from nbgrader's exchange: {len(waiting)} submissions and feedback pages"
        kept = f"{self.coursedir.source_directory}/, {self.coursedir.release_directory}/ and the configuration"
        yield f"{kept} stay, with a copy there."
        if self.gradebook:
            yield "The new gradebook knows the lessons, without due dates, and nobody."
        else:
            yield "The gradebook stays as it is, with all that is in it."

    def begin(self) -> list[str]:
        """Put the term away; return a sentence on each thing that could not be moved, of the exchange's.

        Raises TermError where the command has to stop, and AlreadyGrading while a class is graded.
        """
        with alone(self.root):
            try:
                self.stage.mkdir(parents=True, exist_ok=True)
                self._copy_course()
                for leftover in self.leftovers():
                    put_away(leftover.path, self.stage / leftover.place)
                self._give_back_what_is_kept()
                if self.gradebook:
                    self._change_gradebook(self.gradebook)
                problems = self._empty_exchange()
                self.stage.rename(self.folder)
            except OSError as error:
                about = error.filename or self.stage
                raise TermError(f"Stopped at {about}: {error.strerror or error}. The same command goes on.") from error
        return problems

    def _copy_course(self) -> None:
        """Copy the course as it is: it says what was asked, and makes the archive a course that can be looked at."""
        names = [self.coursedir.source_directory, self.coursedir.release_directory]
        for path in [*(self.root / name for name in names), *self.root.glob("*_config.py")]:
            if path.exists() and not (self.stage / path.name).exists():
                copy_whole(path, self.stage / path.name)
        settings = self.stage / "nbgrader_config.py"
        if self.gradebook and self.gradebook != self.root / "gradebook.db" and settings.exists():
            text = settings.read_text(encoding="utf-8").replace(OWN_GRADEBOOK, "")
            settings.write_text(text + OWN_GRADEBOOK, encoding="utf-8")

    def _give_back_what_is_kept(self) -> None:
        for kept in self.stage.glob(f"*/{KEPT}"):
            if kept.parent.name in (self.coursedir.autograded_directory, self.coursedir.submitted_directory):
                (self.root / kept.parent.name).mkdir(exist_ok=True)
                shutil.copy2(kept, self.root / kept.parent.name / KEPT)

    def _change_gradebook(self, gradebook: Path) -> None:
        """Put the gradebook away and an empty one into its place: at every moment one of the two is whole."""
        empty, kept = self.stage / EMPTY, self.stage / "gradebook.db"
        if not kept.exists() and gradebook.exists():
            if not empty.exists():
                emptied(gradebook, empty)
            # The gradebook itself last: as long as it is not there, the others are still to be moved.
            for leftover in sorted(self.gradebook_files(), key=lambda one: one.path == gradebook):
                put_away(leftover.path, self.stage / leftover.place)
        if empty.exists() and not gradebook.exists():
            put_away(empty, gradebook)
        remove(empty)

    def _empty_exchange(self) -> list[str]:
        """Move what lies in the exchange; much of it belongs to students, and may be an administrator's to move."""
        problems = []
        for leftover in exchanged(self.app):
            to = self.stage / leftover.place
            try:
                if not to.exists():
                    put_away(leftover.path, to)
                else:
                    remove(leftover.path)  # copied whole, and removed in part
            except OSError as error:
                problems.append(f"{leftover.path} stays in the exchange: {error.strerror or error}.")
        return problems
