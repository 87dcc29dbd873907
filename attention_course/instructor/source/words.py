"""The words around a question: is one missing, and does one give the key away?"""

import re
from collections.abc import Iterator

from attention_course.exercises.question import Question

CODE = re.compile(r"`([^`]*)`")
WHAT_TO_ADD = {
    "number": "add number=, its place among the tasks or the questions",
    "hint": "add hint=, a step towards the answer that is not the answer",
    "solution": "add solution= to the KEY region",
}


def missing(question: Question) -> Iterator[str]:
    """Yield which of the words around a question are missing."""
    for what, to_do in WHAT_TO_ADD.items():
        if what not in question.wanted():
            continue
        steps = what == "hint" and bool(getattr(question, "hints", ()))  # a hint in steps
        if not getattr(question, what) and not steps:
            yield f"it has no {what}: {to_do}."
    if "mistakes" in question.wanted() and len(question.mistakes) < 2:
        yield "it needs at least two common mistakes: add to mistakes=."
    if question.judged:
        for wrong in question.unexplained():
            yield f"why_not does not say why {wrong}: add a sentence for it."


def giveaways(question: Question) -> Iterator[str]:
    """Yield which text, seen before the answer, has the key's option in it, and none of the others.

    A text that names a wrong option, too, gives nothing away; nor does one where every option is right in some blank.
    """
    right = {text for text, is_right in question.wordings().items() if is_right}
    texts = [("prompt", question.prompt), ("hint", question.hint), *(("mistakes", text) for text in question.mistakes)]
    for what, text in texts:
        named = _named(text, question)
        if named and named <= right and right != set(question.wordings()):
            key = sorted(named)[0]
            yield f"its {what} gives the key {key!r} away: say it in other words, or name a wrong option, too."


def twins(question: Question) -> Iterator[str]:
    """Yield the options that read the same but for spaces and capital letters: both would be right, or neither."""
    same: dict[str, str] = {}
    for text in question.wordings():
        first = same.setdefault("".join(text.split()).casefold(), text)
        if first is not text:
            yield f"its options {first!r} and {text!r} say the same: change one of them."


def _named(text: str, question: Question) -> set[str]:
    """Return the options that a text names; the longest are looked for first, since one may be a part of another.

    An option that is a single word or number counts only where the text marks it as code: `key` is an option, and the
    key of a dictionary is not. In a choice a longer word counts anywhere.
    """
    named = set()
    code, text = " ; ".join(map(_plain, CODE.findall(text))), _plain(text)
    for option in sorted(question.wordings(), key=len, reverse=True):
        word = re.fullmatch(r"\w+", option) is not None and "_" not in option
        anywhere = not word or (question.in_prose and len(option) > 3 and option.isalpha())
        pattern = _pattern(_plain(option))
        if re.search(pattern, text if anywhere else code):
            named.add(option)
            code, text = re.sub(pattern, " ", code), re.sub(pattern, " ", text)
    return named


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split()).casefold()


def _pattern(option: str) -> str:
    """Return a pattern for an option that is not within a longer word, whatever spaces stand between its signs."""
    signs = [re.escape(sign) for sign in re.findall(r"\w+|[^\w\s]", option)]
    before, after = (r"(?<!\w)" if option[:1].isalnum() else ""), (r"(?!\w)" if option[-1:].isalnum() else "")
    return before + r"\s*".join(signs) + after
