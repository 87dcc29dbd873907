"""The sandbox: student-written code is graded in a process that can do nothing but compute.

    kernel (hidden tests, keys) ── control socket ── warm process: has torch, has never seen a course, a key, a student
      Student ── LockedLink ── values alone ──┐         │ forks for each answer
                                              └──── locked child: seccomp, Landlock, limits; the student's code

`Sandbox` opens answers; `shared` finds the run's warm process, or has `client` start it; `Lock` is what a child is
locked in with, and `probe` proves that it holds. Where it does not, nothing is run: NoSandbox. docs/sandbox.md says
what it stops.
"""
