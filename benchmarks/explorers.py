"""How long from an input to the painted frame, for every explorer: median and worst of 20, by keys and by dragging.

    python benchmarks/explorers.py

All explorers are on one bare page, with real widgets. The time begins with the browser's own time stamp of the event,
and ends with the frame that shows what came of it, as in check_to_paint.py.
"""

import statistics
import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "browser")]

from bare_page import BarePage, Kernel  # noqa: E402
from playwright.sync_api import Locator, Page, sync_playwright  # noqa: E402
from serving import launch  # noqa: E402

from attention_course import Explore  # noqa: E402
from attention_course.exercises.explorers import EXPLORERS  # noqa: E402

TIMES, REST, GOAL = 20, 250, 50  # inputs, milliseconds between them, milliseconds that are aimed at
# Where keys go to, and which, one after the other: the first of these that an explorer has.
KEYS = {
    "input[type=range], [role=slider]": ("ArrowRight", "ArrowLeft"),
    "[role=gridcell], [data-cell]": ("Space", "Space"),
    "button": ("Enter", "Enter"),
}
# Notes, for the next input of a kind, how long until the frame after the explorer has changed.
WATCH = """(root, kinds) => {
    root.dataset.taken = "";
    let begun = null;
    const begins = (event) => (begun ??= event.timeStamp);
    for (const kind of kinds) addEventListener(kind, begins, { capture: true, once: true });
    const watcher = new MutationObserver(() => {
        if (begun === null) return;
        watcher.disconnect();
        requestAnimationFrame(() => setTimeout(() => (root.dataset.taken = performance.now() - begun)));
    });
    watcher.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
}"""


def painted(page: Page, root: Locator) -> float:
    """Return the milliseconds of the input that was just watched for."""
    page.wait_for_function("(root) => root.dataset.taken", arg=root.element_handle())
    page.wait_for_timeout(REST)
    return float(root.get_attribute("data-taken") or "nan")


def by_keys(page: Page, root: Locator) -> list[float]:
    """Return how long each of 20 key presses took."""
    selector = next(one for one in KEYS if root.locator(one).count())
    target, times = root.locator(selector).first, []
    target.focus()
    for i in range(TIMES):
        root.evaluate(WATCH, ["keydown"])
        page.keyboard.press(KEYS[selector][i % 2])
        times.append(painted(page, root))
    return times


def by_dragging(page: Page, root: Locator) -> list[float]:
    """Return how long each of 20 moves of a slider took, far enough to change it; none where there is no slider."""
    sliders = root.locator("input[type=range]")
    if not sliders.count():
        return []
    sliders.first.scroll_into_view_if_needed()
    box, times = sliders.first.bounding_box(), []
    assert box is not None
    x, y = (lambda share: box["x"] + share * box["width"]), box["y"] + box["height"] / 2
    page.mouse.move(x(0.1), y)
    page.mouse.down()
    for i in range(TIMES):
        root.evaluate(WATCH, ["pointermove", "input"])
        page.mouse.move(x(0.1 if i % 2 else 0.9), y)
        times.append(painted(page, root))
    page.mouse.up()
    return times


def main() -> None:
    """Measure every explorer and print its medians and worst cases."""
    kernels = [
        Kernel(Explore(name, "easy", number=number, prompt="Move it.", explorer=name, solution="So."))
        for number, name in enumerate(EXPLORERS, start=1)
    ]
    with sync_playwright() as playwright:
        page = launch(playwright).new_page(viewport={"width": 1200, "height": 900})
        shown = BarePage(page).show(*kernels)
        for number, name in enumerate(EXPLORERS, start=1):
            root = shown.question(f"Explorer {number}").root.locator(".ac-explorer")
            for how, times in (("keys", by_keys(page, root)), ("dragging", by_dragging(page, root))):
                if times:
                    median, worst = statistics.median(times), max(times)
                    note = "" if median <= GOAL else f", more than {GOAL}"
                    print(f"{name}, {how}: median {median:.0f} ms, worst {worst:.0f} ms of {len(times)}{note}")


if __name__ == "__main__":
    main()
