"""The command `attention-course` itself; what its commands do is tested with what they are about."""

import re
import subprocess
import sys

from typer.testing import CliRunner

from attention_course import __version__
from attention_course.instructor import cli

HEAVY = ("IPython", "dask", "jinja2", "matplotlib", "nbgrader", "sqlalchemy", "torch")


def test_it_says_its_version() -> None:
    done = CliRunner().invoke(cli.app, ["--version"])
    assert (done.exit_code, done.output) == (0, f"attention-course {__version__}\n")


def test_help_lists_every_command() -> None:
    help_text = CliRunner().invoke(cli.app, ["--help"]).output
    commands = [re.match(r"\W*([a-z-]+) ", line) for line in help_text.partition("Commands")[2].splitlines()]
    named = {found[1] for found in commands if found}
    assert named >= {"grade", "check", "collect", "new", "roster", "report", "new-term"}


def imported(modules: tuple[str, ...], by: str) -> str:
    """Return which modules are imported by a line of code, in a process of its own."""
    program = f"import sys; {by}; print(*sorted({{*{modules}}} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], text=True, capture_output=True, check=True)
    return done.stdout.strip()


def test_help_is_there_before_anything_heavy_is_imported() -> None:
    assert imported(HEAVY, by="from attention_course.instructor import cli") == ""


def test_the_process_that_grades_imports_nothing_that_computes() -> None:
    grading = "from attention_course.instructor.changes import older_key; "
    grading += "from attention_course.instructor.runner import grade_class"
    assert imported(("numpy", "torch", "matplotlib", "dask"), by=grading) == ""
