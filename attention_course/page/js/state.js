/**
 * What the kernel tells the page: `view` is what is asked, `state` all that follows from the record of the attempts.
 */

/** @typedef {any} Picks  A student's answer: any JSON value that the question's kind understands. */
/** @typedef {{revision: number, attempts: {picks: Picks, at: string}[]}} AnswerRecord */
/** @typedef {{lesson: string, name: string, title: string, kind: string, difficulty: string, allowed: number|null,
 *    judged: boolean, committed?: boolean, asked_above: boolean, prompt_html: string, code_html: string, hint_html: string,
 *    mistakes_html: string[], hints_html?: string[], sure?: string[], in_other_numbers?: boolean,
 *    [more: string]: any}} View  Beside what every kind has, whatever this one needs (`options`, `blank_count`, …). `sure` lists how
 *    sure one can be, where that is asked with an answer; `in_other_numbers` stands in the place of the question itself. */
/** @typedef {{attempts: number, left: number|null, outcome: string, done: boolean, problem: string, verdict_html: string,
 *    result_html: string, solution_html: string, running: boolean, checked_picks: Picks, wrong_parts: number[],
 *    order: string[], record: AnswerRecord, receipt: object, practising: boolean, can_practise: boolean,
 *    can_ask_again: boolean, worth?: string, checks?: number, can_show_solution?: boolean, revealed?: {[name: string]: any},
 *    waits_for?: {name: string, title: string}|null, skipped?: boolean,
 *    own?: {title: string, revision: number}|null}} State  `wrong_parts` says which parts of the checked answer are wrong, counted from 0. `order` has
 *    the ids of the options in the order in which they are shown ([]: as they are in `view`). `record` and `receipt` are
 *    those that count, also while the question is practised, or asked again in other numbers. `worth` says what a right
 *    answer gives, where a rule of the lesson does. What is `committed` is never judged, and `revealed` is
 *    what the page may know then; an explorer
 *    `waits_for` a prediction, which may be `skipped`; `own` is the student's code that it can ask, null while there is
 *    none that is good. Of code, `checks` is how many further checks there are, and `can_show_solution` whether the
 *    student may ask for the solution. `left` is null where attempts are not limited. */

/** @type {State} */
export const NOTHING_YET = {
  attempts: 0,
  left: 0,
  outcome: "not attempted",
  done: false,
  problem: "",
  verdict_html: "",
  result_html: "",
  solution_html: "",
  running: false,
  checked_picks: null,
  order: [],
  wrong_parts: [],
  record: { revision: 0, attempts: [] },
  receipt: {},
  practising: false,
  can_practise: false,
  can_ask_again: false,
};
