"""How an answer is settled when its question was changed after a release: pure, and what it needs to know."""
