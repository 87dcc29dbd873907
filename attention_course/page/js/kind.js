/**
 * What a kind of exercise brings along: one class in a file of its own, and a line in `kinds.js`.
 *
 * `view` is what the kind of the same name in Python sends; an answer (`picks`) is any JSON value that both understand.
 * A kind makes its elements, listens to them, turns what the student does into `page.setPicks(picks)`, and paints
 * itself; Check, attempts, verdicts, saving and announcements are the page's.
 */

/** @typedef {import("./question_page.js").QuestionPage} QuestionPage */
/** @typedef {import("./state.js").Picks} Picks */
/** @typedef {import("./state.js").View} View */

export class Kind {
  page = /** @type {QuestionPage} */ (/** @type {unknown} */ (null)); // there once the kind is shown

  repeats = false; // may the same answer be checked again, since something else may have changed?
  resets = true; // can the answer be emptied here?
  checks = true; // is it checked, or committed, by a press of the button?
  patience = 0; // milliseconds until a kernel counts as silent, and what is said then; 0 and "" for what is usual
  silent = "";
  words = {
    check: "Check",
    busy: "Checking…",
    done: "Finished",
    running: "Running your program…",
    shown: "The worked solution is shown.",
  }; // on Check, and below

  constructor(/** @type {View} */ view) {
    this.view = view;
  }

  /** An answer with nothing in it: what Reset leaves. @returns {Picks} */
  get empty() {
    return "";
  }

  /** Return an answer of the right form, whatever the model holds. @returns {Picks} */
  fitted(/** @type {unknown} */ picks) {
    return picks ?? this.empty;
  }

  /** Say in one sentence what is missing before this answer can be checked, or "". @returns {string} */
  obstacle(/** @type {Picks} */ _picks) {
    return "";
  }

  /** Is it not known on this page what the answer is by now? @returns {boolean} */
  isUnknown(/** @type {Picks} */ _picks) {
    return false;
  }

  /** What else is sent with a Check. @returns {object} */
  get sent() {
    return {};
  }

  /** Return what stands between the question's code and Check, as HTML; `uid` makes ids the page's own. */
  html(/** @type {string} */ _uid) {
    return "";
  }

  /** The question's elements are made, and not yet on the page: find those of this kind, change them, listen to them. */
  built(/** @type {HTMLElement} */ _root) {}

  /** The question is on the page. */
  shown() {}

  /** Paint the answer as it is now; no element that may hold the focus is ever replaced. */
  draw() {}

  /** Put down whatever is picked up: the answer is being checked, or reset. */
  letGo() {}

  /** Put a text of the kernel's into the notebook; return a sentence where that cannot be, "" where it is done. */
  place(/** @type {string} */ _text) {
    return "";
  }

  /** Say that what takes longer than the verdict is there; `result` is where it stands. */
  finishedSaying(/** @type {HTMLElement} */ _result) {
    return "The program's output is shown.";
  }

  /** The student's own function was asked, and this is what came of it. */
  told(/** @type {number} */ _number, /** @type {{numbers?: object, sentence?: string}} */ _what) {}

  /** The question is taken off the page. */
  removed() {}
}
