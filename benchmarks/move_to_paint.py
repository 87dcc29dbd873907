"""How long from moving a query of `hull` to the painted numbers: median and worst of 40 moves in JupyterLab.

Once the page computes them, and once the student's own `attend` does, in the kernel. Run it with
`python benchmarks/move_to_paint.py`, from the project's folder. What a frame's end is, `check_to_paint.py` says.
"""

import statistics
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "browser")]

import classroom  # noqa: E402
import notebook_file  # noqa: E402
from notebook_page import NotebookPage  # noqa: E402
from playwright.sync_api import expect, sync_playwright  # noqa: E402
from serving import JupyterServer, launch  # noqa: E402

ATTEND = """def attend(q, k, v, keep=None):
    weights = (q @ k.mT / q.shape[-1] ** 0.5).softmax(dim=-1)
    return weights @ v, weights
"""
CELLS = {
    "setup": "from attention_course import Explore, Lesson, Write\nlesson = Lesson('moved')",
    "attend-code": ATTEND,
    "attend": "examples = [{'title': 'There', 'code': 'callable(attend)'}]\n"
    "lesson.ask(Write('attend', 'easy', number=1, prompt='Write it.', defines=['attend'], examples=examples,\n"
    "    key='def attend(): pass'));",
    "see": "lesson.ask(Explore('see', 'easy', number=1, prompt='Move it.', explorer='hull', solution='So.',\n"
    "    uses='attend'));",
}
# Moves the pressed pointer to a place, in shares of the plane, and waits for the frame in which other weights are seen.
MOVE = """async ([title, x, y]) => {
    const root = [...panel.node.querySelectorAll(".attention-question")]
        .find((one) => one.querySelector(".ac-title").textContent === title);
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
    const text = () => [...root.querySelectorAll(".ac-weight")].map((one) => one.textContent).join();
    const becomesOther = (old) => new Promise((done) => {
        const look = () => text() !== old && (watcher.disconnect(), done());
        const watcher = new MutationObserver(look);
        watcher.observe(root.querySelector(".ac-numbers"), { subtree: true, childList: true });
        look();
    });
    const plane = root.querySelector(".ac-moved");
    const { left, top, width, height } = plane.getBoundingClientRect();
    const [old, begun] = [text(), performance.now()];
    const where = { clientX: left + x * width, clientY: top + y * height, bubbles: true };
    plane.dispatchEvent(new PointerEvent("pointermove", where));
    await becomesOther(old);
    return (await painted()) - begun;
}"""
PATIENCE = 60_000  # milliseconds for a kernel to begin
PLACES = [(0.55 + 0.02 * (i % 19), 0.2 + 0.5 * (i % 2)) for i in range(40)]  # no two neighbours have the same weights


def measure(page: NotebookPage) -> dict[str, list[float]]:
    """Return the milliseconds of each move, by who computes."""
    page.page.set_default_timeout(PATIENCE)
    page.load().ask("attend-code", "attend", "see")
    task = page.question("Task 1")
    task.check_button.click()
    expect(task.verdict).to_contain_text("Right", timeout=PATIENCE)
    question = page.question("Explorer 1")
    plane = question.root.locator(".ac-moved")
    found = {}
    for who in ("the page", "your own attend"):
        question.root.get_by_label(who).check()
        if who != "the page":
            expect(question.root.locator(".ac-whose-said")).to_contain_text("Computed by your own attend")
        plane.hover(position={"x": 130, "y": 130})
        page.page.mouse.down()
        found[who] = [page.script(MOVE, ["Explorer 1", *place]) for place in PLACES]
        page.page.mouse.up()
        expect(question.root.locator(".ac-whose-said")).to_contain_text(
            "" if who == "the page" else "Computed by your own"
        )
    return found


def main() -> None:
    """Measure in a fresh notebook and print medians and worst cases."""
    folder = Path(tempfile.mkdtemp(prefix="move-to-paint-"))
    server = JupyterServer(folder / "notebooks", folder / "settings")
    try:
        with sync_playwright() as playwright:
            page = NotebookPage(launch(playwright).new_page(), server, "moved.ipynb")
            cells = [classroom.code_cell(source) | {"id": name} for name, source in CELLS.items()]
            notebook_file.make(page.path, cells)
            found = measure(page)
    finally:
        server.stop()
    for who, times in found.items():
        print(f"Computed by {who}: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms of {len(times)}")


if __name__ == "__main__":
    main()
