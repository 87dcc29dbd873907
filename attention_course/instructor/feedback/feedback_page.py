"""FeedbackPage: what nbgrader's generate_feedback writes, one self-contained page for each student."""

import html
import re
import weakref
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import Exporter
from traitlets import default

from attention_course.answers.record import METADATA_KEY
from attention_course.bank.result import OF, in_words
from attention_course.exercises.find_answer import CODE
from attention_course.exercises.question import Outcome
from attention_course.instructor import pages
from attention_course.instructor.extensions.late import due_in_words, how_long, lateness, moment
from attention_course.instructor.formatting import full_name
from attention_course.instructor.grading.collect_answers import FOUND
from attention_course.instructor.grading.settle_scores import SETTLED
from attention_course.instructor.runner.one_gradebook import OneGradebook
from attention_course.page import progress
from attention_course.page.headlines import HEADLINES
from attention_course.page.static_html import FACTS_MIME, STYLE

BY_HAND = "● Graded by hand"  # what a machine could not grade
SETTLED_MARK = "● Settled"  # by an instructor, where the answer is not what is right now
MARKS = {outcome.value: headline for outcome, headline in HEADLINES.items()}


@dataclass
class Part:
    """Points: how many there are, and how many there could be."""

    score: float
    most: float


@dataclass
class GradedCell(Part):
    """One graded cell as the page shows it."""

    anchor: str
    title: str
    facts: dict[str, Any]
    by_hand: bool
    comment: str
    source: str
    note: str = ""  # on where the answer was found
    settled: list[str] = field(default_factory=list)  # that the question was changed, and what came of it
    shown: list[Markup] = field(default_factory=list)

    @property
    def short(self) -> str:
        """What the overview calls it: "Task 1"."""
        return self.facts.get("title") or self.title

    @property
    def css(self) -> str:
        """The class that colours its verdict; what is settled is neither right nor wrong."""
        outcome = "" if self.mark == SETTLED_MARK else self.facts.get("outcome", "")
        return {"right": "right", "wrong": "wrong"}.get(outcome, "")

    @property
    def is_judged(self) -> bool:
        """Is it right or wrong? Not what is committed, or carried on from another lesson, or could not be graded."""
        unjudged = self.facts.get("committed") or self.facts.get("carried") or self.facts.get("ungraded")
        return bool(self.facts) and not unjudged

    @property
    def mark(self) -> str:
        """Its verdict: "✓ Right"; "" where there is none."""
        outcome = self.facts.get("outcome", "")
        if self.settled and not self.by_hand and outcome != Outcome.RIGHT and (self.score or not self.most):
            return SETTLED_MARK
        return BY_HAND if self.by_hand and outcome == Outcome.UNGRADED else MARKS.get(outcome, "")


class FeedbackPage(Exporter):
    """Makes the page of the graded cells alone: the lesson's passages are not run at grading, and the student has them.

    A question is shown by its output; of a cell in which the student wrote, the source is shown, too.
    """

    output_mimetype = "text/html"
    _opened: OneGradebook | None = None

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Return the page of an autograded notebook, after the preprocessors have done their part."""
        about = resources["nbgrader"]
        with self._gradebook(about["db_url"]).transaction() as gradebook:
            nb, resources = super().from_notebook_node(nb, resources, **kw)
            about = resources["nbgrader"]
            submission = gradebook.find_submission(about["assignment"], about["student"])
            student = full_name(submission.student.first_name, submission.student.last_name, about["student"])
            times = lateness(submission)
            notebook = gradebook.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
            by_hand = {grade.name for grade in notebook.grades if grade.manual_score is not None}
            comments = {comment.name: comment.comment for comment in notebook.comments}
        names = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
        cells = [cell for cell in nb.cells if _is_graded(cell) and not _is_shown_below(cell, names)]
        ours = nb.metadata.get(METADATA_KEY, {})
        questions = [_graded(cell, by_hand, comments, ours) for cell in cells]
        page = pages.render(
            "feedback.html.j2",
            title=_title(nb, about["notebook"]),
            student=student,
            handed_in=moment(times.handed_in) if times.handed_in else "",
            due=due_in_words(times, "for you "),
            late=how_long(times.late) if times.late else "",
            total=Part(about["score"], about["max_score"]),
            penalty=about["late_penalty"],
            patterns=_patterns(questions),
            rule=progress.rule(of_code=any("tested" in question.facts for question in questions)),
            verdict=_verdict(questions),
            questions=questions,
            style=Markup(STYLE),
        )
        return page, resources

    def _gradebook(self, db_url: str) -> OneGradebook:
        """Return the gradebook, opened once for all pages: to open it anew takes as long as to make one."""
        if self._opened is None:
            self._opened = OneGradebook(db_url, self.parent.coursedir.course_id)
            weakref.finalize(self, self._opened.close)
        return self._opened


def _title(nb: Any, name: str) -> str:
    """Return the notebook's first heading."""
    for cell in nb.cells:
        if cell.cell_type == "markdown" and (heading := re.match(r"#\s+(.{1,120})", cell.source)):
            return heading[1].strip()
    return name


def _is_graded(cell: Any) -> bool:
    about = cell.metadata.get("nbgrader", {})
    return any(about.get(role) for role in ("grade", "solution", "task"))


def _is_shown_below(cell: Any, names: set[str]) -> bool:
    """Is this the code that answers a question? The question shows what was graded of it."""
    name = cell.metadata.nbgrader["grade_id"]
    return name.endswith(CODE) and name.removesuffix(CODE) in names


def _graded(cell: Any, by_hand: set[str], comments: dict[str, str], ours: dict[str, Any] | None = None) -> GradedCell:
    """Return a cell as the page shows it; `ours` is what grading has noted in the notebook."""
    found, settled = ((ours or {}).get(what, {}) for what in (FOUND, SETTLED))
    about = cell.metadata.nbgrader
    outputs = cell.get("outputs", [])
    facts: dict[str, Any] = next((o.data[FACTS_MIME] for o in outputs if FACTS_MIME in o.get("data", {})), {})
    theirs = about.get("solution") or about.get("task")
    title = "" if theirs else cell.source.split("\n", 1)[0].lstrip("# ")
    if facts and facts["outcome"] != Outcome.RIGHT:  # the verdict says it already
        outputs = [output for output in outputs if output.output_type != "error"]
    return GradedCell(
        score=about.get("score") or 0,
        most=about.get("points") or 0,
        anchor=f"q-{about.grade_id}",
        title=title or facts.get("title") or about.grade_id,
        facts=facts,
        by_hand=about.grade_id in by_hand,
        comment=comments.get(about.grade_id) or "",
        note=found.get(about.grade_id, "").removeprefix(f"{about.grade_id}: "),
        settled=settled.get(about.grade_id, {}).get("said", []),
        source=cell.source if theirs else "",
        shown=[shown for output in outputs if (shown := _output(output, trusted=not theirs))],
    )


def _output(output: Any, *, trusted: bool) -> Markup | None:
    """Return one output as HTML, None where it is none for a student: scores, and what a hidden test prints."""
    data = output.get("data", {})
    if output.output_type == "error":
        return Markup(f'<p class="wrong">{html.escape(output.evalue)}</p>')
    if FACTS_MIME in data and trusted:
        return Markup(data["text/html"].replace(STYLE, ""))
    if "image/png" in data:
        png = re.sub(r"[^A-Za-z0-9+/=]", "", data["image/png"])
        return Markup(f'<img src="data:image/png;base64,{png}" alt="A picture that this cell made">')
    text = "" if trusted else output.get("text") or data.get("text/plain", "")
    return Markup(f'<pre class="handed-in">{html.escape(text)}</pre>') if text else None


def _verdict(questions: list[GradedCell]) -> str:
    """Return what the answers of a sitting tell, "" where the questions were not drawn for one, or some are open."""
    drawn = [question.facts for question in questions if question.facts.get("drawn")]
    if len(drawn) != OF or any(facts["outcome"] == Outcome.NOT_ATTEMPTED for facts in drawn):
        return ""
    return in_words(sum(facts["outcome"] == Outcome.RIGHT for facts in drawn))


def _patterns(questions: list[GradedCell]) -> list[tuple[progress.Pattern, Part]]:
    """Return the result by difficulty with the points that it gave."""
    asked = [question for question in questions if question.is_judged and not question.facts.get("drawn")]
    results = [(q.facts["difficulty"], Outcome(q.facts["outcome"]), q.facts["attempts"]) for q in asked]
    points: dict[str, Part] = {}
    for question in asked:
        part = points.setdefault(question.facts["difficulty"], Part(0, 0))
        part.score += question.score
        part.most += question.most
    return [(pattern, points[pattern.difficulty]) for pattern in progress.patterns(results)]
