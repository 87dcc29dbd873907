"""A real JupyterLab and Notebook 7, in a real Chromium, over notebooks as students get them."""

import itertools
import os
import shutil
from pathlib import Path

import pytest
from notebook_page import NotebookPage
from playwright.sync_api import expect, sync_playwright
from serving import PATIENCE, JupyterServer

from attention_course.demo.course import Course

PROJECT = Path(__file__).parents[2]
QUIET = """--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
    --disable-sync""".split()
NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """Return the student's notebook, as nbgrader releases it."""
    course = Course(tmp_path_factory.mktemp("browser-course"), PROJECT)
    course.release()
    return course.folder / "release" / "practice" / "practice.ipynb"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jupyter")
    server = JupyterServer(folder / "notebooks", folder / "settings")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium():
    found = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if not found:
        pytest.fail("The browser tests need Chromium: install it (Debian: sudo apt-get install chromium).")
    expect.set_options(timeout=PATIENCE * 1000)
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *as_root])
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, request, tmp_path_factory):
    """Return a function that opens an empty page; when the test fails, each page is photographed."""
    contexts = []

    def new(width=1200, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        return context.new_page()

    yield new
    for number, context in enumerate(contexts):
        if getattr(request.node, "failed", False):
            folder = tmp_path_factory.getbasetemp() / "failures"
            context.pages[0].screenshot(path=folder / f"{request.node.name}-{number}.png")
        context.close()


@pytest.fixture
def notebook(new_page, server, released):
    """Return a function that opens a fresh copy of the lesson, in JupyterLab unless told otherwise."""

    def opened(*questions, front_end="lab/tree", **options):
        name = f"practice-{next(NUMBERS)}.ipynb"
        shutil.copy(released, server.folder / name)
        return NotebookPage(new_page(**options), server, name).open(front_end).ask(*questions)

    yield opened
    server.end_kernels()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.failed = getattr(item, "failed", False) or report.failed
    return report
