"""Calibration: how often answers were right, by how sure the student was, as a small picture and in words."""

from collections.abc import Sequence

from attention_course.bank.verdict import Calibration

WIDTH, ROW = 120, 24  # of a bar at 100 %, and from bar to bar


def as_html(groups: Sequence[Calibration]) -> str:
    """Return the picture with its numbers as text beside each bar; its ink is the page's, in either theme."""
    if not groups:
        return ""
    rows = "".join(
        f"<tr><th scope='row'>{group.sure}</th><td>{_bar(group)}</td><td>{_of(group)}</td></tr>" for group in groups
    )
    return (
        "<p><strong>How well you know what you know</strong></p><table class='ac-calibration'><thead><tr>"
        "<th scope='col'>You said</th><th scope='col'>Share right</th><th scope='col'>Right</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def in_words(group: Calibration) -> str:
    """Return the numbers of one bar: "you said “sure”: 4 of 5 right"."""
    return f"you said “{group.sure}”: {_of(group)} right"


def _of(group: Calibration) -> str:
    return f"{group.right} of {group.asked}"


def _bar(group: Calibration) -> str:
    """Return a bar, its frame being 100 %; the numbers stand beside it, so nobody need see it."""
    filled = WIDTH * group.right / group.asked
    return (
        f'<svg width="{WIDTH + 2}" height="{ROW - 10}" aria-hidden="true" fill="none" stroke="currentColor">'
        f'<rect x="1" y="1" width="{WIDTH}" height="{ROW - 12}"/>'
        f'<rect x="1" y="1" width="{filled:g}" height="{ROW - 12}" fill="currentColor"/></svg>'
    )
