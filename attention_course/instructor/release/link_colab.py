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
LINK = "https://colab.research.google.com/github/{repository}/blob/{branch}/release/{assignment}/{notebook}.ipynb"


class LinkColab(CheckedOptions, NbGraderPreprocessor):
    """Puts a badge at the top that opens the notebook in Colab; without a repository it does nothing."""

    repository = Unicode(
        "", help='The public repository on GitHub that holds release/, as "owner/name"; "" for none.'
    ).tag(config=True)
    branch = Unicode("main", help="The repository's branch.").tag(config=True)

    @validate("repository")
    def _check_repository(self, proposal: Any) -> str:
        if proposal["value"] and not re.fullmatch(r"[\w.-]+/[\w.-]+", proposal["value"]):
            raise TraitError(f'LinkColab.repository is "owner/name" or "", not {proposal["value"]!r}.')
        return proposal["value"]

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Put the link into one notebook."""
        if self.repository:
            about = resources["nbgrader"]
            link = LINK.format(
                repository=self.repository,
                branch=self.branch,
                assignment=about["assignment"],
                notebook=about["notebook"],
            )
            badge = f"[![Open in Google Colab]({BADGE})]({link})"
            nb.cells.insert(0, new_markdown_cell(f"{badge}\n\n{KEEPS_NOTHING}", id="colab"))
        return nb, resources
