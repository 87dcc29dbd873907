"""What the setup cell does where the course is not installed, in a process that has never seen it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from attention_course import bootstrap
from attention_course.instructor.release.bare_files import bare
from attention_course.instructor.release.embed_package import INSTALL_CELL, PUBLIC, package_files, setup_cell

VERSION = bootstrap._version(package_files()["attention_course/__init__.py"])
LINES = "\nfrom attention_course import Lesson\nimport attention_course\nprint(attention_course.__file__)\n"
# A process without the course: the libraries of this one, but not the links to the course among them.
WITHOUT = """
import sys
sys.path[:] = [entry for entry in sys.path if not (__import__("pathlib").Path(entry) / "attention_course").is_dir()]
sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in repr(finder).lower()]
"""
PACKED = str(Path(bootstrap.HOME) / "attention_course" / "__init__.py")


def run(folder: Path, script: str, **files: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a folder with some files, in an isolated process without the course."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    (folder / "script.py").write_text(WITHOUT + script, encoding="utf-8")
    environment = {"HOME": str(folder), "TMPDIR": "/nowhere", "PATH": ""}
    return subprocess.run(
        [sys.executable, "-B", "script.py"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return (done.stderr or done.stdout).strip().splitlines()[-1]


def without(*missing: str) -> str:
    """Return lines that make these libraries look as if they were not installed."""
    return (
        "import importlib.util\n_find = importlib.util.find_spec\n"
        f"importlib.util.find_spec = lambda name, *more: None if name in {missing} else _find(name, *more)\n"
    )


@pytest.fixture(scope="module")
def cell() -> str:
    return setup_cell(bare(package_files(), PUBLIC)) + LINES


def test_the_packed_course_is_imported_from_memory_and_no_file_is_written(cell: str, tmp_path: Path) -> None:
    done = run(tmp_path, cell + "from attention_course.page import assets\nprint(len(assets.question_script()) > 9000)")
    assert done.stdout.splitlines() == [PACKED, "True"]
    assert done.stderr == ""
    assert [path.name for path in tmp_path.iterdir()] == ["script.py"]


def test_it_may_be_run_twice(cell: str, tmp_path: Path) -> None:
    done = run(
        tmp_path,
        f"{cell}first = Lesson\n{cell}print(first is Lesson, len([f for f in sys.meta_path if 'Packed' in repr(f)]))",
    )
    assert done.stdout.splitlines() == [PACKED, PACKED, "True 1"]


def test_an_installed_course_of_the_same_version_is_used(cell: str, tmp_path: Path) -> None:
    done = run(tmp_path, cell, attention_course=f'Lesson = 1\n__version__ = "{VERSION}"\n')
    assert done.stdout.splitlines() == [str(tmp_path / "attention_course.py")]


def test_a_newer_installed_course_is_used_and_said(cell: str, tmp_path: Path) -> None:
    done = run(tmp_path, cell, attention_course='Lesson = 1\n__version__ = "10.2"\n')
    said, file = done.stdout.splitlines()
    assert file == str(tmp_path / "attention_course.py")
    assert said == f"Used is version 10.2 of the course, which is here already; this notebook brings {VERSION}."


@pytest.mark.parametrize("text", ['Lesson = 1\n__version__ = "0.0.9"\n', "1/0", "\x00"])
def test_an_older_course_or_what_only_has_its_name_is_passed_over(cell: str, tmp_path: Path, text: str) -> None:
    assert run(tmp_path, cell, attention_course=text).stdout.splitlines() == [PACKED]


def test_an_old_kernel_with_an_older_version_loaded_is_refused(cell: str, tmp_path: Path) -> None:
    done = run(tmp_path, "import attention_course\n" + cell, attention_course='__version__ = "0.0.9"\n')
    assert last_line(done).endswith(
        f"SetupError: This kernel has version 0.0.9 of the course loaded, and this notebook brings {VERSION}: "
        "restart the kernel, then run all cells."
    )


@pytest.mark.parametrize("spoil", ["change", "cut"])
def test_a_damaged_package_is_refused_before_anything_of_it_runs(cell: str, tmp_path: Path, spoil: str) -> None:
    head, packed, tail = re.fullmatch(r'(.*unpacked\(")(.*?)("\).*)', cell, re.DOTALL).groups()
    middle = len(packed) // 2
    changed = packed[:middle] + ("x" if packed[middle] != "x" else "y") + packed[middle + 1 :]
    done = run(tmp_path, head + (changed if spoil == "change" else packed[:middle]) + tail)
    assert done.stdout == ""
    assert last_line(done).endswith(
        "Damaged: The code packed into this cell is damaged; none of it ran. Take a fresh copy of the notebook."
    )


def test_what_is_missing_is_said_with_the_cell_that_mends_it(cell: str, tmp_path: Path) -> None:
    done = run(tmp_path, without("anywidget", "matplotlib") + cell)
    assert done.stdout == ""
    assert last_line(done).endswith(
        "SetupError: Not installed here: anywidget, matplotlib. Run the next cell, which installs what is missing, "
        "then do what it says."
    )


def missing_now(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(bootstrap, "_missing", lambda: list(names))


@pytest.mark.parametrize(
    ("missing", "installed"),
    [
        ([], []),
        (["torch"], []),  # the lesson goes on without it
        (["anywidget", "numpy"], ["anywidget numpy"]),
        (["anywidget", "numpy", "torch"], ["anywidget numpy", "torch"]),
    ],
)
def test_torch_is_installed_last_and_by_itself(
    missing: list[str], installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    missing_now(monkeypatch, *missing)
    assert bootstrap.to_install() == installed


def test_after_the_installation_reload_is_said_only_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    missing_now(monkeypatch)
    assert bootstrap.installed() == "All is installed. Now reload this page, then run all cells."
    missing_now(monkeypatch, "torch")
    assert bootstrap.installed().startswith(
        "All but torch is installed: reload this page, then run all cells. torch is"
    )
    missing_now(monkeypatch, "anywidget", "torch")
    assert bootstrap.installed() == (
        "Still missing: anywidget, torch. The reason stands above; this cell can be run again."
    )


def test_no_line_of_the_packed_course_looks_like_a_command_to_some_notebook(cell: str) -> None:
    assert [line[:40] for line in cell.split("\n") if line.lstrip().startswith(("%", "!", "?"))] == []
    (command,) = [line.strip() for line in INSTALL_CELL.split("\n") if line.strip().startswith("%")]
    assert command == "%pip install --quiet {names}", "JupyterLite, too, takes %pip"


def test_without_torch_the_lesson_goes_on_and_says_so(cell: str, tmp_path: Path) -> None:
    done = run(tmp_path, without("torch") + cell + "print(bootstrap['to_install'](), 'torch' in sys.modules)")
    said, file, rest = done.stdout.splitlines()
    assert said == bootstrap.NO_TORCH
    assert (file, rest) == (PACKED, "[] False")


COLAB = "import sys, types, subprocess\nsys.modules['google.colab'] = types.ModuleType('google.colab')\n"


def test_in_colab_what_is_missing_is_installed(cell: str, tmp_path: Path) -> None:
    pip = (
        "def pip(command, **_):\n    print(*command[1:])\n    importlib.util.find_spec = _find\n"
        "    return types.SimpleNamespace(returncode=0)\nsubprocess.run = pip\n"
    )
    done = run(tmp_path, COLAB + without("anywidget") + pip + cell)
    assert done.stdout.splitlines() == ["Installing anywidget …", "-m pip install --quiet anywidget", PACKED]


def test_in_colab_without_a_network_it_is_said(cell: str, tmp_path: Path) -> None:
    pip = (
        "subprocess.run = lambda *_, **__: types.SimpleNamespace(returncode=1, stderr='x\\nERROR: no route to host')\n"
    )
    done = run(tmp_path, COLAB + without("anywidget", "torch") + pip + cell)
    assert "That did not work; is there a network? (ERROR: no route to host)" in done.stdout
    assert "SetupError: Not installed here: anywidget, torch." in last_line(done)
    done = run(tmp_path, COLAB + without("torch") + pip + cell)
    assert done.stdout.splitlines()[-2:] == [bootstrap.NO_TORCH, PACKED]


def test_an_old_python_is_refused_in_a_sentence(cell: str, tmp_path: Path) -> None:
    done = run(tmp_path, "import sys\nsys.version_info = (3, 9)\n" + cell)
    assert "SetupError: This lesson needs Python 3.11 or later, and this kernel runs 3." in last_line(done)


def test_a_sentence_is_all_that_a_notebook_shows() -> None:
    assert bootstrap.SetupError("Restart the kernel.")._render_traceback_() == ["Restart the kernel."]
