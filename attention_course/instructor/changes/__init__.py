"""A lesson that is changed after its release: what changed, whom it costs, and what a regrade makes of it."""
