"""Outside JupyterLab, too, each text can be read on its real paper: in every state, whatever the front end brings.

The front ends are told by what each of them sets on a page; JupyterLab itself is in test_looks.py.
"""

from typing import Any, NamedTuple

import pytest
from bare_page import BarePage, Kernel
from contrast import contrasts, too_faint

from attention_course import Blanks, Choice

# ipywidgets' own variables, which the widget managers of Colab and VS Code set whatever theme the page has.
IPYWIDGETS = ":root { --jp-content-font-color1: black; --jp-layout-color1: white; --jp-layout-color2: #eeeeee; }"


class FrontEnd(NamedTuple):
    """What a front end sets around a question, and whether that is dark."""

    is_dark: bool
    page: dict[str, str]
    system: str = "light"


def vscode(classes: str, paper: str, ink: str, below: str = "none") -> dict[str, str]:
    colours = f":root {{ --vscode-editor-background: {paper}; --vscode-editor-foreground: {ink}; }}"
    style = f"{IPYWIDGETS} {colours} body {{ background: {paper}; color: {ink}; }}"
    return {"body": f'class="{classes}"', "style": style, "below": below}


FRONT_ENDS = {
    "colab-dark": FrontEnd(
        True, {"html": "theme=dark", "style": IPYWIDGETS + "body { background: #383838; color: #d5d5d5; }"}
    ),
    "colab-light": FrontEnd(False, {"html": "theme=light", "style": IPYWIDGETS}, system="dark"),
    "vscode-dark": FrontEnd(True, vscode("vscode-dark", "#1f1f1f", "#cccccc")),
    "vscode-dark-white-widgets": FrontEnd(True, vscode("vscode-dark", "#1f1f1f", "#cccccc", below="white")),
    "vscode-light": FrontEnd(False, vscode("vscode-light", "#ffffff", "#3b3b3b", below="white"), system="dark"),
    "vscode-high-contrast": FrontEnd(True, vscode("vscode-high-contrast", "#000000", "#ffffff", below="white")),
    "vscode-high-contrast-light": FrontEnd(
        False, vscode("vscode-high-contrast vscode-high-contrast-light", "#ffffff", "#292929"), system="dark"
    ),
    "notebook-6": FrontEnd(False, {"body": 'class="notebook_app"', "style": IPYWIDGETS}, system="dark"),
    "a-page-that-follows-the-system": FrontEnd(True, {"style": "body { background: black; }"}, system="dark"),
}

TASK: dict[str, Any] = {
    "prompt": "Make weights of `scores`, **for certain**.",
    "program": "import torch  # as always\n\nscores = torch.ones(1, 2) / [1]\n"
    "weights = scores.[2](dim=-1)\nprint(weights)",
    "options": {name: name for name in ("softmax", "sigmoid", "query", "2")},
    "hint": "Think of `weights`.",
    "mistakes": ["Thinking of nothing."],
    "draw": "heatmap(globals().get('weights', scores), ['query'], ['key 1', 'key 2'], title='Weights')",
    "key": ["2", "softmax"],
    "why_not": [{"query": "No `query` is a number."}, {"sigmoid": "`sigmoid` refuses `dim`."}],
    "solution": "**Softmax** makes `weights`.",
}
CHOICE: dict[str, Any] = {
    "prompt": "Which?",
    "options": {"value": "the `value`", "key": "the `key`"},
    "key": "key",
    "why_not": {"value": "Not the `value`."},
    "solution": {"steps": ["One.", "Two."], "answer": "B: the `key`", "check": "Look."},
    "draw": "heatmap([[0.5, 0.5]])",
}


def questions() -> list[Kernel]:
    """Return a question for each state, those that need the student among them as they begin."""
    attempts = [[], [], [["2", "sigmoid"]], [["query", "softmax"]], [["2", "softmax"]], [["query", "2"]] * 3]
    tasks = [Kernel(Blanks(f"task-{n}", "easy", number=n, **TASK), *tried) for n, tried in enumerate(attempts, 1)]
    tried = [[], [["value"]], [["key"]]]
    return tasks + [Kernel(Choice(f"choice-{n}", "hard", number=n, **CHOICE), *a) for n, a in enumerate(tried, 1)]


def bring_into_all_states(bare: BarePage) -> None:
    first, picked_up, wrong, changed = (bare.question(f"Task {n}") for n in (1, 2, 3, 4))
    for task in first, wrong:
        for summary in task.root.locator("summary").all():
            summary.click()
    first.check_button.click(force=True)  # it looks disabled, yet tells why
    picked_up.option("softmax").click()
    picked_up.blank(1).click()
    picked_up.option("sigmoid").click()
    changed.option("2").click()
    changed.blank(1).click()
    bare.question("Question 1").radio("A").check()


@pytest.mark.parametrize("name", FRONT_ENDS)
def test_every_text_can_be_read_on_its_paper_in_every_state(name, empty_page):
    front_end = FRONT_ENDS[name]
    bare = BarePage(empty_page(color_scheme=front_end.system), **front_end.page).show(*questions())
    bring_into_all_states(bare)
    main = bare.page.locator("main")
    assert too_faint(main) == []
    assert {"Weights", "✗ Not right", "✓ Right", "before your change"} <= {text for text, _ in contrasts(main)}
    assert main.evaluate(IS_DARK) == front_end.is_dark


IS_DARK = """(main) => getComputedStyle(main.querySelector(".attention-question")).colorScheme === "dark" """
