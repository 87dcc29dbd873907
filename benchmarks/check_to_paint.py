"""How long from pressing Check to the painted verdict and picture: median and worst of 20 presses in JupyterLab.

All ten questions are on the page. Run it with `python benchmarks/check_to_paint.py`, from the project's folder.

- The page is at rest when Check is pressed, as it is for a student, who needs half a second to get there. Without that
  rest the press also waits for what came before it: the kernel takes in the pick of a moment ago, and JupyterLab saves
  the attempt before. Measured so, the verdict took twice as long as it does for anybody who reads what he checks.
- The time ends with the frame that shows the verdict, as the browser itself notes it: Element Timing says when a text
  was presented. The first task after that frame's callbacks, which was taken for it before, is no measure: the kernel's
  next messages (receipts, the summary) may be taken in between the two, while the student reads the verdict already.
- The picture is no text, so it is timed by that task all the same, and its time is the latest that it can be. It is
  watched for from the verdict on, not from the verdict's frame on, or it could be no earlier than one frame later.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "browser")]

import classroom  # noqa: E402
from notebook_page import NotebookPage  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from serving import JupyterServer, launch  # noqa: E402

REST = 500  # milliseconds before each press

# Presses Check and waits for the frames in which the verdict, then the picture, is seen.
PRESS = """async (title) => {
    const root = [...panel.node.querySelectorAll(".attention-question")]
        .find((one) => one.querySelector(".ac-title").textContent === title);
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
    const becomes = (test) => new Promise((done) => {
        const look = () => test() && (watcher.disconnect(), done());
        const watcher = new MutationObserver(look);
        watcher.observe(root, { subtree: true, childList: true, attributes: true });
        look();
    });
    const seen = (node) => new Promise((done) => { // marked before its first frame, as it has just been put there
        const name = `verdict ${performance.now()}`;
        const watcher = new PerformanceObserver((list) => {
            const entry = list.getEntries().find(({ identifier }) => identifier === name);
            if (entry) (watcher.disconnect(), done(entry.renderTime));
        });
        watcher.observe({ type: "element" });
        node.setAttribute("elementtiming", name);
    });
    const old = root.querySelector(".ac-verdict");
    const judged = () => root.querySelector(".ac-verdict") && root.querySelector(".ac-verdict") !== old;
    const drawn = () => root.querySelector(".ac-result svg") && !root.querySelector("[aria-busy='true']");
    const begun = performance.now();
    root.querySelector(".ac-check").click();
    await becomes(judged);
    const moments = [seen(root.querySelector(".ac-headline")), becomes(drawn).then(painted)];
    return (await Promise.all(moments)).map((moment) => moment - begun);
}"""
FILLINGS = {  # each draws something
    "Task 1": [["query"], ["key"]],
    "Task 2": [["sigmoid"], ["tanh"]],
    "Task 3": [["values"], ["attention_weights"]],
    "Task 4": [["64", "softmax"], ["64**0.5", "sigmoid"]],
    "Task 5": [["embed_dim", "x", "x"], ["embed_dim", "concat_heads", "x"]],
}


def measure(page: NotebookPage) -> list[tuple[float, float]]:
    """Return milliseconds to verdict and to picture for each press, with all ten questions on the page."""
    page.load().run_all()
    return [press(page, title, *texts) for title, fillings in FILLINGS.items() for texts in fillings]


def press(page: NotebookPage, title: str, *texts: str) -> tuple[float, float]:
    """Fill a question and press Check; return milliseconds to verdict and to picture."""
    question = page.question(title).fill(*texts)
    page.page.wait_for_timeout(REST)
    verdict, picture = page.script(PRESS, title)
    question.wait()
    return verdict, picture


def main() -> None:
    """Measure in two fresh notebooks and print the two medians and worst cases."""
    folder = Path(tempfile.mkdtemp(prefix="check-to-paint-"))
    course = classroom.make_course(folder / "course")
    classroom.nbgrader(course, "generate_assignment", "practice")
    server = JupyterServer(folder / "notebooks", folder / "settings")
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            times = []
            for name in ("first.ipynb", "second.ipynb"):
                shutil.copy(course / "release/practice/practice.ipynb", server.folder / name)
                times += measure(NotebookPage(browser.new_page(), server, name))
    finally:
        server.stop()
    for what, milliseconds in zip(("verdict", "picture"), zip(*times, strict=True), strict=True):
        median, worst = statistics.median(milliseconds), max(milliseconds)
        print(f"Check to {what}: median {median:.0f} ms, worst {worst:.0f} ms of {len(milliseconds)}")


if __name__ == "__main__":
    main()
