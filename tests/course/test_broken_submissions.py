"""What goes wrong in one submission is that submission's: each fault has a student, graded in one class."""

import codecs
import copy
import json
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import classroom
import nbformat
import pytest
from classroom import FILE, FULL, LESSON, NOTEBOOK, NOTHING
from nbformat.v4 import new_output
from nbgrader.preprocessors import CheckCellMetadata, DeduplicateIds, OverwriteCells

from attention_course.answers import record

BUT_ONE = FULL | {"why-scale": 0}

# The formgrader shows Markdown as it is: this would run with the instructor's rights.
SCRIPT = "<script>alert('every grade is mine to change')</script>"

Notebook = dict[str, Any]
Fault = Callable[[Path, Notebook], None]  # given the student's folder and a notebook with right answers alone


def write(path: Path, notebook: Notebook) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def with_an_old_answer(notebook: Notebook) -> Notebook:
    """Return the notebook as it was a day before, with one answer still missing."""
    old = json.loads(json.dumps(notebook).replace("2026-03-02T", "2026-03-01T"))
    del old["metadata"][record.METADATA_KEY]["answers"]["why-scale"]
    return old


def missing(folder: Path, notebook: Notebook) -> None:
    (folder / "notes.txt").write_text("I could not find the notebook.", encoding="utf-8")


def renamed_by_a_browser(folder: Path, notebook: Notebook) -> None:
    write(folder / f"{LESSON} (1).ipynb", notebook)


def renamed_by_drive(folder: Path, notebook: Notebook) -> None:
    write(folder / f"Copy of {LESSON}.ipynb", notebook)


def renamed_at_will(folder: Path, notebook: Notebook) -> None:
    write(folder / "My homework FINAL.IPYNB", notebook)


def a_checkpoint(folder: Path, notebook: Notebook) -> None:
    write(folder / f".ipynb_checkpoints/{LESSON}-checkpoint.ipynb", notebook)


def in_a_folder_of_its_own(folder: Path, notebook: Notebook) -> None:
    write(folder / f"week 3/{NOTEBOOK}", notebook)


def two_candidates(folder: Path, notebook: Notebook) -> None:
    write(folder / FILE, with_an_old_answer(notebook))
    write(folder / f"{LESSON} (1).ipynb", notebook)
    os.utime(folder / f"{LESSON} (1).ipynb", (0, 0))  # unpacking an archive does not keep the times


def two_copies_of_one_day(folder: Path, notebook: Notebook) -> None:
    write(folder / f"{LESSON} (1).ipynb", notebook)
    del notebook["metadata"][record.METADATA_KEY]["answers"]["why-scale"]
    write(folder / FILE, notebook)
    os.utime(folder / FILE, (1_000_000_000, 1_000_000_000))


def beside_another_notebook(folder: Path, notebook: Notebook) -> None:
    write(folder / "essay.ipynb", nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# An essay")]))
    write(folder / FILE, notebook)


def beside_an_empty_one(folder: Path, notebook: Notebook) -> None:
    (folder / FILE).touch()
    write(folder / f"{LESSON}-2.ipynb", notebook)


def another_notebook(folder: Path, notebook: Notebook) -> None:
    write(folder / "essay.ipynb", nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# An essay")]))


def of_no_bytes(folder: Path, notebook: Notebook) -> None:
    (folder / FILE).touch()


def cut_off(folder: Path, notebook: Notebook) -> None:
    (folder / FILE).write_text(json.dumps(notebook)[:-2000], encoding="utf-8")


def a_directory(folder: Path, notebook: Notebook) -> None:
    (folder / FILE).mkdir()


def a_link_out_of_the_folder(folder: Path, notebook: Notebook) -> None:
    (folder / FILE).symlink_to(folder.parents[1] / f"zz-honest/{NOTEBOOK}")


def a_folder_that_is_a_link(folder: Path, notebook: Notebook) -> None:
    (folder / "mine").symlink_to(folder.parents[1] / f"zz-honest/{LESSON}")


def a_linked_file_beside_it(folder: Path, notebook: Notebook) -> None:
    write(folder / FILE, notebook)
    (folder / "notes.txt").symlink_to(folder.parents[2] / f"source/{NOTEBOOK}")


def files_that_shadow_modules(folder: Path, notebook: Notebook) -> None:
    write(folder / FILE, notebook)
    for name in ("torch.py", "attention_course.py", "attention_course/__init__.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("raise SystemExit('shadowed')", encoding="utf-8")


def a_time_that_is_none(folder: Path, notebook: Notebook) -> None:
    write(folder / FILE, notebook)
    (folder / "timestamp.txt").write_text("yesterday, or so", encoding="utf-8")


def a_time_that_is_a_pipe(folder: Path, notebook: Notebook) -> None:
    write(folder / FILE, notebook)
    os.mkfifo(folder / "timestamp.txt")


def a_secret_without_end(folder: Path, notebook: Notebook) -> None:
    write(folder / FILE, notebook)
    (folder / "submission_secret.txt").symlink_to("/dev/zero")


def with_a_script_in_its_notes(folder: Path, notebook: Notebook) -> None:
    notebook["cells"].append({"cell_type": "markdown", "id": "notes", "metadata": {}, "source": f"Look: {SCRIPT}"})
    write(folder / FILE, notebook)


def with_a_line_for_the_terminal_in_its_name(folder: Path, notebook: Notebook) -> None:
    write(folder / f"{LESSON}\x1b[2J\nsomeone: graded.ipynb", notebook)


def with_a_byte_order_mark(folder: Path, notebook: Notebook) -> None:
    (folder / FILE).write_bytes(codecs.BOM_UTF8 + json.dumps(notebook).encode())


def in_utf_16(folder: Path, notebook: Notebook) -> None:
    (folder / FILE).write_bytes(json.dumps(notebook, ensure_ascii=False).encode("utf-16"))


def with_bytes_that_are_no_text(folder: Path, notebook: Notebook) -> None:
    notebook["cells"].append(classroom.code_cell("café \ud83d"))
    text = json.dumps(notebook).replace("caf\\u00e9", "caf\N{COMBINING ACUTE ACCENT}")
    (folder / FILE).write_bytes(text.encode().replace("\N{COMBINING ACUTE ACCENT}".encode(), b"\xe9"))


def of_format_3(folder: Path, notebook: Notebook) -> None:
    write(folder / FILE, nbformat.convert(nbformat.reads(json.dumps(notebook), as_version=4), 3))


def of_a_later_minor_format(folder: Path, notebook: Notebook) -> None:
    notebook["nbformat_minor"] = 99
    for cell in notebook["cells"]:
        cell["novelty"] = {"of": "a later format"}
    write(folder / FILE, notebook)


def for_another_kernel(folder: Path, notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "julia-1.9", "display_name": "Julia", "language": "julia"}
    write(folder / FILE, notebook)


def without_nbgraders_metadata(folder: Path, notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    write(folder / FILE, notebook)


def widgets_without_state(folder: Path, notebook: Notebook) -> None:
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"a": {}}}
    write(folder / FILE, notebook)


def cells_deleted_and_moved(folder: Path, notebook: Notebook) -> None:
    notebook["cells"] = notebook["cells"][:3:-1]
    write(folder / FILE, notebook)


def a_cell_duplicated(folder: Path, notebook: Notebook) -> None:
    notebook["cells"].append(json.loads(json.dumps(classroom.cell(notebook, "purpose"))))
    write(folder / FILE, notebook)


def a_cell_retyped(folder: Path, notebook: Notebook) -> None:
    cell = classroom.cell(notebook, "purpose")
    cell["cell_type"] = "raw"
    del cell["outputs"], cell["execution_count"]
    write(folder / FILE, notebook)


def a_cell_split(folder: Path, notebook: Notebook) -> None:
    cell = classroom.cell(notebook, "attention-scores")
    half = len(cell["source"]) // 2
    cell["source"], rest = cell["source"][:half], cell["source"][half:]
    notebook["cells"].insert(notebook["cells"].index(cell) + 1, classroom.code_cell(rest))
    write(folder / FILE, notebook)


def points_and_checksums_edited(folder: Path, notebook: Notebook) -> None:
    del notebook["metadata"][record.METADATA_KEY]["answers"]["why-scale"]
    for name in classroom.RIGHT:
        classroom.cell(notebook, name)["metadata"]["nbgrader"] |= {"points": 100, "checksum": "0" * 32}
    write(folder / FILE, notebook)


def ids_doubled(folder: Path, notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["id"] = "the-same"
    write(folder / FILE, notebook)


def an_old_schema_version(folder: Path, notebook: Notebook) -> None:
    classroom.cell(notebook, "purpose")["metadata"]["nbgrader"]["schema_version"] = 1
    write(folder / FILE, notebook)


def outputs_of_many_megabytes(folder: Path, notebook: Notebook) -> None:
    printed = classroom.code_cell("while True: print('again')")
    printed["outputs"] = [new_output("stream", text="again\n" * 5_000_000)]
    listed = classroom.code_cell("list(range(10**6))")
    lines = [f"{number}\n" for number in range(10**6)]
    listed["outputs"] = [{"output_type": "stream", "name": "stdout", "text": lines}]
    notebook["cells"] += [printed, listed]
    write(folder / FILE, notebook)


def code_of_many_megabytes(folder: Path, notebook: Notebook) -> None:
    notebook["cells"] += [classroom.code_cell(["0,\n"] * 5_000_000)]
    write(folder / FILE, notebook)


FAULTS: dict[Fault, dict[str, float]] = {
    missing: NOTHING,
    renamed_by_a_browser: FULL,
    renamed_by_drive: FULL,
    renamed_at_will: FULL,
    a_checkpoint: FULL,
    in_a_folder_of_its_own: FULL,
    two_candidates: FULL,
    two_copies_of_one_day: FULL,
    beside_another_notebook: FULL,
    beside_an_empty_one: FULL,
    another_notebook: NOTHING,
    of_no_bytes: NOTHING,
    cut_off: NOTHING,
    a_directory: NOTHING,
    a_link_out_of_the_folder: NOTHING,
    a_folder_that_is_a_link: NOTHING,
    a_linked_file_beside_it: FULL,
    files_that_shadow_modules: FULL,
    a_time_that_is_none: FULL,
    a_time_that_is_a_pipe: FULL,
    a_secret_without_end: FULL,
    with_a_script_in_its_notes: FULL,
    with_a_line_for_the_terminal_in_its_name: FULL,
    with_a_byte_order_mark: FULL,
    in_utf_16: FULL,
    with_bytes_that_are_no_text: FULL,
    of_format_3: FULL,
    of_a_later_minor_format: FULL,
    for_another_kernel: FULL,
    without_nbgraders_metadata: FULL,
    widgets_without_state: FULL,
    cells_deleted_and_moved: FULL,
    a_cell_duplicated: FULL,
    a_cell_retyped: FULL,
    a_cell_split: FULL,
    points_and_checksums_edited: BUT_ONE,
    ids_doubled: FULL,
    an_old_schema_version: FULL,
    outputs_of_many_megabytes: FULL,
    code_of_many_megabytes: NOTHING,
}
UNGRADED = {
    missing: "No notebook was handed in.",
    another_notebook: "essay.ipynb is another notebook.",
    of_no_bytes: f"{LESSON}.ipynb: The file handed in is not a notebook, or it is cut off; ask for it again.",
    cut_off: f"{LESSON}.ipynb: The file handed in is not a notebook, or it is cut off; ask for it again.",
    a_directory: f"{LESSON}.ipynb is a folder, not a notebook; ask for the notebook itself.",
    a_link_out_of_the_folder: f"{LESSON}.ipynb is a link, which is not followed; ask for the notebook itself.",
    a_folder_that_is_a_link: "No notebook was handed in.",
    code_of_many_megabytes: f"{LESSON}.ipynb: The notebook has",
}
GRADED = [fault for fault in FAULTS if fault not in UNGRADED]
REMARKS = {
    renamed_by_a_browser: f"The notebook {LESSON} (1).ipynb is graded.",
    a_checkpoint: f"The notebook .ipynb_checkpoints/{LESSON}-checkpoint.ipynb is graded.",
    two_candidates: f"The notebook {LESSON} (1).ipynb is graded, of 2 notebooks.",
    two_copies_of_one_day: f"The notebook {LESSON} (1).ipynb is graded, of 2 notebooks.",
    a_time_that_is_none: "timestamp.txt does not say when it was handed in, so it does not count as late.",
    a_time_that_is_a_pipe: "timestamp.txt does not say when it was handed in, so it does not count as late.",
    a_secret_without_end: "submission_secret.txt cannot be read, so the feedback cannot be released",
    with_a_line_for_the_terminal_in_its_name: f"The notebook {LESSON}\ufffd[2J\ufffdsomeone: graded.ipynb is graded.",
    cells_deleted_and_moved: "missing cells are put back",
    outputs_of_many_megabytes: "MB, so long outputs are left out.",
}


def contents(folder: Path) -> dict[str, object]:
    """Return what lies in a folder: files with their times, links with where they lead."""
    return {
        str(path.relative_to(folder)): os.readlink(path) if path.is_symlink() else path.stat().st_mtime_ns
        for path in folder.rglob("*")
    }


@pytest.fixture(scope="module")
def graded(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A class of nothing but faults, and an honest student, after one run; and what was said."""
    course = Path(shutil.copytree(released_course, tmp_path_factory.mktemp("faults") / "course"))
    for fault in FAULTS:
        folder = course / "submitted" / fault.__name__ / LESSON
        folder.mkdir(parents=True)
        fault(folder, classroom.notebook_with(course, classroom.ALL_RIGHT))
    classroom.hand_in(course, "zz-honest", classroom.ALL_RIGHT)
    before = contents(course / "submitted")
    said = classroom.grade(course, exits=1)
    assert contents(course / "submitted") == before
    return course, said


@pytest.fixture(scope="module")
def scores(graded: tuple[Path, str]) -> dict[str, dict[str, float]]:
    return classroom.scores(graded[0])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_costs_no_more_than_it_must(fault: Fault, scores: dict[str, dict[str, float]]) -> None:
    assert scores[fault.__name__] == FAULTS[fault]


@pytest.mark.parametrize("fault", UNGRADED, ids=lambda fault: fault.__name__)
def test_what_cannot_be_graded_is_reported_with_its_reason(fault: Fault, graded: tuple[Path, str]) -> None:
    course, said = graded
    assert f"{fault.__name__}: not graded: {UNGRADED[fault]}" in said
    assert not (course / "autograded" / fault.__name__ / LESSON).exists()


@pytest.mark.parametrize("fault", GRADED, ids=lambda fault: fault.__name__)
def test_what_can_be_graded_is(fault: Fault, graded: tuple[Path, str]) -> None:
    course, said = graded
    assert f"{fault.__name__}: graded" in said
    folder = course / "autograded" / fault.__name__ / LESSON
    assert {path.name for path in folder.iterdir()} <= {FILE, "timestamp.txt", ".graded.json"}
    assert (folder / FILE).stat().st_size < 3_000_000


@pytest.mark.parametrize("fault", REMARKS, ids=lambda fault: fault.__name__)
def test_what_was_mended_is_remarked(fault: Fault, graded: tuple[Path, str]) -> None:
    assert any(fault.__name__ in line and REMARKS[fault] in line for line in graded[1].splitlines())


@pytest.mark.parametrize("fault", GRADED, ids=lambda fault: fault.__name__)
def test_nbgrader_s_own_steps_would_find_nothing_left_to_mend(
    fault: Fault, graded: tuple[Path, str], caplog: pytest.LogCaptureFixture
) -> None:
    course, student = graded[0], fault.__name__
    notebook = nbformat.read(course / "autograded" / student / NOTEBOOK, as_version=4)
    about = {"notebook": LESSON, "assignment": LESSON, "student": student}
    resources = {"nbgrader": {**about, "db_url": f"sqlite:///{course / 'gradebook.db'}"}}
    for step in (DeduplicateIds(), OverwriteCells(), CheckCellMetadata()):
        step.log = logging.getLogger("steps")
        after, _ = step(copy.deepcopy(notebook), resources)
        assert after == notebook
    assert not caplog.records


def test_no_script_of_a_student_s_reaches_the_formgrader(graded: tuple[Path, str]) -> None:
    text = (graded[0] / f"autograded/with_a_script_in_its_notes/{NOTEBOOK}").read_text(encoding="utf-8")
    assert "every grade is mine to change" not in text


def test_the_honest_student_gets_all_points(scores: dict[str, dict[str, float]]) -> None:
    assert scores["zz-honest"] == FULL


def test_nobody_elses_notebook_is_graded_in_the_place_of_a_link(graded: tuple[Path, str]) -> None:
    assert "zz-honest" not in "".join(path.name for path in (graded[0] / ".grading").rglob("*"))
