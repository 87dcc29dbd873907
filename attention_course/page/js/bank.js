/** The bank: the options of an exercise as chips that can be picked up, and the line above them that says how. */
import { all, HANDLE, mark } from "./dom.js";

/** @typedef {import("./options.js").Option} Option */
/** @typedef {Option & {from: number|null}} Held  What is picked up: an option, and the blank it sits in. */

/** Say in one line how an option gets into a blank: by mouse, finger or keys. */
export function how(/** @type {Option[]} */ options) {
  const letters = `${options[0].letter}–${options[options.length - 1].letter}`;
  return `Drag an option into a blank, or click both. Keys on a blank: ${letters} fill it, Delete empties it, arrows move.`;
}

/** Return the bank's elements as HTML. */
export function bankHtml(/** @type {Option[]} */ options, /** @type {string} */ uid) {
  const chip = (/** @type {Option} */ { letter, html }, /** @type {number} */ i) =>
    `<span ${HANDLE} class="ac-chip" data-option="${i}">` +
    `<span class="ac-letter">${letter}</span> <code>${html}</code></span>`;
  return `
    <div class="ac-answer">
      <p class="ac-caption" id="${uid}-how"></p>
      <div class="ac-bank" role="group" aria-label="Options" aria-describedby="${uid}-how">
        ${options.map(chip).join("")}
      </div>
    </div>`;
}

export class Bank {
  constructor(/** @type {HTMLElement} */ root, /** @type {Option[]} */ options) {
    this.options = options;
    this.chips = all(root, ".ac-chip");
    this.node = all(root, ".ac-bank")[0];
    this.caption = all(root, ".ac-caption")[0];
  }

  draw(/** @type {Held|null} */ held, /** @type {{locked: boolean, state: {done: boolean}}} */ { locked, state }) {
    this.chips.forEach((chip, i) => {
      mark(chip, "draggable", String(!locked));
      mark(chip, "aria-pressed", String(held?.from === null && held.id === this.options[i].id));
    });
    this.caption.textContent = held ? asked(held) : how(this.options);
    this.caption.hidden = state.done;
  }
}

/** Ask what is to be done with what is picked up. */
function asked(/** @type {Held} */ { label, from }) {
  return from === null ? `${label} goes where? Choose a blank.` : `What goes into blank ${from + 1}? Choose an option.`;
}
