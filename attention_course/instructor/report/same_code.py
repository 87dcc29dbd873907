"""Same code: what a text of code says, whatever its spaces, line breaks and comments are."""

import io
import tokenize

LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER}
STEPS = {tokenize.INDENT: "→", tokenize.DEDENT: "←", tokenize.NEWLINE: "↵"}


def bare(code: str) -> str:
    """Return code in one way to lay it out; two texts that say the same to Python come out the same.

    The code is read and never run. What is no Python comes out without empty lines and spaces at the ends of lines.
    """
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code.replace("\r\n", "\n").strip() + "\n").readline))
    except (tokenize.TokenError, SyntaxError, ValueError):  # an IndentationError is a SyntaxError
        return "\n".join(line.rstrip() for line in code.splitlines() if line.strip())
    return " ".join(STEPS.get(token.type, token.string) for token in tokens if token.type not in LAYOUT)
