/** Which phase a question is in, and what is said of it: pure functions. */

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Picks} Picks */
/** @typedef {import("./kernel.js").Pending} Pending */
/** @typedef {{empty: Picks, obstacle: (picks: Picks) => string, repeats?: boolean}} Answering  What a phase depends on of a kind. */

const UNCHANGED = "This is what you checked last: change your answer first.";

/** Are these the same JSON values? */
export function same(/** @type {any} */ a, /** @type {any} */ b) {
  if (Object(a) !== a || Object(b) !== b) return a === b;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  const alike = Array.isArray(a) === Array.isArray(b) && names.length === others.length;
  return alike && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]));
}

/** Name the phase a question is in; every one looks different on the page. */
export function phaseOf(
  /** @type {State} */ state,
  /** @type {Picks} */ picks,
  /** @type {Pending|null} */ pending,
  /** @type {Answering} */ kind,
) {
  if (pending) return pending.silent ? "silent" : "checking";
  if (state.done) return state.outcome === "wrong" ? "spent" : state.outcome;
  if (state.attempts > 0 && same(picks, state.checked_picks)) return state.outcome;
  if (!kind.obstacle(picks)) return "ready";
  return same(picks, kind.empty) ? "untouched" : "partly";
}

/** Say why nothing can be checked now, or "". */
export function obstacle(/** @type {string} */ phase, /** @type {Picks} */ picks, /** @type {Answering} */ kind) {
  return kind.obstacle(picks) || (canRepeat(phase) && !kind.repeats ? UNCHANGED : "");
}

function canRepeat(/** @type {string} */ phase) {
  return phase === "wrong" || phase === "recorded";
}

/** Does Check do something now? */
export function canCheck(/** @type {string} */ phase, /** @type {Answering} */ kind) {
  return phase === "ready" || phase === "silent" || Boolean(kind.repeats && (canRepeat(phase) || phase === "right"));
}

/** Say how many attempts are left, or how the question ended, and what a right answer gives where a rule says so. */
export function attemptsLine(
  /** @type {State} */ state,
  /** @type {{allowed: number|null, committed?: boolean, once?: string}} */ { allowed, committed, once },
) {
  if (committed) return state.attempts ? "" : (once ?? "once, and nobody judges it");
  if (allowed === null) return checkedLine(state);
  const left = state.attempts ? state.left : allowed;
  const open = left === 0 ? "no attempts left" : `${left} attempt${left === 1 ? "" : "s"} left`;
  const result = state.outcome === "right" ? `right at attempt ${state.attempts} of ${allowed}` : open;
  const line = state.practising ? `practice, nothing of this counts: ${result}` : result;
  return state.worth ? `${line} · ${state.worth}` : line;
}

function checkedLine(/** @type {State} */ { attempts }) {
  return attempts ? `checked ${attempts} time${attempts === 1 ? "" : "s"}` : "check as often as you like";
}
