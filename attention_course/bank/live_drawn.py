"""LiveDrawn: an answer to a question that is drawn from a bank, as its page shows it."""

from typing import Any

from attention_course.bank.drawn_answer import DrawnAnswer
from attention_course.page.live_answer import LiveAnswer


class LiveDrawn(LiveAnswer):
    """Takes with an answer how sure the student is, and tells what came of it once it is withheld no more."""

    answer: DrawnAnswer

    def attempt(self, content: dict[str, Any]) -> str:
        """Record the answer that a page sends."""
        self.answer.check(content.get("picks"), content.get("sure", ""))  # type: ignore[arg-type]  # else refused
        return ""

    def _start_over(self) -> None:
        """Show all at once: what another answer has brought to light has no Check of its own to wait for."""
        self._result = self._solution = ""
        self._complete = self.answer.picks is None or self.answer.withheld
        self._tell(True)
        if self._watchers:
            self.finish()
