"""LiveExplorer: an explorer as its page shows it, locked or open."""

from typing import Any

from attention_course.answers.explore_answer import ExploreAnswer
from attention_course.page.live_answer import LiveAnswer


class LiveExplorer(LiveAnswer):
    """Tells the page which prediction an explorer waits for, and opens it where somebody skips that."""

    answer: ExploreAnswer

    def show_solution(self) -> None:
        """Open the explorer without its prediction."""
        self.answer.skip()

    def state(self) -> dict[str, Any]:
        """Return all that follows from the record, as JSON values."""
        waits_for = self.answer.waits_for
        named = {"name": waits_for.name, "title": waits_for.title} if waits_for else None
        return {**super().state(), "waits_for": named, "skipped": bool(self.answer.record.shown)}
