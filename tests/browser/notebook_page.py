"""A student's notebook in a browser, with JupyterLab or Notebook 7 around it."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import notebook_file
from playwright.sync_api import Locator, Page, expect
from question_on_page import QuestionOnPage
from serving import JupyterServer
from waiting import PATIENCE, until

# A script of ours finds the front end as `app` and the notebook that is shown as `panel`.
SCRIPT = """([argument, patience]) => {
    const [app, panel] = [jupyterapp, jupyterapp.shell.currentWidget];
    const late = new Promise((_, refuse) => setTimeout(refuse, patience, new Error("The page does not get done.")));
    return Promise.race([(%s)(argument), late]);
}"""
# To expect what is not there yet has Playwright describe the whole page, again and again: so what runs is waited for.
DRAWN = """async (cells) => {
    const isWidget = ({ data }) => data?.["application/vnd.jupyter.widget-view+json"];
    const isLate = ({ model, node }) =>
        model.outputs?.toJSON().some(isWidget) && !node.querySelector(".attention-question");
    for (let times = 0; times < 100 && cells.some(isLate); times++) await new Promise((done) => setTimeout(done, 50));
}"""
RUN = f"""async (ids) => {{
    const cells = ids.map((id) => panel.content.widgets.find((cell) => cell.model.id === id));
    if (cells.includes(undefined)) throw new Error(`There is no cell ${{ids[cells.indexOf(undefined)]}}.`);
    for (const cell of cells) {{
        panel.content.activeCellIndex = panel.content.widgets.indexOf(cell);
        await app.commands.execute("notebook:run-cell");
    }}
    await ({DRAWN})(cells);
}}"""
RUN_ALL = f"""async () => {{
    await app.commands.execute("notebook:run-all-cells");
    await ({DRAWN})(panel.content.widgets);
}}"""
CLOSE = """async () => {
    await globalThis[Symbol.for("attention-course.saves")]?.get(panel.context)?.last?.catch(() => {});
    panel.dispose();
}"""
READY = """(name) => {
    const panel = globalThis.jupyterapp?.shell.currentWidget;
    const isShown = panel?.context?.isReady && panel.context.path === name && panel.content.widgets.length > 0;
    return isShown && panel.sessionContext.session?.kernel?.status === "idle";
}"""
SETTLED = """async () => {
    const saves = () => globalThis[Symbol.for("attention-course.saves")]?.get(panel.context)?.last;
    for (let last = null; last !== saves(); ) await (last = saves())?.catch(() => {});
}"""
# A question by its title. That it is a region of this name is seen on the bare page: to look for one among all that a
# front end shows takes three times as long, each time.
QUESTION = '.attention-question:visible:has([data-part="title"]:text-is("%s"))'
TEXT = "([id, selector]) => panel.content.widgets.find((cell) => cell.model.id === id).node.querySelector(selector)"


class NotebookPage:
    """One notebook, open in one tab of a browser."""

    def __init__(self, page: Page, server: JupyterServer, name: str) -> None:
        self.page, self.server, self.name = page, server, name

    @property
    def path(self) -> Path:
        """Where the notebook is on disk."""
        return self.server.folder / self.name

    def script(self, function: str, argument: Any = None) -> Any:
        """Run a function of JavaScript in the page and return what it returns."""
        return self.page.evaluate(SCRIPT % function, [argument, PATIENCE * 1000])

    def wait(self) -> "NotebookPage":
        """Wait until notebook and kernel are there."""
        self.page.wait_for_function(READY, arg=self.name, polling=100)  # by frames, a page behind others waits for ever
        return self

    # ---- open and close

    def load(self) -> "NotebookPage":
        """Load a JupyterLab of one's own (a workspace, in its words) with the notebook."""
        return self._load(f"lab/workspaces/{secrets.token_hex(4)}/tree")

    def load_notebook7(self) -> "NotebookPage":
        """Load Notebook 7 with the notebook."""
        return self._load("notebooks")

    def _load(self, where: str) -> "NotebookPage":
        self.page.goto(f"{self.server.url}/{where}/{self.name}?token={self.server.token}")
        return self.wait()

    def open(self) -> "NotebookPage":
        """Open the notebook in a JupyterLab that is loaded, which takes a fifth of the time."""
        self.command("docmanager:open", path=self.name)
        return self.wait()

    def reload(self) -> "NotebookPage":
        """Reload the page."""
        self.page.reload()
        return self.wait()

    def load_anew(self) -> "NotebookPage":
        """Have the page that the tests share loaded anew with this notebook, and without what was open before."""
        self.page.goto(f"{self.server.url}/lab/tree/{self.name}?reset&token={self.server.token}")
        return self.wait()

    def show_widgets(self) -> "NotebookPage":
        """Wait for what a running kernel has on the page. Where JupyterLab has found nothing, load it anew.

        While a page loads, JupyterLab asks the kernel for its widgets, and on a busy machine it gives up for good.
        """
        given_up = self.page.get_by_text("Error displaying widget: model not found")
        shown = self.page.locator(".attention-question").or_(given_up).first
        expect(shown).to_be_visible()
        return self.load() if given_up.count() else self

    def close(self) -> None:
        """Close the notebook, saved or not, once no save is under way."""
        self.script(CLOSE)

    # ---- what a student does with a notebook

    def use_theme(self, name: str) -> "NotebookPage":
        """Have JupyterLab look "Light", as it does at first, or "Dark"."""
        self.command("apputils:change-theme", theme=f"JupyterLab {name}")
        is_light = str(name == "Light").lower()
        self.page.wait_for_selector(f"body[data-jp-theme-light='{is_light}']", state="attached")
        return self

    def in_both_themes(self) -> Iterator[str]:
        """Yield the name of each theme, in which JupyterLab is then; it ends light."""
        for name in ("Dark", "Light"):
            self.use_theme(name)
            yield name

    def command(self, name: str, **arguments: Any) -> None:
        """Start a command of the front end, as its menus do."""
        self.script("([name, given]) => void app.commands.execute(name, given)", [name, arguments])

    def run(self, *cells: str) -> "NotebookPage":
        """Run cells, named by their ids, one after another."""
        self.script(RUN, list(cells))
        return self

    def ask(self, *questions: str) -> "NotebookPage":
        """Run the setup cell and the cells of some questions."""
        return self.run("setup", *questions)

    def run_all(self) -> "NotebookPage":
        """Run all cells."""
        self.script(RUN_ALL)
        return self

    def restart(self) -> "NotebookPage":
        """Restart the kernel and run nothing."""
        kernel = self.server.kernel_of(self.name)
        self.command("kernelmenu:restart")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        until(lambda: not kernel.is_running(), "the old kernel ends")
        return self.wait()

    def save(self) -> "NotebookPage":
        """Save, and wait for the file."""
        self.script("() => app.commands.execute('docmanager:save')")
        return self

    # ---- what a student sees

    def question(self, title: str) -> QuestionOnPage:
        """Return a question by its title: "Task 1"."""
        return QuestionOnPage(self.page.locator(QUESTION % title))

    @property
    def summary(self) -> Locator:
        """The region named "Your result"."""
        return self.page.locator(".attention-summary:visible")

    def cells(self) -> list[str]:
        """Return the ids of the cells."""
        return self.script("() => panel.content.widgets.map((cell) => cell.model.id)")

    def receipt(self, cell: str) -> str:
        """Return the text of a cell's receipt, "" where there is none."""
        return self.script(TEXT + "?.textContent ?? ''", [cell, ".attention-receipt"])

    def output(self, cell: str) -> str:
        """Return the text of a cell's outputs."""
        return self.script(TEXT + ".textContent", [cell, ".jp-OutputArea"])

    def expect_summary(self, text: str) -> None:
        """Run the summary's cell and wait until it says this."""
        self.run("summary")
        expect(self.summary.last).to_contain_text(text)

    def expect_on_disk(self, **attempts: list[list[str]]) -> None:
        """Wait until the file holds these attempts and no save is under way, and no dialog has come up.

        An underscore in a name is a hyphen in the question's.
        """
        named = {name.replace("_", "-"): picks for name, picks in attempts.items()}
        notebook_file.expect_attempts(self.path, named)
        self.script(SETTLED)
        expect(self.page.locator(".jp-Dialog")).to_have_count(0)
