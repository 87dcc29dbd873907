"""What the students get: made from the source, with no key and no hidden test in it."""

import ast
import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import classroom
import nbformat
import pytest
from classroom import FILE, LESSON, NOTEBOOK
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum

from attention_course import Blanks
from attention_course.errors import NotebookError, QuestionError
from attention_course.exercises import seal
from attention_course.instructor import regions
from attention_course.instructor.release.clear_traces import ClearTraces
from attention_course.instructor.release.embed_package import unpacked
from attention_course.instructor.release.fold_questions import FoldQuestions
from attention_course.instructor.release.guard_questions import guarded
from attention_course.instructor.release.question_calls import question_calls
from attention_course.instructor.release.seal_keys import sealed
from attention_course.instructor.release.validate_summary import ValidateSummary
from attention_course.instructor.release.write_prompts import WritePrompts, markdown

QUESTION = """\
answer = lesson.ask(Blanks(
    "sum", "easy",
    prompt="What is added?",
    program="print(1 + [1])",
    options=["1", "2"],
    ### BEGIN KEY
    key=["2"],
    why_not={"1": "That makes 2."},
    solution="Two "
             "makes three.",
    ### END KEY
))"""


def unsealed(text: str) -> str:
    """Spell out what is packed: how that is done may differ from one machine's zlib to another's."""
    notebook = json.loads(text)
    setup = classroom.cell(notebook, "setup")
    setup["source"] = [unpacked("".join(setup["source"])), setup["source"][-3:]]
    text = json.dumps(notebook)
    return re.sub(r'sealed=\\"(.*?)\\"', lambda found: json.dumps(seal.unseal(found[1], "?")), text)


def test_the_committed_release_is_what_the_source_generates(released_course: Path) -> None:
    fresh = (released_course / f"release/{NOTEBOOK}").read_text(encoding="utf-8")
    committed = (classroom.ROOT / f"release/{NOTEBOOK}").read_text(encoding="utf-8")
    assert unsealed(committed) == unsealed(fresh), "run `make release` and commit release/"


def test_the_release_is_one_valid_notebook_and_nothing_else(released_course: Path) -> None:
    files = [path.name for path in (released_course / "release").rglob("*") if path.is_file()]
    assert files == [FILE]
    nbformat.validate(nbformat.read(released_course / f"release/{NOTEBOOK}", as_version=4))


def test_no_key_and_no_hidden_test_is_found_in_the_release_by_plain_search(released_course: Path) -> None:
    notebook = classroom.released(released_course)
    text = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    for word in ("BEGIN", "END KEY", "HIDDEN", "key=", "why_not", "solution=", "points(", ".run("):
        assert word not in text
    hidden = classroom.hidden_lines(regions.KEY, regions.HIDDEN_TESTS)
    assert [line for line in hidden if line in text] == []
    assert text.count("sealed=") == len(classroom.RIGHT)


def test_the_search_would_find_what_it_looks_for() -> None:
    for name, at_least in ((regions.KEY, 100), (regions.HIDDEN_TESTS, 10)):
        assert len(classroom.hidden_lines(name)) > at_least


def test_each_sealed_part_holds_its_question_s_key(released_course: Path) -> None:
    notebook = classroom.released(released_course)
    for name, right in classroom.RIGHT.items():
        source = "".join(classroom.cell(notebook, name)["source"])
        packed = re.search(r'sealed="(.*)",$', source, re.MULTILINE)
        assert packed
        key = seal.unseal(packed[1], name)["key"]
        assert [key] == right or key == right


def test_the_release_holds_no_trace_of_the_instructor(course: Path) -> None:
    path = course / f"source/{NOTEBOOK}"
    notebook = classroom.read(path)
    notebook["metadata"] |= {"attention_course": {"answers": {}}, "widgets": {"state": {}}, "author": "me"}
    notebook["metadata"]["kernelspec"] = {"display_name": "My own", "language": "python", "name": "my-env"}
    for cell in notebook["cells"]:
        cell["metadata"] |= {"execution": {"iopub.execute_input": "2026"}, "executionInfo": {"user": "me"}}
        if cell["cell_type"] == "code":
            cell["metadata"]["jupyter"] = {"outputs_hidden": True, "source_hidden": False}
            cell["execution_count"] = 7
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "tried"}]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    for left_behind in (
        f"{LESSON}.db",
        f".ipynb_checkpoints/{LESSON}-checkpoint.ipynb",
        ".DS_Store",
        "x.log",
        "gradebook.db",
    ):
        (path.parent / left_behind).parent.mkdir(exist_ok=True)
        (path.parent / left_behind).write_text("{}", encoding="utf-8")
    before = [_without_folding(cell) for cell in classroom.released(course)["cells"]]

    classroom.nbgrader(course, "generate_assignment", LESSON, "--force")

    after = classroom.released(course)
    assert sorted(after["metadata"]) == ["kernelspec", "language_info"]
    assert after["metadata"]["kernelspec"]["name"] == "python3"
    assert [_without_folding(cell) for cell in after["cells"]] == before
    assert all(
        classroom.cell(after, name)["metadata"]["jupyter"] == {"source_hidden": True} for name in classroom.RIGHT
    )
    assert [path.name for path in (course / "release").rglob("*") if path.is_file()] == [FILE]


def _without_folding(cell: dict) -> dict:
    return cell | {"metadata": {key: cell["metadata"][key] for key in cell["metadata"] if key != "jupyter"}}


def test_a_stray_copy_of_the_notebook_is_not_released() -> None:
    about = {"nbgrader": {"notebook": f"{LESSON}-Copy1", "assignment": LESSON}}
    with pytest.raises(NotebookError, match=r"practice-Copy1\.ipynb .* move or delete"):
        ClearTraces().preprocess(nbformat.v4.new_notebook(), about)


def test_only_questions_are_folded_and_only_what_merely_shows_something_may_fail() -> None:
    notebook = nbformat.v4.new_notebook()
    setup = nbformat.v4.new_code_cell("import x", metadata={"nbgrader": {"grade_id": "setup"}})
    notebook.cells = [nbformat.v4.new_code_cell(QUESTION), nbformat.v4.new_code_cell("heatmap(weights)"), setup]
    FoldQuestions().preprocess(notebook, {})
    assert notebook.cells[0].metadata == {"jupyter": {"source_hidden": True}, "cellView": "form"}
    assert notebook.cells[1].metadata == {"tags": ["raises-exception"]}, "it holds up no question where it fails"
    assert setup.metadata == {"nbgrader": {"grade_id": "setup"}}


def test_a_key_region_becomes_one_line_at_its_place() -> None:
    lines = sealed(QUESTION, keep=True).split("\n")
    assert lines[:6] == [*QUESTION.split("\n")[:5], lines[5]]
    assert lines[6:] == ["))"]
    packed = re.fullmatch(r' {4}sealed="(.*)",', lines[5])
    assert packed
    assert seal.unseal(packed[1], "sum") == {
        "key": ["2"],
        "why_not": {"1": "That makes 2."},
        "solution": "Two makes three.",
    }
    ast.parse("\n".join(lines))


def test_a_key_region_is_dropped_where_feedback_comes_after_grading() -> None:
    assert sealed(QUESTION, keep=False) == "\n".join([*QUESTION.split("\n")[:5], "))"])


def test_cells_without_a_question_are_left_as_they_are() -> None:
    for source in ("%matplotlib inline\n!ls", "from attention_course import Blanks, Choice", "x = 1"):
        assert sealed(source, keep=True) == source


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    ### END KEY\n", "", "never ended"),
        ("    ### BEGIN KEY\n", "", "was not begun"),
        ("    key=", "    ### BEGIN KEY\n    key=", "within another"),
        ('    ### BEGIN KEY\n    key=["2"],\n', '    key=["2"],\n    ### BEGIN KEY\n', "holds no key="),
        ("    ### END KEY\n))", '    ### END KEY\n    key=["1"],\n))', "key= would be released"),
        (
            '    ### BEGIN KEY\n    key=["2"],',
            '    why_not={},\n    ### BEGIN KEY\n    key=["2"],',
            "why_not= would be released",
        ),
        ('    solution="Two "\n', '    ### END KEY\n    solution="Two "\n', "was not begun"),
        (
            '"Two "\n             "makes three.",\n    ### END KEY',
            '"Two "\n    ### END KEY\n    "makes three.",',
            "goes on after",
        ),
        ('["2"],\n    why', '["1" + x],\n    why', "key= is not a literal"),
        ('key=["2"]', 'key={"2"}', "texts, numbers, lists and dicts only"),
        ("    solution=", '    hint="Count.",\n    solution=', "hint= cannot be sealed"),
        ('    options=["1", "2"],', '    options=["1", "2"], **more,', "not given as"),
        ("))", "", "not plain Python"),
    ],
)
def test_a_question_that_cannot_be_sealed_is_refused_with_a_sentence(old: str, new: str, said: str) -> None:
    assert QUESTION.count(old) == 1
    with pytest.raises(QuestionError, match=said):
        sealed(QUESTION.replace(old, new), keep=True)


def test_a_question_without_a_key_region_is_refused() -> None:
    with pytest.raises(QuestionError, match="has one KEY region"):
        sealed('lesson.ask(Choice("a", "easy", prompt="?", options=["1", "2"]))', keep=True)


def test_the_picture_of_a_choice_s_solution_must_be_sealed() -> None:
    source = 'Choice("a", "easy", draw="heatmap([[1]])",\n### BEGIN KEY\nkey="A",\n### END KEY\n)'
    with pytest.raises(QuestionError, match="draw= would be released"):
        sealed(source, keep=True)


def test_a_region_outside_of_a_question_is_refused() -> None:
    with pytest.raises(QuestionError, match="outside of a question"):
        sealed("### BEGIN KEY\nkey = 1\n### END KEY", keep=True)


def test_a_broken_source_names_its_cell_and_releases_nothing(course: Path) -> None:
    path = course / f"source/{NOTEBOOK}"
    path.write_text(path.read_text(encoding="utf-8").replace("### END KEY", "### END", 1), encoding="utf-8")
    shutil.rmtree(course / "release")
    said = classroom.nbgrader(course, "generate_assignment", LESSON, fails=True)
    assert "Cell 'attention-scores': a KEY region is never ended; add a line ### END KEY." in said
    assert not list((course / "release").rglob("*.ipynb"))


# ---- prompts in Markdown, guards, what Validate shows


def released_cells(*cells: nbformat.NotebookNode, step: type = WritePrompts) -> list[nbformat.NotebookNode]:
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    return step().preprocess(notebook, {})[0].cells


def test_a_question_stands_in_the_markdown_above_it_where_a_static_view_shows_it() -> None:
    heading, question = released_cells(
        nbformat.v4.new_markdown_cell("### Task · adding"), nbformat.v4.new_code_cell(QUESTION)
    )
    assert heading.source == (
        "### Task · adding\n\nWhat is added?\n\n<details><summary>The exercise as text</summary>\n\n"
        "```python\nprint(1 + [1])\n```\n\n- `1`\n- `2`\n\n</details>"
    )
    asked = QUESTION.replace('"easy",', '"easy", asked_above=True,')
    assert question.source == f"#@title Run this cell to show the exercise\n{asked}"


def test_the_title_stands_once_above_each_question_whatever_its_author_wrote_there() -> None:
    question = nbformat.v4.new_code_cell(QUESTION)
    (made, _) = released_cells(question)
    assert made.source.startswith("### Task\n\nWhat is added?")
    nbformat.validate(nbformat.v4.new_notebook(cells=[made]))
    (passage, _) = released_cells(nbformat.v4.new_markdown_cell("## Sums\n\nTasks are fun."), question)
    assert passage.source.startswith("## Sums\n\nTasks are fun.\n\n### Task\n\nWhat is added?")


def test_what_jupyterlab_shows_of_a_folded_question_is_not_its_title_once_more(released_course: Path) -> None:
    for name in classroom.RIGHT:
        first, second = "".join(classroom.cell(classroom.released(released_course), name)["source"]).split("\n")[:2]
        assert first == "#@title Run this cell to show the exercise"
        assert "@title" not in second


def test_hint_mistakes_and_solution_are_not_written_into_the_markdown(released_course: Path) -> None:
    cells = classroom.released(released_course)["cells"]
    above = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    source = classroom.read(released_course / "source/practice/practice.ipynb")
    for name in classroom.RIGHT:
        (call, kind) = next(question_calls("".join(classroom.cell(source, name)["source"])))
        given = {argument.arg: ast.literal_eval(argument.value) for argument in call.keywords}
        said = ("hint", "mistakes", "solution", "why_not")
        hidden = [text for key in said for text in _texts(given.get(key)) if len(text) > 40]
        assert len(hidden) > 3
        offered = given["options"].values()
        assert not [text for text in hidden if text not in offered and markdown(text) in above], name
        assert markdown(kind(*map(ast.literal_eval, call.args), **given).prompt) in above


def _texts(value: object) -> list[str]:
    values = value.values() if isinstance(value, dict) else value
    return [value] if isinstance(value, str) else [text for each in values or [] for text in _texts(each)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Use `a_b * 2` and **all** of it.", "Use `a_b * 2` and **all** of it."),
        ("what *came* before, *d_k*, 2 * 3 * 4", r"what *came* before, *d<sub>k</sub>*, 2 \* 3 \* 4"),
        ("seq_len, d_k, 2 * 3", r"seq\_len, d<sub>k</sub>, 2 \* 3"),
        ("a < b & $5 [x] ~", r"a \< b \& \$5 \[x\] \~"),
        ("- one\n1. two\n# three", "\\- one\n1\\. two\n\\# three"),
    ],
)
def test_a_prompt_looks_in_markdown_as_it_does_in_the_widget(text: str, written: str) -> None:
    assert markdown(text) == written


def test_a_question_whose_arguments_are_not_written_out_is_shown_by_its_widget_alone() -> None:
    source = QUESTION.replace('"What is added?"', "f'{1}'")
    (cell,) = released_cells(nbformat.v4.new_code_cell(source))
    assert cell.source == source


def run_in(names: dict, source: str) -> dict:
    exec(source, names)
    return names


def test_a_question_without_its_setup_cell_says_what_to_do_where_python_would_show_a_traceback(capsys) -> None:
    source = sealed(QUESTION, keep=True)
    with pytest.raises(NameError):
        run_in({}, source)
    run_in({}, guarded(source))
    said = "Run all cells, the first one first: then this exercise appears. What you had answered is kept.\n"
    assert capsys.readouterr().out == said


def test_with_its_setup_cell_a_guarded_question_is_asked_as_before() -> None:
    asked_for = []
    lesson = SimpleNamespace(ask=asked_for.append)
    names = run_in({"lesson": lesson, "Blanks": Blanks}, guarded("#@title A\n" + sealed(QUESTION, keep=True)))
    assert [question.name for question in asked_for] == ["sum"]
    assert "answer" in names


@pytest.mark.parametrize("source", ["heatmap(weights)", "%pip install x", "answer = lesson", "x = ask(1)", ""])
def test_what_asks_no_question_is_not_guarded(source: str) -> None:
    assert guarded(source) == source


def test_the_released_summary_is_a_graded_cell_of_no_points_which_the_gradebook_does_not_know(course: Path) -> None:
    cell = classroom.cell(classroom.released(course), "summary")
    about = cell["metadata"]["nbgrader"]
    assert (about["grade"], about["points"], about["locked"], about["solution"]) == (True, 0, True, False)
    assert about["checksum"] == compute_checksum(nbformat.from_dict(cell | {"source": "".join(cell["source"])}))
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        notebook = gradebook.find_notebook("practice", "practice")
        assert "summary" in {cell.name for cell in notebook.source_cells}
        assert {cell.name for cell in notebook.grade_cells} == set(classroom.RIGHT)
        assert notebook.max_score == len(classroom.RIGHT)


def test_other_cells_are_not_made_graded_ones() -> None:
    about = {"grade": False, "grade_id": "x", "locked": True, "schema_version": 3, "solution": False, "task": False}
    for source in ("lesson = Lesson('practice')", "# lesson.summary()", "lesson.summary"):
        cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": dict(about)})
        assert released_cells(cell, step=ValidateSummary)[0].metadata.nbgrader == about
    plain = nbformat.v4.new_code_cell("lesson.summary()")
    assert released_cells(plain, step=ValidateSummary)[0].metadata == {}
