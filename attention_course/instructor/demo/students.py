"""Twelve made-up students, and how each of them answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from attention_course.exercises.credit import Credit, points

NOTHING = "-"


@dataclass(frozen=True)
class MadeUpStudent:
    """A student of the demo's, and what happens at each question of the lesson, in the notebook's order.

    A word of `plan` has one letter for each press of Check: "R" for a right answer, "W" for a wrong one; "-" is a
    question never answered. `hands_in` says what still holds the answers in the file that is handed in:
    "everything", as JupyterLab saves it; "receipts", as from an editor where the page cannot write to the notebook;
    "metadata", after Clear All Outputs.
    """

    id: str
    first_name: str
    last_name: str
    plan: str
    hands_in: str = "everything"

    @property
    def words(self) -> list[str]:
        """The plan, question by question."""
        return self.plan.split()

    def words_for(self, questions: int) -> list[str]:
        """The plan for a lesson with so many questions: what it asks beyond the plan is never answered."""
        return [*self.words, *[NOTHING] * (questions - len(self.words))]

    @property
    def expected(self) -> list[int]:
        """The points this student must get: a question counts when its last answer is right."""
        return [int(point) for point in self.expected_with(Credit())]

    def expected_with(self, credit: Credit, worth: Sequence[float] = ()) -> list[float]:
        """The points where the lesson gives credit by attempts; what wrong answers give by blanks is not known here.

        `worth` says how many points each question has, 1 where it says nothing.
        """
        shares = [credit.by_attempt[len(word) - 1] if credit.by_attempt else 1 for word in self.words]
        right = [word.endswith("R") for word in self.words]
        most = [*worth, *[1.0] * (len(right) - len(worth))]
        return [
            points(share, each) if is_right else 0 for share, is_right, each in zip(shares, right, most, strict=False)
        ]


CLASS = [
    #                                                      tasks 1–5         questions 1–5
    MadeUpStudent("amara", "Amara", "Okafor", "            R R R R R         R R R R R"),
    MadeUpStudent("bjorn", "Björn", "Lindqvist", "         WR WR WR WWR WWR  R WR R WWR WR"),
    MadeUpStudent("chiara", "Chiara", "Romano", "          R R WWW WWW WWW   R R R WWW WWW"),
    MadeUpStudent("dmitri", "Dmitri", "Volkov", "          WWW WWW WWW WWW WWW  WWW WWW WWW WWW WWW"),
    MadeUpStudent("esperanza", "Esperanza", "Quispe", "    - - - - -         - - - - -"),
    MadeUpStudent("fatima", "Fatima", "Haddad", "          R R R R WWR       R R R R R", "receipts"),
    MadeUpStudent("giorgos", "Giorgos", "Papadakis", "     R W WW - -        R W - - -"),
    MadeUpStudent("hana", "Hana", "Satō", "                R WR R WWR R      R R WR R R", "metadata"),
    MadeUpStudent("ishaan", "Ishaan", "Patel", "           - - - - -         R R R WR R"),
    MadeUpStudent("jaroslava", "Jaroslava", "Nováková", "  R R R R R         - - - - -"),
    MadeUpStudent("keala", "Keala", "Kahananui", "         W W W W W         W W W W W"),
    MadeUpStudent("linh", "Linh", "Nguyễn", "              R R WWR WWW -     WWW R WWR - R", "receipts"),
]
