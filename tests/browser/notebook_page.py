"""A student's notebook in a browser: JupyterLab's or Notebook 7's page around it, and the file on disk."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from question_on_page import QuestionOnPage
from serving import JupyterServer, until

RUN = """async (ids) => {
    const { content, sessionContext } = jupyterapp.shell.currentWidget;
    await sessionContext.ready;
    for (const id of ids) {
        content.activeCellIndex = content.widgets.findIndex((cell) => cell.model.id === id);
        await jupyterapp.commands.execute("notebook:run-cell");
    }
}"""
READY = """(name) => {
    const panel = globalThis.jupyterapp?.shell.currentWidget;
    return panel?.context?.isReady && panel.context.path === name && panel.content.widgets.length > 0;
}"""
KERNEL_READY = "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"


class NotebookPage:
    """One notebook, open in one tab of a browser."""

    def __init__(self, page: Page, server: JupyterServer, name: str) -> None:
        self.page, self.server, self.name = page, server, name

    @property
    def path(self) -> Path:
        """Where the notebook is on disk."""
        return self.server.folder / self.name

    def load(self, front_end: str = "lab/tree") -> "NotebookPage":
        """Load the page of a front end (`lab/tree` or `notebooks`) with the notebook and wait for its kernel."""
        self.page.goto(f"{self.server.url}/{front_end}/{self.name}?token={self.server.token}")
        return self.wait()

    def open(self) -> "NotebookPage":
        """Open the notebook in a JupyterLab that is there, which takes a fifth of the time."""
        self.command("docmanager:open", path=self.name)
        return self.wait()

    def close(self) -> None:
        """Close the notebook, saved or not."""
        self.page.evaluate("jupyterapp.shell.currentWidget?.dispose()")

    def reload(self) -> "NotebookPage":
        """Reload the page."""
        self.page.reload()
        return self.wait()

    def wait(self) -> "NotebookPage":
        """Wait until notebook and kernel are there."""
        self.page.wait_for_function(READY, arg=self.name)
        self.page.wait_for_function(KERNEL_READY)
        return self

    # ---- what a student does with a notebook

    def command(self, name: str, **arguments: Any) -> None:
        """Run a command of the front end, as its menus do."""
        self.page.evaluate("([name, with_]) => void jupyterapp.commands.execute(name, with_)", [name, arguments])

    def run(self, *cells: str) -> "NotebookPage":
        """Run cells, named by their ids, one after another."""
        self.page.evaluate(RUN, list(cells))
        return self

    def ask(self, *questions: str) -> "NotebookPage":
        """Run the setup cell and the cells of some questions."""
        return self.run("setup", *questions)

    def run_all(self) -> "NotebookPage":
        """Run all cells."""
        self.page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
        return self

    def restart(self) -> None:
        """Restart the kernel and run nothing."""
        kernel = self.server.kernel_of(self.name)
        self.command("kernelmenu:restart")
        self.page.get_by_role("button", name="Restart", exact=True).click()
        until(lambda: not kernel.is_running(), "the old kernel ends")
        self.page.wait_for_function(KERNEL_READY)

    def save(self) -> None:
        """Save, and wait for the file."""
        self.page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")

    def question(self, title: str) -> QuestionOnPage:
        """Return a question by its title: "Task 1"."""
        return QuestionOnPage(self.page.get_by_role("region", name=title, exact=True))

    def titles(self) -> list[str]:
        """Return the titles of the questions that are shown."""
        return self.page.locator(".attention-question .ac-title").all_text_contents()

    # ---- what is in the notebook, on the page and on disk

    def cells_on_page(self) -> list[str]:
        """Return the ids of the page's cells."""
        return self.page.evaluate("jupyterapp.shell.currentWidget.content.widgets.map((cell) => cell.model.id)")

    def receipt(self, cell: str) -> str:
        """Return the text of a cell's receipt on the page."""
        return self.page.evaluate(
            """(id) => [...jupyterapp.shell.currentWidget.content.widgets].find((cell) => cell.model.id === id)
                .node.querySelector(".attention-receipt")?.textContent ?? "" """,
            cell,
        )

    def summary(self) -> str:
        """Run the summary's cell and return what it says."""
        self.run("summary")
        return self.page.evaluate(
            """() => [...jupyterapp.shell.currentWidget.content.widgets]
                .find((cell) => cell.model.id === "summary").outputArea.node.textContent"""
        )

    def on_disk(self) -> dict[str, Any]:
        """Return the notebook's file."""
        return json.loads(self.path.read_text(encoding="utf-8"))

    def picks_in_metadata(self) -> dict[str, list[list[str]]]:
        """Return all attempts that the metadata of the file holds, by question."""
        answers = self.on_disk()["metadata"].get("attention_course", {}).get("answers", {})
        return {name: _picks(record) for name, record in answers.items()}

    def picks_in_receipts(self) -> dict[str, list[list[str]]]:
        """Return all attempts that the receipts of the file hold, by question."""
        outputs = [output for cell in self.on_disk()["cells"] for output in cell.get("outputs", [])]
        mime = "application/vnd.attention-course.receipt+json"
        receipts = [output["data"][mime] for output in outputs if mime in output.get("data", {})]
        return {receipt["question"]: _picks(receipt["record"]) for receipt in receipts}

    def expect_on_disk(self, expected: dict[str, list[list[str]]]) -> None:
        """Wait until metadata and receipts on disk both hold these attempts."""

        def both() -> bool:
            try:
                return self.picks_in_metadata() == expected == _attempted(self.picks_in_receipts())
            except ValueError:  # read while it was written
                return False

        try:
            until(both, "the answers on disk")
        except TimeoutError:
            assert self.picks_in_metadata() == expected
            assert _attempted(self.picks_in_receipts()) == expected

    def expect_no_dialog(self) -> None:
        """Wait for nothing: no dialog may be open."""
        expect(self.page.locator(".jp-Dialog")).to_have_count(0)


def _picks(record: dict[str, Any]) -> list[list[str]]:
    return [attempt["picks"] for attempt in record["attempts"]]


def _attempted(answers: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    return {name: attempts for name, attempts in answers.items() if attempts}
