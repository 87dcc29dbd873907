"""All who gave the same answer to one question: what it did, and one comment or score for all of them."""
