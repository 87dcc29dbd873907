"""JupyterLab on a machine that has never seen the course: the released notebook brings it along."""

import shutil

import classroom
import environments
import pytest
from classroom import EXERCISES, FILE, LESSON, NOTEBOOK
from notebook_page import NotebookPage
from playwright.sync_api import expect
from serving import JupyterServer


@pytest.fixture(scope="module")
def strange_server(tmp_path_factory):
    """A server whose kernels run in an environment with the libraries of this one, but without the course."""
    folder = tmp_path_factory.mktemp("strange")
    python = environments.borrowed_environment(folder / "environment")
    jupyter_path = environments.kernelspec(folder, python)["JUPYTER_PATH"]
    server = JupyterServer(folder / "notebooks", folder / "settings", JUPYTER_PATH=jupyter_path)
    yield server
    server.stop()


def test_in_a_jupyterlab_without_the_course_it_is_answered_and_graded(new_page, strange_server, course):
    shutil.copy(course / f"release/{NOTEBOOK}", strange_server.folder)
    page = NotebookPage(new_page(), strange_server, FILE).load()
    page.ask(*classroom.RIGHT)
    for name, picks in classroom.RIGHT.items():
        expect(page.question(classroom.TITLES[name]).check(*picks).verdict).to_contain_text("Right")
    page.expect_on_disk(**classroom.ALL_RIGHT)
    page.expect_summary(f"holds every answer you gave: {EXERCISES} of {EXERCISES} questions")
    process = strange_server.kernel_of(FILE)
    assert str(strange_server.folder.parent) in process.cmdline()[0]
    classroom.hand_in_text(course, "elsewhere", page.path.read_text(encoding="utf-8"))
    classroom.nbgrader(course, "autograde", LESSON)
    assert classroom.scores(course)["elsewhere"] == classroom.FULL
