"""LiveExplorer: an explorer as its page shows it, locked or open."""

from typing import Any

from attention_course.answers.explore_answer import ExploreAnswer
from attention_course.page import preload
from attention_course.page.live_answer import LiveAnswer


class LiveExplorer(LiveAnswer):
    """Tells the page which prediction an explorer waits for, and opens it where somebody skips that."""

    answer: ExploreAnswer

    def show_solution(self) -> None:
        """Open the explorer without its prediction."""
        self.answer.skip()

    def state(self) -> dict[str, Any]:
        """Return all that follows from the record, as JSON values."""
        waits_for, own = self.answer.waits_for, self.answer.own
        return {
            **super().state(),
            "waits_for": {"name": waits_for.name, "title": waits_for.title} if waits_for else None,
            "skipped": bool(self.answer.record.shown),
            "own": {"title": own.question.title, "revision": own.record.revision} if own else None,
        }

    def told(self, state: Any) -> dict[str, Any]:
        """Return what the student's own function makes of a state."""
        preload.wait()  # importing torch takes longer than the function may take
        return self.answer.ask(state)
