"""The course's ten concepts, by which a card, and what went wrong elsewhere, are told to belong together."""

CONCEPTS = ("lookup", "scores", "softmax", "scale", "masks", "values", "heads", "position", "cost", "reading")
