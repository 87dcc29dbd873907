"""LinkColab: a released notebook says how to open it in Google Colab, where it lies in a public repository."""

import re
from typing import Any

from nbformat.v4 import new_markdown_cell
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import TraitError, Unicode, validate

from attention_course.instructor.checked_options import CheckedOptions

BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
KEEPS_NOTHING = (
    "A notebook that Colab opens from GitHub keeps nothing: choose **File ▸ Save a copy in Drive** first, and work in "
    "the copy."
)
NEIGHBOUR = re.compile(r"\]\(\.\./(?P<name>[\w-]+)/(?P=name)\.ipynb\)")  # a link to another lesson's release
LINK = "https://colab.research.google.com/github/{repository}/blob/{branch}/release/{assignment}/{notebook}.ipynb"


class LinkColab(CheckedOptions, NbGraderPreprocessor):
    """Puts a badge at the top that opens the notebook in Colab, and a link beside each that leads to another lesson.

    Without a repository it does nothing.
    """

    repository = Unicode(
        "", help='The public repository on GitHub that holds release/, as "owner/name"; "" for none.'
    ).tag(config=True)
    branch = Unicode("main", help="The repository's branch.").tag(config=True)

    @validate("repository")
    def _check_repository(self, proposal: Any) -> str:
        if proposal["value"] and not re.fullmatch(r"[\w.-]+/[\w.-]+", proposal["value"]):
            raise TraitError(f'LinkColab.repository is "owner/name" or "", not {proposal["value"]!r}.')
        return proposal["value"]

    def _link(self, assignment: str, notebook: str) -> str:
        return LINK.format(repository=self.repository, branch=self.branch, assignment=assignment, notebook=notebook)

    def _with_link(self, neighbour: re.Match[str]) -> str:
        """Return a link to another lesson with one that opens it in Colab, where the former leads nowhere."""
        return f"{neighbour[0]} ([in Colab]({self._link(neighbour['name'], neighbour['name'])}))"

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Put the link into one notebook."""
        if self.repository:
            about = resources["nbgrader"]
            link = self._link(about["assignment"], about["notebook"])
            badge = f"[![Open in Google Colab]({BADGE})]({link})"
            for cell in nb.cells:
                if cell.cell_type == "markdown":
                    cell.source = NEIGHBOUR.sub(self._with_link, cell.source)
            nb.cells.insert(0, new_markdown_cell(f"{badge}\n\n{KEEPS_NOTHING}", id="colab"))
        return nb, resources
