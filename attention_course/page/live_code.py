"""LiveCode: an answer that is code, as its page shows it. What came of a Check is shown as long as the kernel runs."""

from typing import Any

from attention_course.answers import bringing
from attention_course.answers.answer import Answer
from attention_course.answers.card_answer import CardAnswer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.explore_answer import ExploreAnswer
from attention_course.errors import PicksError
from attention_course.page import code_html, own_cells, preload, verdicts
from attention_course.page.live_answer import LiveAnswer
from attention_course.page.live_card import LiveCard
from attention_course.page.live_explorer import LiveExplorer


class LiveCode(LiveAnswer):
    """Runs the code that a page says is there when Check is pressed, and shows what came of it."""

    answer: CodeAnswer

    def attempt(self, content: dict[str, Any]) -> str:
        """Run the answer that stands in the notebook over the examples and, if the page asks for more, the checks.

        If the page asks for it, the answer is brought from another lesson's notebook, and returned.
        """
        answer, question = self.answer, self.answer.question
        preload.wait()  # importing torch takes longer than an answer may take
        if question.brings and content.get("bring") is True:
            path = content.get("path")
            brought = bringing.bring(question, path if isinstance(path, str) else None)
            answer.try_out(brought)
            return brought.text
        recorded = answer.picks[0] if answer.picks else ""
        found = own_cells.found(question, content.get("cells"), recorded)
        if found is None:
            reached = own_cells.sent(content.get("cells")) is not None
            raise PicksError(question.unpicked if reached else own_cells.NOT_RUN.format(name=question.defines[0]))
        answer.try_out(found, more=content.get("more") is True)
        return ""

    def show_solution(self) -> None:
        """Open the worked solution."""
        self.answer.show_solution()

    def finish(self) -> None:
        """Add the worked solution, where it may be seen."""
        with self.answer.lock:
            if not self._complete:
                self._complete = True
                self._tell(False)

    def _start_over(self) -> None:
        """Show what is known now: nothing of it takes long, since the code has run."""
        answer = self.answer
        tried = answer.tried if answer.tried and (answer.tried.text,) == answer.picks else None
        self._result = code_html.result(tried, verdicts.LIVE, answer.runner) if tried else ""
        self._solution = verdicts.LIVE.solution(answer) if answer.solution_is_open else ""
        self._complete = True
        self._tell(True)

    def state(self) -> dict[str, Any]:
        """Return all that follows from the record, as JSON values; `checks` is how many further checks there are."""
        answer = self.answer
        return {
            **super().state(),
            "verdict_html": code_html.verdict(answer),
            "checks": len(answer.checks),
            "can_show_solution": bool(answer.question.judged and answer.question.solution)
            and not answer.solution_is_open,
        }


def live_answer_to(answer: Answer) -> LiveAnswer:
    """Return an answer in the form in which its page shows it."""
    if isinstance(answer, ExploreAnswer):
        return LiveExplorer(answer)
    if isinstance(answer, CardAnswer):
        return LiveCard(answer)
    if answer.question.bank:
        return answer.question.bank.live_answer_to(answer)
    return LiveCode(answer) if isinstance(answer, CodeAnswer) else LiveAnswer(answer)
