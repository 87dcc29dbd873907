"""Grades a whole class: executes in parallel, keeps the gradebook in one hand, goes on where it was stopped."""

import sys

# jsonschema imports this library, where it is installed, for a kind of address that no notebook holds. It takes as long
# to import as all the rest that a worker needs, so here it is not installed.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
