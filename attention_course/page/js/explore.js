/**
 * A picture that can be moved, locked until what is predicted of it is committed. An answer is a list with its state as
 * JSON; each state in which it is left for a moment is kept.
 */
import { all, mark } from "./dom.js";
import { EXPLORERS } from "./explorers/index.js";
import { Kind } from "./kind.js";
import { questionNamed } from "./registry.js";
import { Whose } from "./whose.js";

/** @typedef {import("./asking.js").Told} Told */
/** @typedef {import("./state.js").View} View */
/** @typedef {import("./explorers/explorer.js").ExplorerState} ExplorerState */

const REST = 700; // milliseconds without a change, after which a state is kept
const IS_LOST =
  "Whoever has predicted something sees whether it comes true, and learns more by that than by looking alone. That is lost once you have looked.";

/** Return the state that an answer holds, null where it holds none. */
export function stateIn(/** @type {unknown} */ picks) {
  try {
    return JSON.parse(/** @type {any} */ (picks)[0]);
  } catch {
    return null;
  }
}

export class Explore extends Kind {
  words = { check: "", busy: "", done: "", running: "", shown: "The explorer is open, without a prediction." };
  checks = false;
  resets = false;
  asks = false; // is the student asked whether the prediction shall be skipped?
  unkept = /** @type {ExplorerState|null} */ (null); // a state that is not on its way yet

  constructor(/** @type {View} */ view) {
    super(view);
    this.explorer = new EXPLORERS[view.explorer]((/** @type {ExplorerState} */ state) => this.changed(state));
    this.whose = new Whose(
      view.asks,
      (number, state) => !this.page.kernel.lost && this.page.kernel.ask(number, state),
      () => this.drawExplorer(this.now),
    );
  }

  get empty() {
    return [""];
  }

  fitted(/** @type {unknown} */ picks) {
    const state = this.explorer.fitted(stateIn(picks));
    return state ? [JSON.stringify(state)] : [""];
  }

  // ---- the elements

  html(/** @type {string} */ uid) {
    return `
      <div class="ac-answer ac-explore">
        <div class="ac-gate" role="group" aria-label="Locked">
          <p class="ac-gate-said" id="${uid}-gate"></p>
          <button type="button" class="ac-go">Go there</button>
          <button type="button" class="ac-skip">Skip the prediction</button>
          <span class="ac-sure"><span id="${uid}-lost">${IS_LOST}</span>
            <button type="button" class="ac-open-it" aria-describedby="${uid}-lost">Skip it all the same</button>
            <button type="button" class="ac-not-yet">Not yet</button></span>
        </div>
        <p class="ac-caption ac-skipped">Open without a prediction.</p>
        <div class="ac-explorer">${this.whose.html(uid)}${this.explorer.html(uid)}</div>
      </div>`;
  }

  built(/** @type {HTMLElement} */ root) {
    const names = ["gate", "gate-said", "go", "skip", "sure", "open-it", "not-yet", "skipped", "explorer"];
    const found = names.map((name) => [name, all(root, `.ac-explore .ac-${name}`)[0]]);
    this.parts = /** @type {{[name: string]: HTMLElement}} */ (Object.fromEntries(found));
    this.explorer.built(this.parts.explorer);
    this.whose.built(this.parts.explorer);
    this.parts.go.addEventListener("click", () => this.go());
    this.parts.skip.addEventListener("click", () => this.ask(true));
    this.parts["not-yet"].addEventListener("click", () => this.ask(false));
    this.parts["open-it"].addEventListener("click", () => this.open());
  }

  removed() {
    this.keep();
  }

  // ---- what the student does

  /** Draw a state at once, and keep it when it rests. */
  changed(/** @type {ExplorerState} */ state) {
    if (this.page.state.waits_for) return;
    this.unkept = state;
    this.drawExplorer(state);
    this.whose.moved(state);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), REST);
  }

  told(/** @type {number} */ number, /** @type {Told} */ what) {
    this.whose.asking.told(number, what);
  }

  keep() {
    clearTimeout(this.timer);
    if (!this.unkept) return;
    const picks = [JSON.stringify(this.unkept)];
    this.unkept = null;
    this.page.amend(picks);
  }

  go() {
    const { view, model, state } = this.page;
    const page = questionNamed(view.lesson, state.waits_for.name, model.widget_manager);
    if (page) page.lead();
    else this.page.tell(`${state.waits_for.title} is not on this page: run its cell, or scroll up to it.`);
  }

  /** Ask whether the prediction shall be skipped, or leave that; the focus goes along. */
  ask(/** @type {boolean} */ asks) {
    this.asks = asks;
    this.draw();
    this.parts[asks ? "open-it" : "skip"].focus();
    if (asks) this.page.say(IS_LOST);
  }

  open() {
    this.asks = false;
    this.page.focusTitle();
    this.page.kernel.showSolution(this.page.keeper.about);
  }

  // ---- what is seen

  draw() {
    const { state, picks, kernel } = this.page;
    const { waits_for: waitsFor } = state;
    const { gate, skip, go, sure, explorer, skipped } = this.parts;
    gate.hidden = !waitsFor;
    explorer.hidden = Boolean(waitsFor);
    skipped.hidden = !state.skipped || Boolean(waitsFor);
    this.parts["gate-said"].textContent = waitsFor ? `This opens once you have committed ${waitsFor.title}.` : "";
    for (const button of [go, skip]) button.hidden = this.asks;
    sure.hidden = !this.asks;
    mark(gate, "aria-label", waitsFor ? "Locked" : false);
    this.whose.follow(kernel.lost ? null : (state.own ?? null));
    if (waitsFor) return;
    const moved = this.unkept || kernel.pending ? this.now : null; // which is newer than what is kept
    this.drawExplorer(moved ?? this.explorer.fitted(stateIn(picks)) ?? this.view.start);
  }

  drawExplorer(/** @type {ExplorerState} */ state) {
    this.now = state;
    this.whose.draw(state);
    this.explorer.draw(state, this.whose.theirs);
  }
}
