"""Words: what the start page says of a standing, wherever it says it."""

from collections.abc import Sequence

from attention_course.course.standing import Standing

TEST_FIRST = "Begin here: what it shows to be strong, you may skip."
STATES = {"unknown": "·", "new": "○", "begun": "◐", "done": "●"}


def number(value: float) -> str:
    """Return points as people write them: 1, 0.5, 2.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def counted(count: float, thing: str) -> str:
    """Return a number with its noun: "1 point", "2 points", "no points"."""
    return f"{number(count) if count else 'no'} {thing}{'' if count == 1 else 's'}"


def state(standing: Standing) -> str:
    """Return in one word how far a mode is."""
    if not standing.is_known:
        return "unknown"
    return "done" if standing.is_done else "begun" if standing.answered else "new"


def how_far(standing: Standing, *, short: bool = False) -> str:
    """Say how far a mode is: "◐ 4 of 10 answered · 3 right · 3 of 10 points · growing"; where `short`, no points."""
    sign = STATES[state(standing)]
    if not standing.is_known:
        return f"{sign} Nothing is known of it here."
    if not standing.answered:
        return f"{sign} Not begun · {counted(standing.asked, 'question')}"
    parts = [f"{sign} {standing.answered} of {standing.asked} answered"]
    if standing.by_code and not standing.judged:
        return parts[0] if short else f"{parts[0]}, as an answer code says; which are right, the lesson itself says"
    at_least, so_far = "at least " if standing.unsure else "", " so far" if standing.so_far else ""
    if standing.judged:
        parts.append(f"{at_least}{standing.right} of {standing.judged} right")
    if standing.due:
        parts.append(f"{counted(standing.due, 'card')} due today")
    if standing.most and standing.judged and not short:
        parts.append(f"{at_least}{number(standing.points)} of {counted(standing.most, 'point')}{so_far}")
    parts += [standing.strength] if standing.strength and standing.is_done else []
    parts += [f"{standing.unsure} judged in the lesson alone"] if standing.unsure and not short else []
    return " · ".join(parts)


def next_step(standing: Standing) -> str:
    """Say what to do next in a mode."""
    lesson = standing.mode.lesson
    if not standing.answered:
        return f"Begin in {lesson}"
    if standing.due:
        return f"Recall what is due in {lesson}"
    if standing.next_title:
        return f"Go on with {standing.next_title} in {lesson}"
    if standing.again_title:
        return f"Look again at {standing.again_title} in {lesson}"
    if not standing.is_done:
        return f"Go on in {lesson}"
    return {"test": "Sit another form in test", "recall": "Nothing is due in recall"}.get(
        lesson, f"Practise again in {lesson}"
    )


def advice(standings: Sequence[Standing]) -> tuple[str, Standing | None]:
    """Return a sentence on what to do first of all, and the mode that it is about."""
    begun = any(standing.answered for standing in standings)
    by_name = {standing.mode.name: standing for standing in standings}
    if not begun and "test" in by_name:
        return TEST_FIRST, by_name["test"]
    on_the_way = [standing for standing in standings if standing.mode.name not in ("test", "recall")]
    to_do = next((standing for standing in on_the_way if not standing.is_done), None)
    if to_do:
        return ("Go on here." if begun else "Begin here."), to_do
    if "test" in by_name and by_name["test"].strength != "strong":
        return "Everything is answered. Is it strong? Take another form, and one more a week later.", by_name["test"]
    return "Everything is answered. What keeps it is to recall it now and then.", None
