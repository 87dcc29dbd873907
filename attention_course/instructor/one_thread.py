"""The settings with which numpy's and torch's libraries compute with one thread, in a process to fork from.

OpenBLAS ends its threads before each fork, and begins them anew in each child, where they wait for work by using up a
core: to draw the pictures of a class took four times as long.
"""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
