"""The start page's cards can be read and reached by everybody, light and dark, on a page of 600 pixels, too."""

import json
from datetime import UTC, datetime

import pytest
from classroom import ROOT
from contrast import too_faint
from legible import CUT, faults

from attention_course.answers import record
from attention_course.answers.record import Record
from attention_course.course import StartPage

PAGE = '<!DOCTYPE html><html lang="en" {html}><head><title>Start</title></head><body>{body}</body></html>'
LINKS = "(root) => [...root.querySelectorAll('a')].map((one) => one.getBoundingClientRect().height)"


@pytest.mark.parametrize("html", ["", 'theme="dark"'])
def test_the_cards_meet_wcag_aa_and_fit(empty_page, tmp_path, html):
    for lesson in ("learn", "practice"):
        document = json.loads((ROOT / f"source/{lesson}/{lesson}.ipynb").read_text(encoding="utf-8"))
        answered = {"purpose": Record().with_attempt(("focus",), datetime(2026, 3, 1, tzinfo=UTC))}
        record.write(document, lesson, answered if lesson == "practice" else {})
        (tmp_path / f"{lesson}.ipynb").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "code.ipynb").write_text("{", encoding="utf-8")  # a broken one costs a sentence
    page = empty_page()
    page.set_content(PAGE.format(html=html, body=StartPage(folder=tmp_path)._repr_mimebundle_()["text/html"]))
    cards = page.locator(".attention-start")
    for width in (1200, 600):
        page.set_viewport_size({"width": width, "height": 1400})
        assert cards.evaluate(CUT) == []
        assert min(cards.evaluate(LINKS)) >= 24
        assert faults(page) == []
    assert too_faint(cards) == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"
