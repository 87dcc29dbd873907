"""Calls functions that a student wrote: at home in the student's own kernel, at grading in a locked process elsewhere.

    test ── Student ── encode ── frame ── Link ── frame ── decode ── Host ── the student's function
                  └─── decode ── frame ───────────── frame ── encode ──┘

A test never holds an object of the student's, only values that are made anew on its side, so nothing that the code
patches or overrides is ever asked whether it is right. Both ways go through the same codec, so copies, types and errors
are the same at home. The sandbox's `Link` is in the instructor's half.
"""
