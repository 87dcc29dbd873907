/** Whose function computes what an explorer draws: the page's, or the student's own, which the kernel is asked for. */
import { Asking } from "./asking.js";
import { all } from "./dom.js";

/** @typedef {import("./asking.js").OwnCode} OwnCode */

export class Whose {
  own = /** @type {OwnCode|null} */ (null); // the student's code that can be asked now

  /** `asks` is the function's name, "" where none can be asked; `changed()` is called when there are other numbers. */
  constructor(
    /** @type {string} */ asks,
    /** @type {(number: number, state: object) => boolean} */ send,
    /** @type {() => void} */ changed,
  ) {
    this.asks = asks;
    this.changed = changed;
    this.asking = new Asking(send, changed);
  }

  html(/** @type {string} */ uid) {
    if (!this.asks) return "";
    return `
      <fieldset class="ac-whose"><legend>Computed by</legend>
        <label class="ac-box"><input type="radio" name="${uid}-whose" checked> the page</label>
        <label class="ac-box"><input type="radio" name="${uid}-whose"> your own <code>${this.asks}</code></label>
      </fieldset>
      <p class="ac-whose-said" aria-live="polite"></p>`;
  }

  built(/** @type {HTMLElement} */ root) {
    this.radios = /** @type {HTMLInputElement[]} */ (all(root, ".ac-whose input"));
    [this.said] = all(root, ".ac-whose-said");
    this.radios.forEach((radio, i) => radio.addEventListener("change", () => this.turn(i === 1)));
  }

  /** What the student's own function told of the last state; null where the page computes. */
  get theirs() {
    return this.asking.theirs;
  }

  turn(/** @type {boolean} */ isOwn) {
    this.asking.turn(isOwn ? this.own : null, this.state);
    this.changed();
  }

  /** Ask about another state, where the own function is asked at all. */
  moved(/** @type {object} */ state) {
    this.asking.ask(state);
  }

  /** Follow the student's own code: it may be there now, be another one, or be good no longer. */
  follow(/** @type {OwnCode|null} */ own) {
    this.own = own;
    const { own: asked } = this.asking;
    if (asked && own?.revision !== asked.revision) this.asking.turn(own, this.state);
  }

  /** Say what is chosen, and what came of it, for a state that is drawn. */
  draw(/** @type {object} */ state) {
    this.state = state;
    if (!this.asks) return;
    const [, own] = this.radios;
    this.radios.forEach((radio, i) => (radio.checked = (i === 1) === Boolean(this.asking.own)));
    own.disabled = !this.own;
    const notYet = this.own ? "" : `Your own ${this.asks} can compute this once it passes its examples.`;
    this.said.textContent = this.asking.said(this.asks) || notYet;
  }
}
