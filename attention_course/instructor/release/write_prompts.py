"""WritePrompts: each question stands in Markdown, too, where it is seen without a kernel."""

import re
from typing import Any

from nbformat.v4 import new_markdown_cell
from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.exercises import text_html
from attention_course.exercises.find_answer import CODE
from attention_course.exercises.question import Question
from attention_course.exercises.read_question import question_in
from attention_course.instructor.release.option_ids import Lines

SPAN = re.compile(r"(`[^`]+`|\*\*.+?\*\*|(?<![\w*])\*[^\s*](?:[^*]*[^\s*])?\*(?![\w*]))")  # as in text_html
SPECIAL = re.compile(r"[\\*_<>\[\]$~&]|^[-+#]|(?<=^\d)[.)]|(?<=^\d\d)[.)]", re.MULTILINE)  # also what begins a list
SUBSCRIPT = re.compile(r"(<sub>\w</sub>)")
TITLE = re.compile(r"\A#\s*@title.*\n?")
FOLDED_TITLE = "#@title Run this cell to show the exercise\n"  # all that JupyterLab shows of a folded cell
AS_TEXT = "<details><summary>The exercise as text</summary>\n\n{text}\n\n</details>"


class WritePrompts(NbGraderPreprocessor):
    """Writes a question's prompt into the heading above it, and folded what it offers; hint and mistakes stay hidden.

    A static view, such as GitHub's, shows a notebook's Markdown and none of its widgets. Then nothing else need show
    title and prompt again: the question is told that it is `asked_above`, and the title of its cell's form, which
    JupyterLab shows as the cell's first line, becomes another one. A question that is answered with code stands below
    the cell for it, and its prompt above that.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write the prompts of one notebook."""
        cells: list[Any] = []
        for cell in nb.cells:
            question, source = asked(cell.source) if cell.cell_type == "code" else (None, "")
            if question:
                place = len(cells) - 1 if cells and _is_answer_to(question, cells[-1]) else len(cells)
                if not place or cells[place - 1].cell_type != "markdown":
                    cells.insert(place, new_markdown_cell(id=f"{question.name}-prompt"))
                    place += 1
                above = cells[place - 1]
                above.source = f"{headed(above.source, question)}\n\n{in_markdown(question)}"
                cell.source = FOLDED_TITLE + TITLE.sub("", source)
            cells.append(cell)
        nb.cells = cells
        return nb, resources


def asked(source: str) -> tuple[Question | None, str]:
    """Return the question that a cell asks, and the cell's source in which it is told that it is asked above.

    The question is None where the cell asks none, or one whose arguments are not written out.
    """
    found = question_in(source)
    if found is None:
        return None, source
    question, call = found
    _, end = Lines(source).span(call.args[-1])
    data = source.encode()
    return question, (data[:end] + b", asked_above=True" + data[end:]).decode()


def _is_answer_to(question: Question, cell: Any) -> bool:
    return cell.metadata.get("nbgrader", {}).get("grade_id") == question.name + CODE


def headed(above: str, question: Question) -> str:
    """Return the Markdown above a question, with its title as a heading where no heading names it yet."""
    headings = [line for line in above.split("\n") if line.startswith("#")]
    if any(re.search(rf"\b{re.escape(question.title)}\b", line) for line in headings):
        return above.rstrip()
    return f"{above.rstrip()}\n\n### {question.title}".lstrip()


def in_markdown(question: Question) -> str:
    """Return a question as Markdown: its prompt, and folded its code and what there is to choose from."""
    code = question.program_text()
    parts = [f"```python\n{code}\n```"] if code else []
    if listed := question.listed():
        parts.append("\n".join(f"- {_option(text, question)}" for text in listed))
    folded = AS_TEXT.format(text="\n\n".join(parts)) if parts else ""
    return "\n\n".join(filter(None, [markdown(question.prompt), folded]))


def _option(text: str, question: Question) -> str:
    return markdown(text) if question.in_prose else f"`{text}`"


def markdown(text: str) -> str:
    """Return a text in the light markup of questions as Markdown that shows the same."""
    return "".join(_part(part) for part in SPAN.split(text))


def _part(part: str) -> str:
    if part.startswith("`") and SPAN.fullmatch(part):
        return part
    if SPAN.fullmatch(part):
        signs = "**" if part.startswith("**") else "*"
        return f"{signs}{_words(part[len(signs) : -len(signs)])}{signs}"
    return _words(part)


def _words(text: str) -> str:
    """Return words with a backslash before each sign that Markdown, or MathJax, would take for its own."""
    pieces = SUBSCRIPT.split(text_html.with_subscripts(text))
    return "".join(piece if SUBSCRIPT.fullmatch(piece) else SPECIAL.sub(r"\\\g<0>", piece) for piece in pieces)
