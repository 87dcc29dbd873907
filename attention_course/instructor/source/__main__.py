"""Says what is to be mended in source notebooks; it exits with 1 where something is.

python -m attention_course.instructor.source NOTEBOOK…
"""

import sys

from attention_course.instructor.source.check import check_files

sys.exit(check_files(sys.argv[1:]))
