"""`python -m attention_course.authoring NOTEBOOK…` says what is to be mended; it exits with 1 where something is."""

import sys

from attention_course.authoring.check import main

sys.exit(main(sys.argv[1:]))
