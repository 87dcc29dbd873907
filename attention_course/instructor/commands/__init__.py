"""The instructor's commands, one a file. What they need is imported when they run, so that `--help` is quick."""
