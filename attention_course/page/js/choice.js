/** A choice: several options, one of them to be picked. An answer is a list with the picked option's id. */
import { all, mark } from "./dom.js";
import { Kind } from "./kind.js";
import { offered } from "./options.js";

/** @typedef {import("./options.js").Option} Option */

export class Choice extends Kind {
  get empty() {
    return [""];
  }

  fitted(/** @type {unknown} */ picks) {
    return offered(picks, this.view.options, 1);
  }

  obstacle(/** @type {string[]} */ picks) {
    return picks.includes("") ? "Pick an option, then check." : "";
  }

  html(/** @type {string} */ uid) {
    const choice = (/** @type {Option} */ { letter, html }, /** @type {number} */ i) => `
      <label class="ac-choice">
        <input type="radio" name="${uid}-choice" value="${i}">
        <span class="ac-letter">${letter}</span> <span class="ac-words">${html}</span>
      </label>`;
    const options = this.view.options.map(choice).join("");
    return `<fieldset class="ac-answer"><legend>Choose one</legend>${options}</fieldset>`;
  }

  built(/** @type {HTMLElement} */ root) {
    this.choices = all(root, ".ac-choice");
    const [fieldset] = all(root, "fieldset");
    fieldset.addEventListener("change", (event) => this.chosen(/** @type {HTMLInputElement} */ (event.target)));
    fieldset.addEventListener("click", (event) => {
      if (this.page.locked) event.preventDefault(); // `disabled` would lose the focus
    });
  }

  chosen(/** @type {HTMLInputElement} */ radio) {
    if (!this.page.locked) this.page.setPicks([this.view.options[Number(radio.value)].id]);
  }

  draw() {
    const { picks, locked, state } = this.page;
    this.choices.forEach((choice, i) => {
      const radio = choice.querySelector("input");
      const { id } = this.view.options[i];
      radio.checked = picks[0] === id;
      mark(radio, "aria-disabled", locked);
      mark(choice, "data-checked", state.attempts > 0 && state.checked_picks[0] === id ? state.outcome : false);
    });
  }
}
