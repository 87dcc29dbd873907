/** Paints what every kind of exercise has: Check and Reset, the attempts left, notices, and what the kernel says. */
import { mark, paint } from "./dom.js";
import { GONE } from "./kernel.js";
import { attemptsLine, canCheck, same } from "./phase.js";
import { programsInLines } from "./skeleton.js";

/** @typedef {import("./question_page.js").QuestionPage} QuestionPage */

/** Say on the root element which phase the question is in; the styles go by it. */
export function paintPhase(/** @type {QuestionPage} */ { parts, phase, state }) {
  parts.root.dataset.phase = phase;
  mark(parts.root, "data-outcome", state.outcome);
  mark(parts.root, "aria-busy", phase === "checking");
}

/** Paint the row of Check and Reset, and what else is to be said. */
export function paintActions(/** @type {QuestionPage} */ page) {
  const { check, reset, practise, again, left, notice } = page.parts;
  const { phase, state, view } = page;
  const { words } = page.kind;
  const others = { checking: words.busy, silent: "Try again" };
  check.textContent = state.done ? words.done : (others[phase] ?? words.check);
  check.hidden = !page.kind.checks;
  mark(check, "aria-disabled", !canCheck(phase, page.kind));
  mark(check, "tabindex", state.done ? "-1" : "0"); // it stays, as a word, because it may hold the focus
  mark(check, "aria-describedby", Boolean(state.worth) && left.id);
  mark(reset, "aria-disabled", page.locked || same(page.picks, page.kind.empty));
  reset.hidden = !page.kind.resets || (state.done && document.activeElement !== reset);
  practise.textContent = state.practising ? "Back to your answer" : "Practise again";
  practise.hidden = !state.can_practise;
  again.hidden = !state.can_ask_again;
  left.textContent = page.kind.checks ? attemptsLine(state, view) : "";
  notice.textContent = page.notice || (page.kernel.lost && !state.done ? GONE : state.problem);
  notice.hidden = !notice.textContent;
}

/** Paint the verdict, beside Check, and below it output and solution; it is said where the answer was changed since. */
export function paintFeedback(/** @type {QuestionPage} */ { parts, picks, state, kind }) {
  const { feedback, which, verdict, result, solution } = parts;
  const isPast = Boolean(state.verdict_html) && !state.done && !kind.isUnknown(picks) && !same(picks, state.checked_picks);
  which.textContent = isPast ? "before your change" : "";
  which.hidden = !isPast;
  feedback.hidden = !(state.running || state.result_html || state.solution_html);
  paint(verdict, state.verdict_html);
  paint(result, state.running ? `<p class="ac-label ac-running">${kind.words.running}</p>` : state.result_html);
  paint(solution, programsInLines(state.solution_html));
  mark(result, "aria-busy", state.running);
}
