"""The course's ten concepts, by which items, cards, and what went wrong elsewhere, are told to belong together."""

# The order says which difficulty a form of the test gives: neighbours differ.
CONCEPTS = ("lookup", "scores", "softmax", "scale", "masks", "values", "heads", "position", "cost", "reading")
