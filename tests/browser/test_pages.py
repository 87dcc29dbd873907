"""Feedback page, class report and answers in a real browser: accessible, within the screen, nothing loaded."""

import contextlib
import shutil
from pathlib import Path

import pytest
from classroom import LESSON, PAGE
from contrast import too_faint
from legible import violations
from playwright.sync_api import expect

from attention_course.instructor.report.write_course_report import write_course_report
from attention_course.instructor.report.write_report import write_report
from attention_course.instructor.same_answers.write_answers import write_page

PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(33, 33, 33)"}
REPORTS = (f"reports/{LESSON}.html", "reports/index.html")
PAGES = [
    *(f"feedback/{student}/{PAGE}" for student in ("bjorn", "chiara", "esperanza")),
    *REPORTS,
    f"reports/{LESSON}-weighted-sum-answers.html",
]


@pytest.fixture(scope="module")
def with_report(graded_class, tmp_path_factory):
    """The graded class's course with its report."""
    course = Path(shutil.copytree(graded_class, tmp_path_factory.mktemp("reported") / "course"))
    with contextlib.chdir(course):
        write_report(LESSON, False, None)
        write_page(LESSON, "weighted-sum", anonymous=False)
        write_course_report(False, None)
    return course


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_fits_every_screen_and_loads_nothing(path, with_report, empty_page):
    page, asked = empty_page(), []

    def note(request):
        asked.append(request.url)

    page.on("request", note)
    page.goto((with_report / path).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for width in (1200, 375):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert violations(page) == [], width
    assert [url for url in asked[1:] if not url.startswith("data:")] == []
    page.remove_listener("request", note)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_course_page_is_sorted_by_keyboard_and_says_so(scheme, with_report, empty_page):
    page = empty_page(viewport={"width": 600, "height": 800}, color_scheme=scheme)
    page.goto((with_report / "reports/index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == PAPER[scheme]
    heading, by_total = page.get_by_role("columnheader", name="Total"), page.get_by_role("button", name="Total")
    names = page.locator(".sortable tbody th")
    for direction, first in (("ascending", "Keala Kahananui"), ("descending", "Fatima Haddad")):
        by_total.focus()
        page.keyboard.press("Enter")
        expect(heading).to_have_attribute("aria-sort", direction)
        expect(page.get_by_role("status")).to_have_text(f"Sorted by Total, {direction}.")
        expect(by_total).to_be_focused()
        totals = [float(text.split()[0]) for text in page.locator(".sortable td:nth-child(2)").all_inner_texts()]
        assert totals == sorted(totals, reverse=direction == "descending")
        expect(names.first).to_contain_text(first)
    targets = page.locator("button, summary").all()
    assert all(min(target.bounding_box()["width"], target.bounding_box()["height"]) >= 24 for target in targets)
    assert page.evaluate("document.documentElement.scrollHeight - document.querySelector('main').scrollHeight") < 400
    assert violations(page) == []


@pytest.mark.parametrize("path", [PAGES[1], *REPORTS, PAGES[-1]])
def test_a_page_follows_the_screen_and_each_text_on_it_can_be_read(path, with_report, empty_page):
    page = empty_page()
    page.goto((with_report / path).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for scheme, paper in PAPER.items():
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
        assert too_faint(page.locator("body")) == [], scheme
