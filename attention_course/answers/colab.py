"""Google Colab: no file is at hand there, but its page hands over the notebook as it stands."""

import sys
from typing import Any

from attention_course.errors import NotebookError

PATIENCE = (5, 10)  # seconds for each try; a page that is still loading does not answer the first
NAME = "This notebook, as Colab holds it,"
HAND_IN = "To hand it in, choose File ▸ Download ▸ Download .ipynb, and hand in that file."
OMITS_OUTPUTS = (
    "✗ This notebook is set to leave its outputs out when it is saved, and on Colab they hold your answers. Choose "
    "Edit ▸ Notebook settings, take the tick off “Omit code cell output when saving this notebook”, and save."
)


def is_here() -> bool:
    """Is this kernel one of Colab's?"""
    return "google.colab" in sys.modules


def document() -> dict[str, Any]:
    """Return the notebook as Colab's page holds it; raise NotebookError where the page does not hand it over.

    The way to ask for it is Colab's own and not promised by anyone, so anything may come back, or nothing.
    """
    reason = "it did not answer"
    for seconds in PATIENCE:
        try:
            from google.colab import _message

            answer = _message.blocking_request("get_ipynb", timeout_sec=seconds)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            continue
        notebook = answer.get("ipynb") if isinstance(answer, dict) else None
        if isinstance(notebook, dict) and isinstance(notebook.get("cells"), list):
            return notebook
    raise NotebookError(f"Colab's page did not hand over this notebook ({reason}).")


def omits_outputs(notebook: dict[str, Any]) -> bool:
    """Will this notebook be saved without its outputs, which are where answers are kept on Colab?"""
    metadata = notebook.get("metadata")
    settings = metadata.get("colab") if isinstance(metadata, dict) else None
    return isinstance(settings, dict) and settings.get("private_outputs") is True
