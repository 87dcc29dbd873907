/** One of several options, as a prediction. */
import { all, mark } from "./dom.js";
import { offered } from "./options.js";

/** @typedef {import("./options.js").Option} Option */
/** @typedef {import("./sketch_bars.js").Seen} Seen */

export class ChoiceSketch {
  empty = [""];
  locked = false;

  constructor(
    /** @type {{form: string}} */ _view,
    /** @type {(picks: string[]) => void} */ changed,
    /** @type {Option[]} */ options,
  ) {
    this.changed = changed;
    this.options = options;
  }

  fitted(/** @type {unknown} */ picks) {
    return offered(picks, this.options, 1);
  }

  html(/** @type {string} */ uid) {
    const option = (/** @type {Option} */ { letter, html }) => `
      <label class="ac-choice">
        <input type="radio" name="${uid}-choice">
        <span class="ac-letter">${letter}</span> <span>${html} <strong class="ac-came"></strong></span>
      </label>`;
    return `<fieldset class="ac-answer"><legend>Choose one</legend>${this.options.map(option).join("")}</fieldset>`;
  }

  built(/** @type {HTMLElement} */ root) {
    const [fieldset] = all(root, "fieldset");
    this.radios = /** @type {HTMLInputElement[]} */ (all(fieldset, "input"));
    this.radios.forEach((radio, i) => (radio.value = this.options[i].id));
    this.came = all(fieldset, ".ac-came");
    fieldset.addEventListener("change", (event) => {
      if (!this.locked) this.changed([/** @type {HTMLInputElement} */ (event.target).value]);
    });
    fieldset.addEventListener("click", (event) => {
      if (this.locked) event.preventDefault(); // `disabled` would lose the focus
    });
  }

  draw(/** @type {Seen} */ { picks, truth, locked }) {
    this.locked = locked;
    this.radios.forEach((radio, i) => {
      radio.checked = radio.value === picks[0];
      mark(radio, "aria-disabled", locked);
      this.came[i].textContent = truth?.[0] === radio.value ? "◆ came out" : "";
    });
  }
}
