"""What the numbers of test theory mean, in a sentence beside each."""

from attention_course.instructor.report.items import ENOUGH_FOR_DIFFICULTY, ENOUGH_FOR_DISCRIMINATION, TELLING, Item

# From which value on (the first that fits counts).
DIFFICULTY = [
    (0.85, "easy for this class: nearly everybody gets it"),
    (0.6, "manageable: most get it"),
    (0.3, "hard for this class, and in the range that shows differences best"),
    (0.0, "very hard: few get it. Look at the commonest wrong answers below"),
]
# After R. L. Ebel and D. A. Frisbie, Essentials of Educational Measurement (1991).
DISCRIMINATION = [
    (0.4, "very telling: who gets this right does well in the other questions, too"),
    (0.3, "telling: who gets this right mostly does well in the other questions, too"),
    (0.2, "somewhat telling: the link with the other questions is weak"),
    (0.0, "hardly telling: it has little to do with how one does in the other questions"),
    (-1.0, "the wrong way round: who does well elsewhere rather gets this wrong. Check the key and the wording"),
]
TOO_FEW = "too few students to tell: said from {} on (why: see the end of this page)"
HOW = [
    "**Difficulty** p is the mean of a question's points as a share of what it can give, so a **high** p means an easy "
    "question. A question that was not attempted counts as no points. p is put into words from "
    f"{ENOUGH_FOR_DIFFICULTY} students on: with fewer it is uncertain by more than 0.2 either way.",
    "**Discrimination** r is the correlation of the points in a question with the points in all the other questions, "
    "from −1 to 1: does this question tell those who know from those who do not? It is shown from "
    f"{ENOUGH_FOR_DISCRIMINATION} students on: with fewer, even a question that tells them apart reasonably well "
    f"(r = {TELLING}) cannot be told from chance.",
    "Both are numbers of classical test theory (Crocker and Algina, 1986); the words for r follow Ebel and Frisbie "
    "(1991).",
]


def difficulty_in_words(item: Item) -> str:
    """Say how hard a question is for this class."""
    if item.count < ENOUGH_FOR_DIFFICULTY:
        return TOO_FEW.format(ENOUGH_FOR_DIFFICULTY)
    if item.difficulty is None:
        return "not to be told: the question gives no points"
    return f"p = {item.difficulty:.2f}, {_meaning(item.difficulty, DIFFICULTY)}"


def discrimination_in_words(item: Item) -> str:
    """Say whether a question tells those who know from those who do not."""
    if item.count < ENOUGH_FOR_DISCRIMINATION:
        return TOO_FEW.format(ENOUGH_FOR_DISCRIMINATION)
    if item.discrimination is None:
        return "not to be told: everybody has the same points here, or in all the other questions"
    number = f"{item.discrimination:.2f}".replace("-", "−")
    return f"r = {number}, {_meaning(item.discrimination, DISCRIMINATION)}"


def _meaning(value: float, scale: list[tuple[float, str]]) -> str:
    return next((words for least, words in scale if value >= least), scale[-1][1])
