"""Warm kernels: each submission's process is forked from one that has imported torch and matplotlib already.

    nbgrader ────────────── ExecuteWarm ── WarmProvisioner ── Nursery ══ socket ══ nursery process ── fork ── kernel
    attention-course grade ── ExecuteCells ────────────────── Nursery ══ socket ══ nursery process ── fork ── shell

The nursery process is started for the first kernel, serves one grading process, and dies with it. No student's data
ever enter it but which of the offered options were picked: what a kernel does stays in that kernel, a copy.
"""
