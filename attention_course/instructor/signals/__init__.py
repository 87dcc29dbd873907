"""Signals, never verdicts: what an instructor may want to look at. Each says nothing by itself.

trace (what is known of one student) -> one signal a file, each a pure function of the class's traces -> signals (all).
Nothing is compared in pairs: what is alike falls into one group by its own value, so a class of 1,000 takes no time.
"""
