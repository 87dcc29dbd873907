"""Feedback page and class report in a real browser: accessible, within the screen, nothing loaded."""

import contextlib
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from classroom import LESSON, PAGE
from contrast import too_faint

from attention_course.instructor.report.write_report import write_report

PAGES = [*(f"feedback/{student}/{PAGE}" for student in ("bjorn", "chiara", "esperanza")), f"reports/{LESSON}.html"]


@pytest.fixture(scope="module")
def with_report(graded_class, tmp_path_factory):
    """The graded class's course with its report."""
    course = Path(shutil.copytree(graded_class, tmp_path_factory.mktemp("reported") / "course"))
    with contextlib.chdir(course):
        write_report(LESSON, False, None)
    return course


@pytest.mark.parametrize("width", [1200, 375])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_fits_the_screen_and_loads_nothing(path, width, with_report, new_page):
    page, asked = new_page(viewport={"width": width, "height": 800}), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((with_report / path).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert [url for url in asked[1:] if not url.startswith("data:")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [PAGES[1], PAGES[-1]])
def test_a_page_follows_the_screen_and_each_text_on_it_can_be_read(path, scheme, with_report, new_page):
    page = new_page(color_scheme=scheme)
    page.goto((with_report / path).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    paper = {"light": "rgb(255, 255, 255)", "dark": "rgb(33, 33, 33)"}[scheme]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
    assert too_faint(page.locator("body")) == []
