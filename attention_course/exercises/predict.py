"""Predict: a sketch that is committed before the truth is seen, and never judged."""

import html
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises import text_html
from attention_course.exercises.committed import Committed
from attention_course.exercises.drawing import Shown
from attention_course.exercises.options import MOST, letter
from attention_course.exercises.question import Picks
from attention_course.exercises.runner import OWN_MACHINE, Runner
from attention_course.exercises.sketch_bars import Bars
from attention_course.exercises.sketch_choice import OneOf
from attention_course.exercises.sketch_grid import Grid
from attention_course.exercises.sketch_parts import are_labels, is_number, labels

MOST_BARS, MOST_ROWS, MOST_COLUMNS = 12, 12, 10  # as many as a finger can tell apart on a telephone
FORMS = ("bars", "curve", "grid", "options")
HELD_BACK = "What came out is shown after the class is graded."
STEPS = 20  # from the least to the most, where no step is given


@dataclass(eq=False)
class Predict(Committed):
    """A prediction: bars to drag, a curve to sketch, cells of a grid to paint, or one of several options.

    One of these is given: `bars` or `curve`, labels, of which each gets a number from `least` to `most` in steps of
    `step`; `grid`, `{"rows": [...], "columns": [...]}`, of which `painted` says what a painted cell means; `options`,
    texts, or a dict from ids to texts. `truth` is what comes out: a list of numbers, a matrix of bools, an option; or
    code whose last line is that, which is run once the prediction is committed. `code` is shown with the question.
    """

    bars: Any = None
    curve: Any = None
    grid: Any = None
    options: Any = None
    least: float = 0
    most: float = 1
    step: float | None = None
    unit: str = ""
    painted: str = "painted"
    code: str | None = None
    truth: Any = None

    kind: ClassVar[str] = "predict"
    label: ClassVar[str] = "Prediction"
    secret: ClassVar[str] = "truth"
    hidden: ClassVar[frozenset[str]] = frozenset({"truth", "solution"})
    texts: ClassVar[tuple[str, ...]] = (*Committed.texts, "code", "unit", "painted")
    performs: ClassVar[bool] = True
    did: ClassVar[str] = "Your prediction, and what came out"
    lists: ClassVar[str] = "options"

    def validate(self) -> None:
        """Check what is to be sketched, then the truth where it is written out."""
        super().validate()
        self.check_parses("code", self.code or "")
        self.sketch = self._checked_sketch()
        self.truth = textwrap.dedent(self.truth).strip() if isinstance(self.truth, str) else self.truth
        self._truth: tuple[tuple[str, ...] | None, str] | None = None
        if self.truth is not None and not self._is_code:
            self.demand(isinstance(self.truth, list | tuple | Mapping | str), "truth is a list, an option, or code")
            self._known(self.truth, "the truth")
        elif self._is_code:
            self.check_parses("truth's code", self.truth)

    # ---- what an author wrote

    def _checked_sketch(self) -> Bars | Grid | OneOf:
        given = [name for name in FORMS if getattr(self, name) is not None]
        self.demand(len(given) == 1, f"give one of {', '.join(FORMS)}, not {' and '.join(given) or 'none'}")
        if given == ["grid"]:
            return self._checked_grid(self.grid)
        if given == ["options"]:
            return self._checked_options(self.options)
        return self._checked_bars(given[0], getattr(self, given[0]))

    def _checked_bars(self, form: str, given: Any) -> Bars:
        self.demand(are_labels(given, MOST_BARS), f"{form} is a list of 2 to {MOST_BARS} labels that differ")
        numbers = all(is_number(one) for one in (self.least, self.most))
        self.demand(numbers and self.least < self.most, "least and most are numbers, the first of them smaller")
        step = (self.most - self.least) / STEPS if self.step is None else self.step
        fits = is_number(step) and 0 < step <= self.most - self.least
        self.demand(fits, "step is a number above 0, and no larger than from least to most")
        return Bars(labels(given), self.least, self.most, step, self.unit, joined=form == "curve")

    def _checked_grid(self, given: Any) -> Grid:
        good = isinstance(given, Mapping) and set(given) == {"rows", "columns"}
        self.demand(good, 'grid is a dict with "rows" and "columns", each a list of labels')
        for what, most in (("rows", MOST_ROWS), ("columns", MOST_COLUMNS)):
            self.demand(are_labels(given[what], most), f"grid has 2 to {most} {what}, labels that differ")
        self.demand(bool(self.painted), "painted says in a word what a painted cell means")
        return Grid(labels(given["rows"]), labels(given["columns"]), self.painted)

    def _checked_options(self, given: Any) -> OneOf:
        by_id = dict(given) if isinstance(given, Mapping) else {text: text for text in given or ()}
        good = are_labels([*by_id.values()], MOST) and len(by_id) == len(given)
        self.demand(good and all(isinstance(one, str) for one in [*by_id, *by_id.values()]), "options are texts")
        return OneOf(by_id)

    @property
    def _is_code(self) -> bool:
        """Is the truth code to be run, and not an option that is written out?"""
        written = isinstance(self.sketch, OneOf) and self.truth in (*self.sketch.options, *self.sketch.options.values())
        return isinstance(self.truth, str) and not written

    def _known(self, value: Any, what: str) -> tuple[str, ...]:
        try:
            return self.sketch.truth(value)
        except ValueError as error:
            self.demand(False, f"{what} {error}")
            raise

    def contradiction(self) -> str:
        """Say where the truth's code computes nothing that could have been predicted."""
        truth, complaint = self.comes_out()
        return "" if truth or self.truth is None else f"{complaint.rstrip('.')}: mend truth=."

    # ---- an answer

    @property
    def parts(self) -> int:
        """How many texts an answer has: one for each bar, point or row."""
        return self.sketch.parts

    def check_picks(self, picks: Any) -> tuple[str, ...]:
        """Return the sketch as a tuple, or raise PicksError when it is none."""
        texts = self.texts_of(picks)
        try:
            self.sketch.check(texts)
        except ValueError as error:
            raise PicksError(str(error)) from None
        return texts

    def samples(self) -> Sequence[tuple[str, ...]]:
        """Return sketches to try."""
        return self.sketch.samples()

    def wordings(self) -> dict[str, bool]:
        """Return the options' texts; none of them is right."""
        return dict.fromkeys(self.sketch.options.values(), False) if isinstance(self.sketch, OneOf) else {}

    def listed(self) -> Sequence[str]:
        """Return what is to be sketched, or the options."""
        return self.sketch.listed()

    # ---- the truth

    def comes_out(self, runner: Runner = OWN_MACHINE) -> tuple[tuple[str, ...] | None, str]:
        """Return the truth as an answer's texts; or None, and a sentence that says why there is none."""
        if self._truth is None:
            self._truth = self._found_out(runner)
        return self._truth

    def _found_out(self, runner: Runner) -> tuple[tuple[str, ...] | None, str]:
        if self.truth is None:
            return None, HELD_BACK
        value = self.truth
        if self._is_code:
            run = runner.run(self.truth, trusted=self.trusted)
            if run.error:
                return None, f"What comes out could not be computed here: {run.error}"
            value = run.value
        try:
            return self.sketch.truth(value), ""
        except ValueError as error:
            return None, f"What the truth's code computes {error}"

    def perform(self, picks: Picks, runner: Runner = OWN_MACHINE) -> Shown:
        """Return the sketch with the truth over it, and the distance in words."""
        truth, complaint = self.comes_out(runner)
        words = self.sketch.distance(picks, truth) if truth else []
        return Shown(None, self._picture(picks, truth), complaint, words=words, on_page=True)

    def _picture(self, picks: Picks, truth: tuple[str, ...] | None) -> Any:
        from attention_course.pictures import prediction  # which needs matplotlib

        match self.sketch:
            case Bars() as bars:
                said, came_out = [[float(text) for text in texts] for texts in (picks, truth or ())]
                return prediction.bars(bars.labels, said, came_out, bars.least, bars.most, joined=bars.joined)
            case Grid() as grid:
                return prediction.grid(grid.rows, grid.columns, picks, truth, grid.painted)
        return None  # of options, the text says it all

    def revealed(self, picks: Picks, runner: Runner = OWN_MACHINE) -> Mapping[str, Any]:
        """Return the truth, which the page draws over the sketch."""
        truth, _ = self.comes_out(runner)
        return {"truth": list(truth)} if truth else {}

    def program_text(self) -> str:
        """Return the code that the question shows."""
        return self.code or ""

    # ---- showing

    def code_html(self, picks: Picks | None = None) -> str:
        """Return the code that the question is about, "" where there is none."""
        return text_html.code(self.code or "")

    def options_html(self, picks: Picks = ()) -> str:
        """Return the options, and say in words which of them was picked; or what is to be sketched."""
        if not isinstance(self.sketch, OneOf):
            rows = "".join(f"<li>{text_html.inline(text)}</li>" for text in self.listed())
            return "" if picks else f'<ul class="ac-options ac-{self.kind}">{rows}</ul>'
        rows = "".join(
            f"<li>{text_html.inline(text)}{' <strong>← your prediction</strong>' if name in picks else ''}</li>"
            for name, text in self.sketch.options.items()
        )
        return f'<ol type="A" class="ac-options ac-choice">{rows}</ol>'

    def picked_html(self, picks: Picks) -> str:
        """Return the sketch as one line."""
        told = self.sketch.told(picks)
        return text_html.inline(told) if isinstance(self.sketch, OneOf) else html.escape(told)

    def picked_text(self, picks: Picks) -> str:
        """Return the sketch as one line of plain text."""
        return self.sketch.told(picks)

    def class_html(self, answers: Sequence[Picks], runner: Runner) -> str:
        """Return a table of what a class predicted, and what came out."""
        truth, complaint = self.comes_out(runner)
        head, *rows = self.sketch.class_table(answers, truth)
        heads = "".join(f'<th scope="col">{text_html.inline(text)}</th>' for text in head)
        body = "".join(
            f'<tr><th scope="row">{text_html.inline(first)}</th>'
            f"{''.join(f'<td>{text_html.inline(text)}</td>' for text in rest)}</tr>"
            for first, *rest in rows
        )
        note = f"<p>{html.escape(complaint)}</p>" if complaint else ""
        return f'<table class="predicted"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{note}'

    def view(self) -> Mapping[str, Any]:
        """Return what is to be sketched."""
        if not isinstance(self.sketch, OneOf):
            return {"sketch": self.sketch.view(), "options": []}
        options = [
            {"id": name, "letter": letter(place), "label": text, "html": text_html.inline(text)}
            for place, (name, text) in enumerate(self.sketch.options.items())
        ]
        return {"sketch": self.sketch.view(), "options": options}
