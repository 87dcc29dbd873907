"""What only whoever teaches needs; no part of it is ever in a released notebook."""
