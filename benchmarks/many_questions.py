"""A page of 25 questions in JupyterLab: until the first is seen, from Check to the verdict, and how it scrolls.

Run it with `python benchmarks/many_questions.py [FILE]`, from the project's folder: it prints the figures, and writes
them as JSON into the file. `measured()` returns them. What the time to the verdict is, `check_to_paint.py` says.

- The lesson is released, and the kernel takes the code that it brings along, as a student's does.
- The time to the first question begins with *Run All Cells*, while the kernel is idle, and ends with the frame that
  shows it.
- The page is scrolled from its top to its end, a step each frame. It stutters where a frame comes later than STUTTER, or
  a task keeps the page for longer than 50 ms, which is what browsers call a long task.
"""

import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from check_to_paint import FILLINGS, press
from many_lesson import QUESTIONS, make
from notebook_page import NotebookPage
from playwright.sync_api import sync_playwright
from serving import JupyterServer, launch

STUTTER = 50  # milliseconds between two frames
STEP = 40  # pixels a frame, which is 2,400 a second
PATIENCE = 60_000  # milliseconds
# The kernel has the project installed; a student's has not.
FORGET = "import os, sys; sys.path[:] = [p for p in sys.path if p and not os.path.isdir(p + '/attention_course')]"
RUN = """async () => {
    const seen = new Promise((done) => {
        const watcher = new PerformanceObserver((list) => {
            const entry = list.getEntries().find(({ identifier }) => identifier === "first");
            if (entry) (watcher.disconnect(), done(entry.renderTime));
        });
        watcher.observe({ type: "element" });
    });
    const watcher = new MutationObserver(() => {
        const check = panel.node.querySelector(".attention-question .ac-check");
        if (check) (watcher.disconnect(), check.setAttribute("elementtiming", "first"));
    });
    watcher.observe(panel.node, { subtree: true, childList: true });
    const begun = performance.now();
    const run = app.commands.execute("notebook:run-all-cells");
    const first = (await seen) - begun;
    await run;
    return [first, performance.now() - begun];
}"""
SCROLL = """async (step) => {
    const scroller = panel.node.querySelector(".jp-WindowedPanel-outer");
    const [gaps, tasks] = [[], []];
    const watcher = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
    watcher.observe({ type: "longtask" });
    const frame = () => new Promise(requestAnimationFrame);
    scroller.scrollTop = 0;
    let last = await frame();
    let stays = 0; // frames in which nothing moved: what comes into sight may make the page longer
    while (stays < 20) {
        const top = scroller.scrollTop;
        scroller.scrollTop = top + step;
        const now = await frame();
        gaps.push(now - last);
        last = now;
        stays = scroller.scrollTop > top ? 0 : stays + 1;
    }
    watcher.disconnect();
    return { gaps, tasks, pixels: scroller.scrollTop };
}"""


def measured(folder: Path) -> dict[str, Any]:
    """Return the figures, in milliseconds, of a page of 25 questions; all that is made for it stands in the folder."""
    notebook = make(folder / "course")
    server = JupyterServer(folder / "notebooks", folder / "settings")
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            shutil.copy(notebook, server.folder / "many.ipynb")
            page = NotebookPage(browser.new_page(), server, "many.ipynb")
            page.page.set_default_timeout(PATIENCE)
            return _measured(page)
    finally:
        server.stop()


def _measured(page: NotebookPage) -> dict[str, Any]:
    page.load()
    page.script("(code) => panel.sessionContext.session.kernel.requestExecute({ code }).done.then(() => {})", FORGET)
    first, all_run = page.script(RUN)
    page.page.wait_for_timeout(3000)  # torch is imported meanwhile
    asked = [(_later(title, turn), texts) for turn in (0, 1) for title in FILLINGS for texts in FILLINGS[title]]
    times = [press(page, title, *texts) for title, texts in asked]
    verdicts, pictures = (list(each) for each in zip(*times, strict=True))
    scrolled = page.script(SCROLL, STEP)
    gaps, tasks = scrolled["gaps"], scrolled["tasks"]
    return {
        "questions": QUESTIONS,
        "first_question": round(first),
        "all_cells": round(all_run),
        "verdict": _in_short(verdicts),
        "picture": _in_short(pictures),
        "scrolling": {
            "pixels": round(scrolled["pixels"]),
            "frames": len(gaps),
            "late_frames": sum(gap > STUTTER for gap in gaps),
            "longest_gap": round(max(gaps)),
            "long_tasks": len(tasks),
            "longest_task": round(max(tasks, default=0)),
        },
    }


def _later(title: str, turn: int) -> str:
    """Return the title of the task that asks the same in a later turn: "Task 6"."""
    kind, number = title.split()
    return f"{kind} {int(number) + 5 * turn}"


def _in_short(times: list[float]) -> dict[str, int]:
    return {"median": round(statistics.median(times)), "worst": round(max(times)), "presses": len(times)}


def lines(found: dict[str, Any]) -> list[str]:
    """Return the figures in words."""
    verdict, picture, scrolling = found["verdict"], found["picture"], found["scrolling"]
    return [
        f"First of {found['questions']} questions {found['first_question']} ms after Run; all run after"
        f" {found['all_cells']} ms",
        f"Check to verdict: median {verdict['median']} ms, worst {verdict['worst']} ms of {verdict['presses']}",
        f"Check to picture: median {picture['median']} ms, worst {picture['worst']} ms of {picture['presses']}",
        f"Scrolling: {scrolling['late_frames']} of {scrolling['frames']} frames later than {STUTTER} ms, longest gap"
        f" {scrolling['longest_gap']} ms; {scrolling['long_tasks']} long tasks, longest {scrolling['longest_task']} ms",
    ]


def main() -> None:
    """Measure, print, and write the figures where a file is named."""
    found = measured(Path(tempfile.mkdtemp(prefix="many-questions-")))
    print("\n".join(lines(found)))
    for file in sys.argv[1:]:
        Path(file).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
