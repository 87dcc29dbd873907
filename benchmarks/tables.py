"""The tables of docs/performance.md, each from the figures of one benchmark; `TABLES` tells which from which."""

import statistics
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Figures = dict[str, Any]  # by part of a benchmark: {"figures": …, "conditions": …}
Table = Iterator[str]


def class_of_forty(found: Figures) -> Table:
    """Stock nbgrader against the course's command, the start, each further submission, a second run, and parts."""
    about = found["class"]["figures"]
    took = {int(size): statistics.median(runs) for size, runs in about["took"].items()}
    stock, small, large = about.get("stock"), min(took), max(took)
    yield from head("class", "`nbgrader autograde`", "`attention-course grade`", "a submission", "times as fast")
    for size, seconds in sorted(took.items()):
        compared = stock is not None and stock["size"] == size
        slow = f"{stock['seconds']:.0f} s ({stock['seconds'] / size:.2f} s each)" if compared else ""
        ratio = f"**{stock['seconds'] / seconds:.0f}**" if compared else ""
        yield f"| {size} | {slow} | {seconds:.1f} s | {1000 * seconds / size:.0f} ms | {ratio} |"
    yield ""
    if stock:
        yield f"The scores of both, cell by cell, are {'the same' if stock['same'] else '**different**'}."
    if large > small:
        each = (took[large] - took[small]) / (large - small)
        yield f"From a class of {small} to one of {large}, each submission more takes {1000 * each:.0f} ms; so the"
        yield f"start takes {took[small] - small * each:.1f} s."
        yield f"With nothing new, a run takes {median(about['second run'])} s."
    yield f"With pictures kept from another time, the class of {large} takes {median(about['once more'])} s."
    yield ""
    yield from head("where the time of a submission goes", "ms")
    yield from (f"| {part} | {1000 * seconds:.0f} |" for part, seconds in about["parts"].items())
    yield ""
    most = ", ".join(f"{kind} {megabytes:.0f} MB" for kind, megabytes in about["memory"].items())
    yield f"The most memory (PSS) a process held, class of {large}: {most}."


def thousand_students(found: Figures) -> Table:
    """Time of growing classes, the processors' time by kind of process, and the memory of each by quarters."""
    grown = [(lesson, one) for lesson, part in found.items() for one in part["figures"]["grown"]]
    yield from head("lesson", "handed in", "not graded", "the first after", "all after", "each further one", "CPU each")
    for lesson, one in grown:
        times = f"{one['first after']:.1f} s | {one['seconds']:.0f} s | {1000 * one['each']:.0f} ms"
        used = 1000 * sum(one["processor"].values()) / one["size"]
        yield f"| `{lesson}` | {one['size']} | {one['not graded']} | {times} | {used:.0f} ms |"
    largest = list(dict(grown).items())
    yield ""
    yield from head("lesson", "¼ done after", "½", "all", "CPU at ¼", "½", "all")
    for lesson, one in largest:
        when = " | ".join(f"{seconds:.0f} s" for seconds in one["done"].values())
        used = " | ".join(f"{seconds:.0f} s" for seconds in one["processor seconds at"].values())
        yield f"| `{lesson}` | {when} | {used} |"
    yield ""
    yield from head("lesson", "processes", "CPU", "the most memory (PSS) of one, MB, by quarter of the time")
    for lesson, one in largest:
        for kind, quarters in one["memory"].items():
            megabytes = ", ".join(f"{most:.0f}" for most in quarters)
            yield f"| `{lesson}` | {kind} | {one['processor'].get(kind, 0):.0f} s | {megabytes} |"


def killed(found: Figures) -> Table:
    """What was killed, when, and that it came out alike."""
    for lesson, part in found.items():
        about = part["figures"]["killed"]
        moments = ", ".join(f"{moment:.1f}" for moment in about["moments"])
        yield f"- `{lesson}`, {about['size']} submissions: killed {moments} s after each start."
        yield f"  {about['graded before the last']} were graded before the last start."
        yield "  Scores, comments and notebooks are those of a run that nobody killed; nobody was graded twice, and no"
        yield "  process was left."


def separate_machines(found: Figures) -> Table:
    """How long it took with machines that go away."""
    yield from head("lesson", "submissions", "here", "on machines of which one dies and one is cut off")
    for lesson, part in found.items():
        about = part["figures"]
        yield f"| `{lesson}` | {about['size']} | {about['here']:.0f} s | {about['there']:.0f} s |"
    yield ""
    yield "Scores and comments are the same."


def after_grading(found: Figures) -> Table:
    """Feedback pages and the class report."""
    feedback, report = found["feedback"]["figures"], found["report"]["figures"]
    yield from head("after grading", "")
    yield f"| a feedback page, each further one | {1000 * feedback['each']:.0f} ms |"
    yield f"| the report of {report['size']} students | {median(report['took'])} s |"


def release(found: Figures) -> Table:
    """All lessons, and nothing new."""
    about = found["release"]["figures"]
    yield from head("`make release`", "")
    yield f"| all {about['lessons']} lessons | {median(about['everything'])} s |"
    yield f"| again, with nothing new | {median(about['nothing'])} s |"


def page(found: Figures) -> Table:
    """What was measured in a browser on a page of many questions (many_questions.py), in milliseconds."""
    about = found["page"]["figures"]
    scrolling = about["scrolling"]
    yield from head(f"a page of {about['questions']} questions", "median", "worst")
    for what, title in (("verdict", "from Check to the verdict"), ("picture", "from Check to the picture")):
        times = about[what]
        yield f"| {title}, {times['presses']} times | {times['median']} ms | {times['worst']} ms |"
    yield f"| from *Run* to the first question | {about['first_question']} ms | |"
    yield f"| until all cells have run | {about['all_cells']} ms | |"
    yield ""
    yield f"Scrolled through, {scrolling['late_frames']} of {scrolling['frames']} frames were late, the longest gap was"
    yield f"{scrolling['longest_gap']} ms; {scrolling['long_tasks']} tasks were long, at most"
    yield f"{scrolling['longest_task']} ms."


def head(*titles: str) -> list[str]:
    """Return the first two lines of a table."""
    return [f"| {' | '.join(titles)} |", "|" + "---|" * len(titles)]


def median(seconds: Iterable[float]) -> str:
    """Return the median of some runs."""
    return f"{statistics.median(seconds):.1f}"


def conditions(found: Figures) -> Table:
    """Say on which machine, when, and under which load it was measured; once for parts that share all of that."""
    said: dict[str, list[str]] = {}
    for part, kept in found.items():
        about = kept["conditions"]
        load = ", ".join(f"{one:.1f}" for one in about["load before"])
        others = round(100 * about["others' share of the processors"])
        sentence = (
            f"{about['date']}, {about['cores']} cores ({about['processor']}), {about['memory']}, {about['system']}, "
            f"Python {about['python']}; load before it {load}; others used {others} % of the processors meanwhile"
        )
        said.setdefault(sentence, []).append(part)
    for sentence, parts in said.items():
        which = f"{', '.join(parts)}: " if len(said) > 1 else ""
        yield f"*Measured: {which}{sentence}.*"


TABLES: dict[str, Callable[[Figures], Table]] = {
    "class": class_of_forty,
    "thousand_students": thousand_students,
    "killed": killed,
    "separate_machines": separate_machines,
    "after_grading": after_grading,
    "release": release,
    "page": page,
}
