/** Fields that are typed into. An answer is a list of texts, one for each field, as they were typed. */
import { all, mark } from "./dom.js";
import { onKeys } from "./keyboard.js";
import { Kind } from "./kind.js";
import { standing } from "./blanks.js";

/** @typedef {{label_html: string, unit: string, missing: string}} Field  `missing` is said where it is empty. */

const STANDS = { right: "✓ right", wrong: "✗ not right", "": "" };

/** Return as many texts as there are fields, none of them longer than it may be. */
export function typed(/** @type {unknown} */ picks, /** @type {number} */ count, /** @type {number} */ longest) {
  const given = Array.isArray(picks) ? picks : [];
  return Array.from({ length: count }, (_, i) => (typeof given[i] === "string" ? given[i].slice(0, longest) : ""));
}

/** Does a text end in a unit of its own? */
export function hasUnit(/** @type {string} */ text) {
  return /[\p{L}%]$/u.test(text.trim());
}

export class Fields extends Kind {
  get empty() {
    return Array(this.view.fields.length).fill("");
  }

  fitted(/** @type {unknown} */ picks) {
    return typed(picks, this.view.fields.length, this.view.longest);
  }

  obstacle(/** @type {string[]} */ picks) {
    return this.view.fields.find((/** @type {Field} */ _, /** @type {number} */ i) => !picks[i].trim())?.missing ?? "";
  }

  /** What a field is called where its label is empty. */
  get noun() {
    return "Your answer";
  }

  html(/** @type {string} */ uid) {
    const field = (/** @type {Field} */ { label_html: label, unit }, /** @type {number} */ i) => `
      <div class="ac-field">
        <label for="${uid}-field-${i}">${label || this.noun}</label>
        <span class="ac-typed">
          <input id="${uid}-field-${i}" type="text" aria-describedby="${uid}-unit-${i} ${uid}-stands-${i} ${uid}-help"
            maxlength="${this.view.longest}" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false">
          <span class="ac-unit" id="${uid}-unit-${i}"></span>
          <span class="ac-stands" id="${uid}-stands-${i}"></span>
        </span>
      </div>`;
    return `
      <div class="ac-answer ac-fields">
        ${this.view.fields.map(field).join("")}
        <p class="ac-caption" id="${uid}-help"></p>
      </div>`;
  }

  built(/** @type {HTMLElement} */ root) {
    this.inputs = /** @type {HTMLInputElement[]} */ (all(root, ".ac-field input"));
    this.stands = all(root, ".ac-stands");
    this.caption = all(root, ".ac-fields .ac-caption")[0];
    this.caption.textContent = this.view.help;
    this.units = all(root, ".ac-unit");
    this.units.forEach((unit, i) => (unit.textContent = this.view.fields[i].unit));
    for (const input of this.inputs) input.addEventListener("input", () => this.changed());
    onKeys(root, ".ac-field input", (key) => key === "Enter" && this.entered());
  }

  changed() {
    if (!this.page.locked) this.page.setPicks(this.inputs.map(({ value }) => value));
  }

  entered() {
    this.page.check();
    return true;
  }

  draw() {
    const { picks, state, locked } = this.page;
    this.caption.hidden = state.done;
    this.inputs.forEach((input, i) => {
      const verdict = standing(state, picks, i);
      if (input.value !== picks[i]) input.value = picks[i];
      mark(input, "readonly", locked);
      mark(input, "tabindex", state.done ? "-1" : "0");
      mark(input, "aria-invalid", verdict === "wrong");
      mark(input, "data-stands", verdict || false);
      this.stands[i].textContent = STANDS[verdict];
      this.units[i].hidden = hasUnit(picks[i]);
    });
  }
}
