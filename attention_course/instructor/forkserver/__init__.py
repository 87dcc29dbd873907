"""Submissions run in processes forked from one that has imported torch and matplotlib already.

    nbgrader's autograde ────┐
                             ├── ExecuteForked ── ForkServer ══ socket ══ Server ── fork ── Child ── shell
    attention-course grade ──┘    execute_forked   client                 server            child

The fork server is started for the first submission, serves one grading process, and dies with it. Of a student's data
nothing enters it but the answers. What they do is drawn beside it, and it runs none of a student's code; what a child
does stays in that child, a copy.
"""
