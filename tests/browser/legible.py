"""Whether everybody can read a question and work it: axe's rules, contrast, what is cut off, sizes."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from contrast import too_faint
from playwright.sync_api import Page
from question_on_page import QuestionOnPage

WIDTHS = (1200, 600, 330)  # of the page, in pixels
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
QUESTIONS = {"include": [".attention-question"]}
# Only what is wrong is told: to tell of all that is right takes longer than to find it.
RUN = """([context, options]) => axe.run(context ?? document, { ...options, resultTypes: ["violations"] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`)))"""
# What is wider than its place, which is the page or a part that scrolls.
CUT = """(root) => [...root.querySelectorAll("*"), document.documentElement]
    .filter((one) => one === document.documentElement || getComputedStyle(one).overflowX !== "visible")
    .filter((one) => !one.closest("svg, .ac-status, .ac-unseen") && one.scrollWidth > one.clientWidth)
    .map((one) => one.outerHTML.slice(0, 120))"""
# The size of everything that can be clicked, dragged or painted.
TARGETS = """(root) => [...root.querySelectorAll(`[role=button], button, summary, label, select, input[type=range],
        [data-part-of-sketch], .ac-handle`)]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.textContent.trim(), one.getBoundingClientRect().width, one.getBoundingClientRect().height])"""


def faults(page: Page) -> list[str]:
    """Return what axe finds wrong with the questions that are shown."""
    return violations(page, QUESTIONS, RULES)


def violations(page: Page, context: dict[str, Any] | None = None, options: dict[str, Any] | None = None) -> list[str]:
    """Return what axe finds wrong with a page, or a part of it, by its rules, or some of them."""
    if not page.evaluate("() => 'axe' in globalThis"):  # a script of half a megabyte, which stays
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, [context, options])


def expect_legible(page: Page, *questions: QuestionOnPage) -> None:
    """Demand that these questions can be read in the theme they have, and fit pages of every width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1400})
        for question in questions:
            assert question.root.evaluate(CUT) == [], width
            assert [target for target in question.root.evaluate(TARGETS) if min(target[1:]) < 24] == [], width
        if width != 600:  # what is told and hidden differs most at the ends
            assert faults(page) == [], width
    for question in questions:
        assert too_faint(question.root) == []
