"""What may travel between a test and student-written code, and how much of it."""

MOST_TEXT = 2 << 20  # bytes of a frame's JSON
MOST_BYTES = 64 << 20  # bytes of a frame's tensors
MOST_DEPTH = 32  # of lists in lists
MOST_PARTS = 50_000  # values in a value
MOST_AXES = 16  # of a tensor
MOST_SOURCE = 100_000  # characters of an answer, which even when escaped fit into a frame
MOST_PRINTED = 20_000  # characters that a call prints
MOST_MESSAGE = 2_000  # characters of an exception's message
LONGEST_NAME = 80  # characters
LONGEST_LINE = 200  # characters of a line of the answer

# What an answer may take where nobody says else.
SECONDS = 5.0  # for each call
CPU = 10.0  # seconds of computing, all calls together; 30 are enough to train a small model
MEMORY = 1 << 30  # bytes beside those of the libraries

# The tensors that travel, and the bytes of one element.
ITEM_BYTES = {
    "float16": 2,
    "bfloat16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
    "complex128": 16,
    "uint8": 1,
    "int8": 1,
    "int16": 2,
    "int32": 4,
    "int64": 8,
    "bool": 1,
}


def fits(number: int) -> bool:
    """Can an integer travel, which means: has it at most 64 bits?"""
    return -(2**63) <= number < 2**64
