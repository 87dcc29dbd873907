"""Where a question's parts stand and how large they are, on large and small screens: on a bare page, for it is ours."""

import pytest
from bare_page import BarePage, Kernel
from legible import CUT, TARGETS
from playwright.sync_api import expect

# Every name in a program or a text that is parted by the end of a line.
BROKEN_NAMES = r"""(root) => [...root.querySelectorAll("code")].flatMap((code) => {
    const found = [], texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode()); )
        for (const { 0: name, index } of text.data.matchAll(/[\w.]+/g)) {
            const range = document.createRange();
            range.setStart(text, index);
            range.setEnd(text, index + name.length);
            if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(name);
        }
    return found;
})"""
SCROLLS = '<pre class="ac-code"'  # on the smallest screens a program's longest names are wider than the screen
SCREENS = {"1366 by 768": (1366, 768), "the same at 200 %": (683, 384)}


def check_at_the_bottom(task):
    """Press Check where it stands at the lower end of the window, and wait for the verdict."""
    task.check_button.evaluate("(button) => button.scrollIntoView({ block: 'end' })")
    task.check_button.click()
    task.wait()


@pytest.mark.parametrize("screen", SCREENS)
def test_the_verdict_is_beside_check_and_its_reasons_come_into_sight(screen, empty_page, questions):
    width, height = SCREENS[screen]
    page = empty_page(viewport={"width": width, "height": height})
    task = BarePage(page).show(Kernel(questions["multi-head-output"])).question("Task 5")
    check_at_the_bottom(task.fill("x", "x", "x"))
    headline, reasons = task.verdict.get_by_text("Not right"), task.verdict.get_by_role("listitem")
    expect(reasons).to_have_count(2)
    for seen in [task.check_button, headline, *reasons.all()]:
        expect(seen).to_be_in_viewport(ratio=1)
    button, beside = task.check_button.bounding_box(), headline.bounding_box()
    assert button["y"] <= beside["y"] + beside["height"] / 2 <= button["y"] + button["height"]
    task.fill("embed_dim", "concat_heads", "x")
    before = page.evaluate("scrollY")
    task.check_button.click()
    expect(task.wait().verdict.get_by_text("Right")).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == before, "what is in sight does not move"


def test_in_jupyterlab_too_the_verdict_comes_into_sight(ask):
    page = ask("multi-head-output")
    task = page.question("Task 5")
    for (width, height), picks in zip(SCREENS.values(), [("x", "x", "x"), ("x", "embed_dim", "x")], strict=True):
        page.page.set_viewport_size({"width": width, "height": height})
        check_at_the_bottom(task.fill(*picks))
        for seen in [task.check_button, *task.verdict.get_by_role("listitem").all()]:
            expect(seen).to_be_in_viewport(ratio=1)
    page.page.set_viewport_size({"width": 1200, "height": 900})


def test_in_a_task_with_several_blanks_each_is_marked_as_right_or_wrong(empty_page, questions):
    task = BarePage(empty_page()).show(Kernel(questions["scaled-weights"])).question("Task 4")
    task.check("64", "softmax")
    expect(task.blank(1)).to_have_accessible_name("Blank 1: 64, not right")
    expect(task.blank(2)).to_have_accessible_name("Blank 2: softmax, right")
    assert [mark(task.blank(number)) for number in (1, 2)] == ["✗", "✓"], "not by colour alone"
    task.option("64**0.5").click()
    task.blank(1).click()
    expect(task.blank(1)).to_have_accessible_name("Blank 1: 64**0.5")
    assert [mark(task.blank(number)) for number in (1, 2)] == ["", "✓"]
    expect(task.root).to_contain_text("before your change")
    task.check_button.click()
    task.wait()
    assert [mark(task.blank(number)) for number in (1, 2)] == ["✓", "✓"]
    expect(task.root).not_to_contain_text("before your change")


def mark(blank):
    """Return the sign that is seen after what a blank holds."""
    content = blank.evaluate("(node) => getComputedStyle(node, '::after').content")
    return "" if content == "none" else content.split('"')[1]


@pytest.mark.parametrize("width", [600, 360])
def test_on_a_small_screen_no_name_is_broken_and_nothing_is_cut(width, empty_page, questions):
    kernels = [Kernel(question, *[wrong(question)] * 3) for question in questions.values()]
    bare = BarePage(empty_page(viewport={"width": width, "height": 800})).show(*kernels)
    for question in questions.values():
        shown = bare.question(question.title).wait()
        for summary in shown.root.locator("summary").all():
            summary.click()
        assert shown.root.evaluate(BROKEN_NAMES) == []
        cut = shown.root.evaluate(CUT)
        assert [one for one in cut if width == 600 or not one.startswith(SCROLLS)] == []


def wrong(question):
    """Return an answer in which every part is wrong."""
    return [next(one for one in question.ids if one not in question.right_ids(part)) for part in range(question.parts)]


def test_what_can_be_clicked_is_at_least_24_pixels_wide_and_high(empty_page, questions):
    bare = BarePage(empty_page()).show(*map(Kernel, questions.values()))
    targets = bare.page.locator("main").evaluate(TARGETS)
    assert len(targets) > 60
    assert [target for target in targets if min(target[1:]) < 24] == []


def test_one_line_says_how_the_keyboard_works(empty_page, questions):
    task = BarePage(empty_page()).show(Kernel(questions["attention-scores"])).question("Task 1")
    how = task.root.get_by_text("Keys on a blank: A–D fill it, Delete empties it, arrows move.")
    expect(task.bank).to_have_accessible_description(how.inner_text())
    assert how.bounding_box()["height"] < 24, "one line"
    task.blank().press("B")
    task.expect_blanks("key")
    task.blank().press("Delete")
    task.expect_blanks("")
