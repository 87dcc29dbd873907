/** A program with blanks that options are put into. An answer is a list: the option's id for each blank, "" for none. */
import { Bank, bankHtml } from "./bank.js";
import { all, HANDLE, mark, paint } from "./dom.js";
import { Dragging } from "./dragging.js";
import { neighbour, onKeys } from "./keyboard.js";
import { Kind } from "./kind.js";
import { offered } from "./options.js";

/** @typedef {import("./options.js").Option} Option */
/** @typedef {import("./bank.js").Held} Held */
/** @typedef {import("./state.js").Picks} Picks */
/** @typedef {import("./state.js").State} State */

const NONE = { id: "", letter: "", label: "", html: "" }; // what an empty blank holds
const SAID = { right: ", right", wrong: ", not right", "": "" }; // of what a blank holds
const HANDLES = "[data-option], [data-blank]";

/** Return the picks with an option put into a blank; one that comes from another blank changes places. */
export function placed(/** @type {string[]} */ picks, /** @type {number} */ to, /** @type {string} */ id, from = null) {
  const next = [...picks];
  if (from !== null) next[from] = picks[to];
  next[to] = id;
  return next;
}

/** Say what became of what a blank holds now: "right", "wrong", or "" where it was not checked or is not judged. */
export function standing(
  /** @type {State} */ { outcome, checked_picks: checked, wrong_parts: wrong },
  /** @type {Picks} */ picks,
  /** @type {number} */ i,
) {
  const isJudged = (outcome === "right" || outcome === "wrong") && picks[i] !== "" && picks[i] === checked?.[i];
  if (!isJudged) return "";
  return wrong.includes(i) ? "wrong" : "right";
}

export class Blanks extends Kind {
  held = /** @type {Held|null} */ (null);

  get empty() {
    return Array(this.view.blank_count).fill("");
  }

  fitted(/** @type {unknown} */ picks) {
    return offered(picks, this.view.options, this.view.blank_count);
  }

  obstacle(/** @type {string[]} */ picks) {
    return picks.includes("") ? "Fill every blank, then check." : "";
  }

  // ---- the elements

  html(/** @type {string} */ uid) {
    return bankHtml(this.view.options, uid);
  }

  built(/** @type {HTMLElement} */ root) {
    for (const place of all(root, ".ac-code [data-blank]"))
      place.outerHTML = `<span ${HANDLE} class="ac-blank" data-blank="${place.dataset.blank}"></span>`;
    this.root = root;
    this.blanks = all(root, ".ac-blank");
    this.bank = new Bank(root, this.view.options);
    root.addEventListener("click", (event) => this.activated(/** @type {Element} */ (event.target)));
    onKeys(root, HANDLES, (key, target) => this.keyMeant(key, target));
    this.dragging = new Dragging(root, this);
  }

  // ---- what the student does

  put(/** @type {number} */ blank, /** @type {Option} */ { id, label }, /** @type {number|null} */ from = null) {
    this.letGo();
    this.page.setPicks(placed(this.page.picks, blank, id, from));
    this.page.say(id ? `Blank ${blank + 1}: ${label}` : `Blank ${blank + 1} is empty.`);
  }

  hold(/** @type {Held} */ held) {
    this.held = held;
    const { label, from } = held;
    this.page.say(from === null ? `${label} picked up: choose a blank.` : `Blank ${from + 1}: choose an option.`);
    this.draw();
  }

  letGo() {
    this.held = null;
    this.draw();
  }

  activated(/** @type {Element} */ target) {
    const { option, blank } = /** @type {HTMLElement} */ (target.closest(HANDLES))?.dataset ?? {};
    if (this.page.locked) return;
    if (option !== undefined) this.pickOption(Number(option));
    else if (blank !== undefined) this.pickBlank(Number(blank));
  }

  pickOption(/** @type {number} */ i) {
    const option = this.view.options[i];
    if (this.held && this.held.from !== null) this.put(this.held.from, option);
    else if (this.held?.id === option.id) this.letGo();
    else this.hold({ ...option, from: null });
  }

  pickBlank(/** @type {number} */ i) {
    if (this.held?.from === i) this.letGo();
    else if (this.held?.id) this.put(i, this.held, this.held.from);
    else this.hold(this.contentOf(i));
  }

  /** Do what a key means on an option or a blank; return whether it means anything. */
  keyMeant(/** @type {string} */ key, /** @type {HTMLElement} */ target) {
    const row = target.dataset.blank === undefined ? this.bank.chips : this.blanks;
    const next = neighbour(row, target, key);
    const option = this.view.options.find(({ letter }) => letter === key.toUpperCase());
    if (key === "Enter" || key === " ") this.activated(target);
    else if (next) next.focus();
    else if (key === "Escape" && this.held) this.letGo();
    else if (row !== this.blanks || this.page.locked) return false;
    else if (key === "Delete" || key === "Backspace") this.put(Number(target.dataset.blank), NONE);
    else if (option) this.put(Number(target.dataset.blank), option);
    else return false;
    return true;
  }

  // ---- what is dragged, and where to (see dragging.js)

  lifted(/** @type {HTMLElement} */ node) {
    const { option, blank } = node.dataset ?? {};
    if (option === undefined && blank === undefined) return undefined;
    const held =
      blank === undefined ? { ...this.view.options[Number(option)], from: null } : this.contentOf(Number(blank));
    if (this.page.locked || !held.id) return null;
    this.letGo();
    return held;
  }

  /** Return the blank (anywhere in the code where there is but one) or the bank of options under a drag. */
  target(/** @type {Element} */ node) {
    if (this.page.locked) return null;
    if (this.bank.node.contains(node)) return this.bank.node;
    const [only, another] = this.blanks;
    if (!another && only.closest(".ac-code").contains(node)) return only;
    return /** @type {HTMLElement|null} */ (node.closest("[data-blank]"));
  }

  drop(/** @type {HTMLElement} */ target, /** @type {Held} */ held) {
    if (target !== this.bank.node) this.put(Number(target.dataset.blank), held, held.from);
    else if (held.from !== null) this.put(held.from, NONE);
  }

  // ---- what is seen

  draw() {
    this.drawBlanks();
    this.bank.draw(this.held, this.page);
    for (const node of [...this.blanks, ...this.bank.chips]) {
      mark(node, "aria-disabled", this.page.locked);
      mark(node, "tabindex", this.page.state.done ? "-1" : "0");
    }
    this.root.classList.toggle("ac-holding", Boolean(this.held?.id || this.dragging.dragged));
  }

  drawBlanks() {
    const { picks, state, locked } = this.page;
    this.blanks.forEach((blank, i) => {
      const option = this.option(picks[i]);
      const filled = option !== NONE;
      const verdict = standing(state, picks, i);
      paint(blank, filled ? `<code>${option.html}</code>` : `<span class="ac-number">${i + 1}</span>`);
      blank.classList.toggle("ac-filled", filled);
      blank.classList.toggle("ac-right", verdict === "right");
      blank.classList.toggle("ac-wrong", verdict === "wrong");
      mark(blank, "aria-label", `Blank ${i + 1}: ${option.label || "empty"}${SAID[verdict]}`);
      mark(blank, "draggable", String(filled && !locked));
      mark(blank, "aria-pressed", String(this.held?.from === i));
    });
  }

  /** @returns {Option} */
  option(/** @type {string} */ id) {
    return this.view.options.find((/** @type {Option} */ option) => option.id === id) ?? NONE;
  }

  /** @returns {Held} */
  contentOf(/** @type {number} */ blank) {
    return { ...this.option(this.page.picks[blank]), from: blank };
  }
}
