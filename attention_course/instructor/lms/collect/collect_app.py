"""nbgrader's zip collector, with an extractor and a collector that know what Moodle, Canvas and Blackboard make."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from attention_course.instructor.course_files import notebook_path
from attention_course.instructor.grading.drop_files import LATE, LATE_BUT_WHEN
from attention_course.instructor.handed_in.unpack import Unpacker
from attention_course.instructor.lms.collect.by_student import newest_by_student
from attention_course.instructor.lms.collect.candidate import Candidate
from attention_course.instructor.lms.collect.collect_report import CollectReport
from attention_course.instructor.lms.collect.ledger import Entry, Ledger
from attention_course.instructor.lms.collect.owners import Roster
from attention_course.instructor.lms.collect.unpack_downloads import unpack_downloads


class CarefulExtractor(ExtractorPlugin):
    """Unpacks notebooks and nothing else; nbgrader's own extractor unpacks whatever an archive holds."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack downloads, which may also be a single archive; what is refused is told in `unpacker.problems`."""
        self.unpacker = Unpacker(Path(extracted_path))
        unpack_downloads(Path(archive_path), self.unpacker)


class SubmissionCollector(FileNameCollectorPlugin):
    """Tells nbgrader whose an unpacked notebook is, once that is decided for all of them together."""

    chosen: Mapping[str, dict[str, Any]] = {}  # by the path of the unpacked notebook

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        """Return a notebook's student, name and time; None for one that is not to be collected."""
        return self.chosen.get(submitted_file)


class CollectApp(ZipCollectApp):
    """Collects one assignment from `downloads`; `report` tells what came of it."""

    name = "attention-course-collect"

    def prepare(self, downloads: Path, unpacked: Path, roster: Roster | None) -> None:
        """Say where the downloads are, where there is room to unpack them, and who the students are."""
        self.downloads, self.unpacked, self.roster, self.report = downloads, unpacked, roster, CollectReport()
        self.extractor_plugin, self.collector_plugin = CarefulExtractor, SubmissionCollector
        self.force = True  # a submission is replaced as a whole; `_is_due` says when
        self.ledger = Ledger(Path(self.coursedir.root) / "downloaded" / self.coursedir.assignment_id / "collected.json")

    def _format_collect_path(self, collect_step: str) -> str:
        return str(self.unpacked if collect_step == self.extracted_directory else self.downloads)

    def extract_archive_files(self) -> None:
        """Unpack the downloads, which for nbgrader must be a folder."""
        self.extractor_plugin_inst.extract(str(self.downloads), str(self.unpacked))

    def process_extracted_files(self) -> None:
        """Let nbgrader collect what is chosen and due; it asks the collector file by file."""
        lesson, unpacker = self.coursedir.assignment_id, self.extractor_plugin_inst.unpacker
        self.report.problems += unpacker.problems
        chosen = newest_by_student(unpacker.found, lesson, self.roster, self.report)
        self.due = {student: notebook for student, notebook in chosen.items() if self._is_due(student, notebook)}
        self.collector_plugin_inst.chosen = {
            str(notebook.path): {"student_id": student, "file_id": f"{lesson}.ipynb", "timestamp": _told(notebook)}
            for student, notebook in self.due.items()
        }
        super().process_extracted_files()

    def _transfer_files(self, collected_data: dict[str, Any]) -> None:
        """Let nbgrader write into submitted/; the ledger knows at any moment what may be half written."""
        self.ledger.write({student: Entry(notebook.age, "") for student, notebook in self.due.items()})
        super()._transfer_files(collected_data)
        for student, notebook in self.due.items():
            if notebook.is_late and not notebook.file.told:
                self.submitted(student).with_name(LATE).write_text(f"{LATE_BUT_WHEN}\n", encoding="utf-8")
        self.ledger.write({student: Entry(notebook.age, notebook.digest) for student, notebook in self.due.items()})

    def _is_due(self, student: str, new: Candidate) -> bool:
        """Is a notebook to be put into submitted/? The report is told in any case."""
        there, report = self.submitted(student), self.report
        folder = there.parent
        known = self.ledger.entries.get(student)
        if not folder.is_dir() or not any(folder.iterdir()) or (known and (known.digest == "" or not there.exists())):
            report.collected.append(student)
            return True
        digest = hashlib.sha256(there.read_bytes()).hexdigest() if there.is_file() else ""
        if digest == new.digest:
            report.unchanged.append(student)
            if known is None or new.age.is_newer_than(known.age):
                self.ledger.write({student: Entry(new.age, digest)})
        elif known is None or digest != known.digest:
            report.problems.append(
                f"{student}: {folder} holds something that was not collected from a download, or was changed since; "
                f"remove it to collect {new.origin}."
            )
        elif newer := new.age.is_newer_than(known.age):
            report.updated.append(student)
            return True
        elif newer is None:
            report.problems.append(f"{student}: nothing tells whether {new.origin} is newer than what was collected.")
        else:
            report.notes.append(f"{student}: {new.origin} is older than what was collected before, and is left.")
            report.unchanged.append(student)
        return False

    def submitted(self, student: str) -> Path:
        """Return where a student's submission is, or would be."""
        return notebook_path(self.coursedir, self.coursedir.submitted_directory, student)


def _told(notebook: Candidate) -> datetime | None:
    """Return when a notebook was handed in, in UTC; None where the download does not tell."""
    file = notebook.file
    return datetime.fromtimestamp(file.time, UTC) if file.told else None
