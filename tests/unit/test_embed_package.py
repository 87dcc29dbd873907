"""What the released notebook carries: the course's own code, all a student's kernel needs and nothing else."""

import ast
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import classroom
import nbformat
import pytest
from classroom import EXERCISES, LESSON, NOTEBOOK

import attention_course
from attention_course.bootstrap import NEEDED
from attention_course.errors import NotebookError
from attention_course.instructor.release.bare_files import bare
from attention_course.instructor.release.embed_package import (
    PACKAGE,
    PUBLIC,
    EmbedPackage,
    package_files,
    setup_cell,
    unpacked,
)
from attention_course.page import joining

FILES = package_files()
HARM = "open('harmed.txt', 'w').write('x')\n"


def modules_imported(source: str) -> set[str]:
    """Return the files of the course that a source imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    stems = [name.replace(".", "/") for name in names]
    root = Path(attention_course.__file__).parent.parent
    return {file for stem in stems for file in (f"{stem}.py", f"{stem}/__init__.py") if (root / file).is_file()}


def needed_files() -> set[str]:
    """Return all Python files that the lesson's cells, and the setup cell, come to import."""
    notebook = json.loads((classroom.ROOT / f"source/{NOTEBOOK}").read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    waiting, found = ["attention_course/bootstrap.py"], {"attention_course/pictures/__init__.py"}
    for source in code:
        waiting += modules_imported(source)
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += modules_imported((classroom.ROOT / file).read_text(encoding="utf-8"))
    return found


def test_a_release_carries_all_that_a_lesson_imports() -> None:
    assert needed_files() <= set(FILES)


def test_a_release_carries_nothing_of_the_instructors_half() -> None:
    assert not [file for file in FILES if file.startswith("attention_course/instructor")]


def test_what_trains_is_carried_by_a_lesson_that_imports_it_alone() -> None:
    files = package_files("from attention_course.training import Run")
    assert {file.split("/")[1] for file in files.keys() - FILES.keys()} == {"training"}
    assert "attention_course/training/run.py" in files


def test_what_is_due_today_is_carried_by_a_lesson_that_imports_it_alone() -> None:
    files = package_files("from attention_course.recall import today")
    assert {file.split("/")[1] for file in files.keys() - FILES.keys()} == {"recall", "bank"}  # which judges a sitting
    assert {"attention_course/recall/today.js", "attention_course/recall/today.css"} < files.keys()


def test_the_page_s_files_are_carried_and_no_other_script_or_style() -> None:
    read: set[str] = set()

    def noted(name: str) -> str:
        read.add(f"attention_course/page/{name}")
        return (PACKAGE / "page" / name).read_text(encoding="utf-8")

    for script in ("js/widget.js", "js/loader.js", "js/summary.js"):
        joining.script(script, noted)
    for style in ("css/question.css", "css/answer.css", "css/summary.css"):
        joining.style(style, noted)
    assert {file for file in FILES if not file.endswith(".py")} == read


def test_the_same_files_make_the_same_bytes_and_come_out_as_they_went_in() -> None:
    assert setup_cell(FILES) == setup_cell(dict(FILES))
    assert unpacked(setup_cell(FILES)) == FILES


def test_what_is_packed_says_the_same_without_comments_and_docstrings() -> None:
    packed = bare(FILES, PUBLIC)
    assert packed.keys() == FILES.keys()
    for name, text in packed.items():
        assert text.count("\n") == FILES[name].count("\n"), "a traceback leads to the source's own line"
        if name.endswith(".py"):
            assert ast.dump(_undocumented(text)) == ast.dump(_undocumented(FILES[name]))
        else:
            assert "/*" not in text
    assert sum(map(len, packed.values())) < 0.85 * sum(map(len, FILES.values()))


def _undocumented(source: str) -> ast.Module:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            nothing = [] if isinstance(node, ast.Module) else [ast.Expr(ast.Constant(...))]
            node.body = node.body[1:] or nothing
    return tree


def test_a_student_can_still_ask_for_help_on_what_a_notebook_imports() -> None:
    packed = bare(FILES, PUBLIC)
    for name, file in {"heatmap": "pictures/heatmap.py", "Choice": "exercises/choice.py", "ask": "lesson.py"}.items():
        nodes = ast.walk(ast.parse(packed[f"attention_course/{file}"]))
        (found,) = [node for node in nodes if getattr(node, "name", "") == name]
        assert ast.get_docstring(found)


def test_the_setup_cell_says_what_it_carries(released_course: Path) -> None:
    source = "".join(classroom.cell(classroom.released(released_course), "setup")["source"])
    said = re.search(r"attention_course (\S+), (\d+) files in (\d+) kB", source)
    assert said
    assert said.groups() == (attention_course.__version__, str(len(FILES) + 1), said[3]), "with the items asked again"
    assert abs(int(said[3]) * 1000 - len(source)) < 4000
    readable = [line for line in source.split("\n") if len(line) <= 120]
    assert len(readable) < 30, "what a reader of the cell meets"


def test_the_setup_cell_is_folded_and_ends_in_the_instructor_s_lines(released_course: Path) -> None:
    cell = classroom.cell(classroom.released(released_course), "setup")
    assert cell["metadata"]["jupyter"] == {"source_hidden": True}
    assert cell["metadata"]["cellView"] == "form"
    source = "".join(cell["source"])
    assert source.startswith("#@title Set up the lesson")
    assert source.endswith(
        f'\n\nfrom attention_course import Blanks, Choice, Lesson, heatmap\n\nlesson = Lesson("{LESSON}")'
    )


def test_the_release_is_small(released_course: Path) -> None:
    assert (released_course / f"release/{NOTEBOOK}").stat().st_size < 198_000 + 4_000 * EXERCISES


def test_what_is_needed_is_what_the_package_depends_on() -> None:
    project = tomllib.loads((classroom.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    depends = {re.match(r"[\w-]+", line)[0] for line in project["dependencies"]}  # type: ignore[index]
    assert set(NEEDED) == depends - {"ipython", "traitlets"}, "a kernel has IPython, and traitlets with it"
    assert project["dynamic"] == ["version"]


@pytest.mark.parametrize("cells", [["import attention_course"], ["1", "2"]])
def test_a_notebook_without_one_setup_cell_is_not_released(cells: list[str]) -> None:
    notebook = nbformat.v4.new_notebook()
    name = "setup" if len(cells) > 1 else "first"
    notebook.cells = [nbformat.v4.new_code_cell(cell, metadata={"nbgrader": {"grade_id": name}}) for cell in cells]
    with pytest.raises(NotebookError, match="ID 'setup'"):
        EmbedPackage().preprocess(notebook, {})


def test_at_grading_the_instructor_s_package_is_used_whatever_the_notebook_carries(course: Path) -> None:
    def tamper(notebook: dict[str, Any]) -> None:
        cell = classroom.cell(notebook, "setup")
        carried = unpacked("".join(cell["source"]))
        always_right = "\nAnswer.points = lambda self, most: most\n"
        carried["attention_course/answers/answer.py"] += HARM + always_right
        carried["attention_course/__init__.py"] = carried["attention_course/__init__.py"].replace(
            attention_course.__version__, "9.0.0"
        )
        cell["source"] = HARM + setup_cell(carried) + f'from attention_course import *\nlesson = Lesson("{LESSON}")'
        install = next(cell for cell in notebook["cells"] if cell.get("id") == "install")
        install["source"] = HARM

    classroom.hand_in(course, "tampered", {"purpose": [["larger-input"]], "why-scale": [["gradients"]]}, tamper)
    classroom.nbgrader(course, "autograde", LESSON)
    assert {name for name, score in classroom.scores(course)["tampered"].items() if score} == {"why-scale"}
    assert not list(course.rglob("harmed.txt"))
    graded = classroom.read(course / f"autograded/tampered/{NOTEBOOK}")
    assert "".join(classroom.cell(graded, "setup")["source"]).startswith("from attention_course import")
