import nbformat
import pytest
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import TraitError

from attention_course.instructor.release.link_colab import LinkColab

ABOUT = {"nbgrader": {"notebook": "practice", "assignment": "practice"}}


def released(step: NbGraderPreprocessor) -> list[str]:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Title")])
    return [cell.source for cell in step.preprocess(notebook, ABOUT)[0].cells]


def test_without_a_repository_there_is_no_link() -> None:
    assert released(LinkColab()) == ["# Title"]


def test_with_a_repository_the_notebook_begins_with_a_link_that_opens_it_in_colab() -> None:
    link, title = released(LinkColab(repository="someone/attention-course"))
    assert title == "# Title"
    assert link.startswith("[![Open in Google Colab](")
    badge, said = link.split("\n\n")
    assert badge.endswith(
        "](https://colab.research.google.com/github/someone/attention-course/blob/main/release/practice/practice.ipynb)"
    )
    assert said.startswith(
        "A notebook that Colab opens from GitHub keeps nothing: choose **File ▸ Save a copy in Drive**"
    )


@pytest.mark.parametrize("name", ["attention-course", "https://github.com/a/b", "a/b/c", "a/b)"])
def test_what_is_no_repository_is_refused(name: str) -> None:
    with pytest.raises(TraitError, match="owner/name"):
        LinkColab(repository=name)


def test_a_link_to_another_lesson_has_one_into_colab_beside_it() -> None:
    text = "Next: [**Learn**](../learn/learn.ipynb), [elsewhere](../learn/other.ipynb) and [docs](docs.md)."
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
    cells = LinkColab(repository="someone/attention-course").preprocess(notebook, ABOUT)[0].cells
    link = "https://colab.research.google.com/github/someone/attention-course/blob/main/release/learn/learn.ipynb"
    assert cells[-1].source == text.replace("learn.ipynb)", f"learn.ipynb) ([in Colab]({link}))", 1)
