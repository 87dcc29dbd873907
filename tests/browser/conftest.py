"""A real JupyterLab and Notebook 7, in a real Chromium, over notebooks as students get them."""

import itertools

import classroom
import notebook_file
import pytest
from classroom import LESSON, NOTEBOOK
from notebook_page import NotebookPage
from playwright.sync_api import expect, sync_playwright
from serving import JupyterServer, launch
from waiting import PATIENCE

from attention_course.instructor.source import cells

NUMBERS = itertools.count(1)
VIEWPORT = {"width": 1200, "height": 900}


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jupyter")
    server = JupyterServer(folder / "notebooks", folder / "settings", forks=True)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium():
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def new_context(chromium, **options):
    context = chromium.new_context(**{"viewport": VIEWPORT, **options})
    context.set_default_timeout(PATIENCE * 1000)
    return context


@pytest.fixture(scope="session")
def jupyterlab(chromium, server):
    """Return a page with JupyterLab, which the tests share: to load it takes longer than most of them."""
    page = new_context(chromium).new_page()
    load_empty(page, server)
    return page


def load_empty(page, server):
    page.goto(f"{server.url}/lab?reset&token={server.token}")
    page.wait_for_function("() => globalThis.jupyterapp?.restored.then(() => true)", polling=100)


@pytest.fixture
def new_tab(jupyterlab, request, tmp_path_factory):
    """Return a function that opens one more tab beside JupyterLab's shared page, whose scripts are at hand already."""
    tabs = []

    def new(viewport=VIEWPORT):
        tabs.append(jupyterlab.context.new_page())
        tabs[-1].set_viewport_size(viewport)
        return tabs[-1]

    yield new
    for number, page in enumerate(tabs):
        photograph_if_failed(page, request, tmp_path_factory, number)
        page.close()


@pytest.fixture
def new_page(chromium, request, tmp_path_factory):
    """Return a function that makes a page in a browser that is new; where the test fails, each is photographed."""
    contexts = []

    def new(**options):
        contexts.append(new_context(chromium, **options))
        return contexts[-1].new_page()

    yield new
    for number, context in enumerate(contexts):
        photograph_if_failed(context.pages[0], request, tmp_path_factory, number)
        context.close()


@pytest.fixture(scope="session")
def blank_pages(chromium):
    """The pages that tests of questions alone share, by whether there is a touchscreen."""
    return {}


@pytest.fixture
def empty_page(chromium, blank_pages, request, tmp_path_factory):
    """Return a function that empties a page for questions alone: to make and end one takes longer than most tests."""
    used = {}

    def emptied(*, has_touch=False, viewport=None, color_scheme=None):
        if has_touch not in blank_pages:
            blank_pages[has_touch] = new_context(chromium, has_touch=has_touch).new_page()
        page = used[has_touch] = blank_pages[has_touch]
        page.goto("about:blank")
        page.set_viewport_size(viewport or VIEWPORT)
        page.emulate_media(color_scheme=color_scheme or "null", media="null")
        return page

    yield emptied
    for has_touch, page in used.items():
        photograph_if_failed(page, request, tmp_path_factory, int(has_touch))
        if request.node.failed:
            blank_pages.pop(has_touch).context.close()


@pytest.fixture(scope="session")
def questions():
    """The lesson's questions, by their names."""
    source = cells.load_source(classroom.ROOT / f"source/{LESSON}/{LESSON}.ipynb")
    return {question.name: question for question in cells.asked(source).values()}


@pytest.fixture(scope="session")
def lesson(released_course):
    """The released lesson, with little packed into it."""
    return notebook_file.with_little_packed(classroom.read(released_course / f"release/{NOTEBOOK}"))


@pytest.fixture
def copy(server, lesson):
    """Return a function that puts a fresh copy of the released lesson into the server's folder.

    Beside its first cell and its summary it has all questions, or the cells that are named; passages as well where the
    whole is asked for. To show what a test has no use for takes most of its time.
    """

    def copied(*names, whole=False):
        name = f"{LESSON}-{next(NUMBERS)}.ipynb"
        names = {"setup", "summary", *names} if names else ()
        notebook_file.write(server.folder / name, lesson if whole else notebook_file.reduced(lesson, names))
        return name

    yield copied
    server.end_kernels()


@pytest.fixture
def shared_page(jupyterlab, server, request, tmp_path_factory):
    """Return JupyterLab's shared page; it is loaded anew after a test that failed."""
    jupyterlab.bring_to_front()  # a tab of another test was before it
    yield jupyterlab
    photograph_if_failed(jupyterlab, request, tmp_path_factory)
    if request.node.failed:
        load_empty(jupyterlab, server)
        NotebookPage(jupyterlab, server, "").use_theme("Light")


@pytest.fixture
def in_lab(shared_page, server):
    """Return a function that opens a notebook of the server's folder in JupyterLab; it is closed after the test."""
    opened = []

    def open_it(name):
        opened.append(NotebookPage(shared_page, server, name).open())
        return opened[-1]

    yield open_it
    server.end_kernels()  # nothing more comes from them that would be saved
    for page in opened:
        page.close()


@pytest.fixture
def notebook(in_lab, copy):
    """Return a fresh notebook with all questions in JupyterLab."""
    return in_lab(copy())


@pytest.fixture
def ask(in_lab, copy):
    """Return a function that opens a fresh notebook with some questions in JupyterLab, and asks them."""
    return lambda *questions: in_lab(copy(*questions)).ask(*questions)


@pytest.fixture
def whole_notebook(in_lab, copy):
    """Return a fresh notebook in JupyterLab, passages included."""
    return in_lab(copy(whole=True))


@pytest.fixture(params=["light", "dark"])
def look(request):
    """What surrounds a question: a page's theme, as Colab says it, and its paper."""
    paper = {"light": "#fff", "dark": "#212121"}[request.param]
    return {"html": f'theme="{request.param}"', "style": f"body {{ background: {paper} }}"}


def photograph_if_failed(page, request, tmp_path_factory, number=0):
    if request.node.failed:
        folder = tmp_path_factory.getbasetemp() / "failures"
        page.screenshot(path=folder / f"{request.node.name}-{number}.png")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.failed = getattr(item, "failed", False) or report.failed
    return report
