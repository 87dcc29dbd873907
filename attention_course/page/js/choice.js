/** A choice: several options, one of them to be picked. An answer is a list with the picked option's id. */
import { all, arrange, mark } from "./dom.js";
import { Kind } from "./kind.js";
import { inOrder, offered } from "./options.js";

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

  /** The options are made once, without their letters: which one an option has, its place says. */
  html(/** @type {string} */ uid) {
    const choice = (/** @type {Option} */ { html }) => `
      <label class="ac-choice">
        <input type="radio" name="${uid}-choice">
        <span class="ac-letter"></span> <span class="ac-words">${html}</span>
      </label>`;
    const options = this.view.options.map(choice).join("");
    return `<fieldset class="ac-answer"><legend>Choose one</legend>${options}</fieldset>`;
  }

  built(/** @type {HTMLElement} */ root) {
    const made = all(root, ".ac-choice");
    this.choices = new Map(this.view.options.map((/** @type {Option} */ { id }, /** @type {number} */ i) => [id, made[i]]));
    for (const [id, choice] of this.choices) choice.querySelector("input").value = id;
    [this.fieldset] = all(root, "fieldset");
    this.fieldset.addEventListener("change", (event) => this.chosen(/** @type {HTMLInputElement} */ (event.target)));
    this.fieldset.addEventListener("click", (event) => {
      if (this.page.locked) event.preventDefault(); // `disabled` would lose the focus
    });
  }

  chosen(/** @type {HTMLInputElement} */ radio) {
    if (!this.page.locked) this.page.setPicks([radio.value]);
  }

  draw() {
    const { picks, locked, state } = this.page;
    const options = inOrder(this.view.options, state.order);
    for (const { id, letter } of options) {
      const choice = this.choices.get(id);
      const radio = choice.querySelector("input");
      choice.querySelector(".ac-letter").textContent = letter;
      radio.checked = picks[0] === id;
      mark(radio, "aria-disabled", locked);
      mark(choice, "data-checked", state.attempts > 0 && state.checked_picks[0] === id ? state.outcome : false);
    }
    arrange(this.fieldset, options.map(({ id }) => this.choices.get(id)));
  }
}
