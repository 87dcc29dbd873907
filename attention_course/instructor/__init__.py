"""What only whoever teaches needs; no part of it is ever in a released notebook."""

import sys

# nbformat imports jsonschema, and that, where it is installed, a library for a kind of address that no notebook holds.
# It takes two seconds to import, as long as all the rest that a worker needs, so in the course's own programs it is not
# installed. https://github.com/python-jsonschema/jsonschema/issues/1428
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
