"""Modes: ten ways into the same subject. Each is a lesson, or some sections of one."""

from collections.abc import Mapping
from dataclasses import dataclass

from attention_course.course.facts import Facts
from attention_course.page.path import PATH


@dataclass(frozen=True)
class Mode:
    """A way to work: what it is called and is, and in which lesson. `sections` are its own where it shares a lesson.

    The mode without sections has all that is no other mode's.
    """

    name: str
    title: str
    lesson: str
    what: str
    sections: tuple[str, ...] = ()


METRICS = ("Numbers to beat", "Mass on target", "How spread out a row is", "What attention costs")
EVERY = (
    Mode(
        "test",
        "Test this pattern",
        "test",
        "Ten questions: how strong are you, and how sure may one be of that?",
    ),
    Mode(
        "why", "Why", "learn", "Meet the problem first: what an average of all words cannot know.", ("Why attention",)
    ),
    Mode("learn", "Learn", "learn", "Compute attention once by hand, and predict each step before you see it."),
    Mode("try", "Try", "practice", "Fill the blanks of real programs, and see what your answer computes."),
    Mode(
        "visualize", "Visualize", "visualize", "Move what you have predicted: vectors, masks, heads, positions, cost."
    ),
    Mode("code", "Code", "code", "Write attention yourself, from a masked softmax to a small language model."),
    Mode("metrics", "Metrics", "experiment", "Numbers that say whether a head does its job.", METRICS),
    Mode("experiment", "Experiment", "experiment", "Train your own model on a pattern known beforehand; break it."),
    Mode("challenge", "Challenge", "challenge", "Set heads by hand, build what today's models do, repair programs."),
    Mode("recall", "Recall", "recall", "Cards that come back after days and weeks: answer first, then look."),
)


def there(facts: Mapping[str, Facts]) -> list[Mode]:
    """Return the modes whose lessons there are."""
    return [mode for mode in EVERY if mode.lesson in facts]


def of_question(lesson: str, question: str, facts: Mapping[str, Facts]) -> str:
    """Return the mode to which a question belongs; one of another version of the lesson belongs to its main mode."""
    section = next((each.title for each in facts[lesson].sections if question in each.questions), "")
    modes = [mode for mode in EVERY if mode.lesson == lesson]
    return next((mode.name for mode in modes if section in mode.sections), main(lesson).name)


def main(lesson: str) -> Mode:
    """Return the mode that has all of a lesson but what is another mode's."""
    return next(mode for mode in EVERY if mode.lesson == lesson and not mode.sections)


def time(mode: Mode, facts: Mapping[str, Facts]) -> str:
    """Say how long a mode takes: in its lesson's own words, or as its sections add up where it shares a lesson."""
    lesson = facts[mode.lesson]
    elsewhere = {title for other in EVERY if other.lesson == mode.lesson for title in other.sections}
    if not elsewhere:
        return lesson.time
    own = mode.sections or {section.title for section in lesson.sections} - elsewhere
    return f"about {sum(section.minutes for section in lesson.sections if section.title in own)} minutes"


def points(mode: Mode, facts: Mapping[str, Facts]) -> float:
    """Return what a mode's questions give together."""
    asked = facts[mode.lesson].questions
    return sum(asked[name] for name in asked if of_question(mode.lesson, name, facts) == mode.name)


def path(facts: Mapping[str, Facts]) -> list[str]:
    """Return the lessons that there are, in the order of the path."""
    return [lesson for lesson in PATH if lesson in facts]
