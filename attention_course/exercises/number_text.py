"""Numbers as people type them: `0.73`, `0,73`, `1/3`, `2e-5`, `2·10⁻⁵`, `√64`, `1 000`."""

import math
import re

FORMS = "0.73 or 0,73, 1/3, 2e-5, √64, 1 000"  # what a field says that it understands
SIGNS = str.maketrans("−–×·⋅⁄\u00a0\u2009\u202f", "--***/   ")  # minus signs, times, a bar, spaces that do not break
RAISED = re.compile("[⁺⁻]?[⁰¹²³⁴-⁹]+")
LOWERED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
DIGITS = r"(?:\d{1,3}(?:[ _]\d{3})+|\d+)(?:[.,]\d*)?|[.,]\d+"
POWER = r"e([+-]?\d+)|\*\s*10\s*(?:\^|\*\*)\s*([+-]?\d+)"
FORM = re.compile(rf"([+-]?)\s*(?:(√)\s*|sqrt\s*(?=\())?(\()?\s*({DIGITS})\s*(?:{POWER})?\s*(?(3)\))", re.IGNORECASE)
ROOT = re.compile(r"[+-]?\s*(√|sqrt)", re.IGNORECASE)
AMBIGUOUS = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?![\d.,])")


def number(text: str) -> float:
    """Return the number that a text is; raise ValueError, with a sentence where there is more to say, for none.

    A decimal comma is one, so `1,000` can be read in two ways, and is refused.
    """
    plain = RAISED.sub(lambda raised: f"^{raised[0].translate(LOWERED)}", text).translate(SIGNS).strip()
    if found := AMBIGUOUS.search(plain):
        whole, _, rest = found[0].partition(",")
        raise ValueError(f"{found[0]} can be read in two ways: write {whole}{rest} or {whole}.{rest}.")
    top, slash, bottom = plain.partition("/")
    try:
        value = _factor(top) / _factor(bottom) if slash else _factor(top)
    except (ZeroDivisionError, OverflowError):
        raise ValueError from None
    if not math.isfinite(value):
        raise ValueError
    return value


def _factor(text: str) -> float:
    """Return a number without a fraction bar: digits, perhaps with a power of ten, perhaps under a root."""
    text = text.strip()
    form = FORM.fullmatch(text)
    if form is None:
        raise ValueError
    sign, _, _, digits, *powers = form.groups()
    plain = digits.replace(" ", "").replace("_", "").replace(",", ".")
    value = float(f"{plain}e{powers[0] or powers[1] or 0}")
    if ROOT.match(text):
        value = math.sqrt(value)
    return -value if sign == "-" else value


def rounds_to(value: float, written: str) -> bool:
    """Is a written number what a value rounds to? Of a decimal its last digit counts; a fraction or a root is exact."""
    said = number(written)
    decimal = re.fullmatch(r"[+-]?\d*[.,]?(\d*)(?:e([+-]?\d+))?", written.strip(), re.IGNORECASE)
    if decimal is None or not (decimal[1] or decimal[2]):
        return math.isclose(value, said, rel_tol=1e-6, abs_tol=1e-12)
    last = 10.0 ** (int(decimal[2] or 0) - len(decimal[1]))
    return abs(value - said) <= last / 2 * (1 + 1e-6)
