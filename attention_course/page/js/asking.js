/**
 * Asks the student's own function for the numbers of an explorer: one state at a time, and of those that come meanwhile
 * the newest alone.
 */
import { GONE } from "./kernel.js";

/** @typedef {{title: string, revision: number}} OwnCode */
/** @typedef {{numbers?: {[name: string]: any}, sentence?: string}} Told */

/** Return numbers as the page computes with them: what JSON does not know came as a text, such as "NaN". */
export function numbersIn(/** @type {any} */ value) {
  if (Array.isArray(value)) return value.map(numbersIn);
  if (typeof value === "string" || typeof value === "number") return Number(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, numbersIn(part)]));
}

export class Asking {
  own = /** @type {OwnCode|null} */ (null); // whose function is asked; null: none is
  theirs = /** @type {{[name: string]: any}|null} */ (null); // what it told last
  trouble = ""; // why it told nothing
  underWay = 0; // the number of what is asked just now, 0 for nothing
  count = 0;
  newest = /** @type {object|null} */ (null); // what is asked next

  constructor(
    /** @type {(number: number, state: object) => boolean} */ send,
    /** @type {() => void} */ changed,
  ) {
    this.send = send;
    this.changed = changed;
  }

  /** Begin to ask, about a state; or ask no more, where `own` is null. */
  turn(/** @type {OwnCode|null} */ own, /** @type {object|null} */ state = null) {
    Object.assign(this, { own, theirs: null, trouble: "", underWay: 0, newest: null });
    if (own && state) this.ask(state);
  }

  ask(/** @type {object} */ state) {
    if (!this.own) return;
    this.newest = state;
    if (!this.underWay) this.next();
  }

  next() {
    const state = this.newest;
    this.newest = null;
    this.underWay = state ? ++this.count : 0;
    if (!state || this.send(this.underWay, state)) return;
    this.underWay = 0;
    this.trouble = GONE;
  }

  told(/** @type {number} */ number, /** @type {Told} */ { numbers, sentence }) {
    if (number !== this.underWay) return; // it was turned off meanwhile
    this.theirs = numbers ? numbersIn(numbers) : null;
    this.trouble = numbers ? "" : sentence || "Nothing came back.";
    this.next();
    this.changed();
  }

  /** Say whose function computed what is drawn. */
  said(/** @type {string} */ name) {
    if (!this.own) return "";
    if (this.trouble) return `${this.trouble} What is drawn was computed by the page.`;
    if (this.theirs) return `Computed by your own ${name}, from ${this.own.title}.`;
    return `Waiting for your own ${name}; what is drawn was computed by the page.`;
  }
}
