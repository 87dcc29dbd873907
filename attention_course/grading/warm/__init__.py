"""Warm kernels: each grading kernel is forked from a process that has imported torch and matplotlib already.

    nbgrader ── Execute ── WarmProvisioner ── Nursery ══ socket ══ nursery process ── fork ── kernel

The nursery process is started for the first kernel, serves one grading process, and dies with it. No student's data
ever enter it: what a kernel does stays in that kernel, a copy.
"""
