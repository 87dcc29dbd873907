/**
 * A few sentences of one's own. An answer is the text, and for each point of the model answer whether it is ticked: once
 * the text is committed, that stands beside it, and ticks are kept with it.
 */
import { all, mark, paint } from "./dom.js";
import { Kind } from "./kind.js";

/** Return how many words a text has. */
export function wordCount(/** @type {string} */ text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}_]/u.test(word)).length;
}

/** Return the text and the ticks of an answer. */
export function textAndTicks(/** @type {unknown} */ picks) {
  const isOne = Array.isArray(picks) && picks.length === 2 && picks.every((part) => typeof part === "string");
  return /** @type {[string, string]} */ (isOne ? picks : ["", ""]);
}

export class Explain extends Kind {
  words = { check: "Commit", busy: "Committing…", done: "Done", running: "", shown: "" };

  get empty() {
    return ["", ""];
  }

  fitted(/** @type {unknown} */ picks) {
    return textAndTicks(picks);
  }

  obstacle(/** @type {string[]} */ [text]) {
    const { words, missing } = this.view;
    const count = wordCount(text);
    if (!text.trim()) return missing;
    return count < words ? `Write at least ${words} words, then commit: so far there are ${count}.` : "";
  }

  html(/** @type {string} */ uid) {
    return `
      <div class="ac-answer ac-explain">
        <div class="ac-yours">
          <label for="${uid}-text">In your own words</label>
          <textarea id="${uid}-text" rows="5" maxlength="${this.view.longest}" aria-describedby="${uid}-count"></textarea>
          <p class="ac-caption" id="${uid}-count"></p>
        </div>
        <div class="ac-model" hidden>
          <h4>A model answer</h4>
          <div class="ac-model-text"></div>
          <fieldset class="ac-points"><legend>Did you say …? Tick what your text says.</legend></fieldset>
        </div>
      </div>`;
  }

  built(/** @type {HTMLElement} */ root) {
    this.text = /** @type {HTMLTextAreaElement} */ (all(root, ".ac-yours textarea")[0]);
    [this.count] = all(root, ".ac-yours .ac-caption");
    [this.model] = all(root, ".ac-model");
    [this.modelText] = all(root, ".ac-model-text");
    [this.points] = all(root, ".ac-points");
    this.text.addEventListener("input", () => {
      if (!this.page.locked) this.page.setPicks([this.text.value, ""]);
    });
    this.points.addEventListener("change", () => this.page.amend([this.page.picks[0], this.ticked]));
  }

  shown() {
    for (const event of ["keydown", "keypress"]) window.addEventListener(event, this.entered, true);
  }

  removed() {
    for (const event of ["keydown", "keypress"]) window.removeEventListener(event, this.entered, true);
  }

  /** Enter makes a new line: nobody around the text shall hear of it, and mean something else by it. */
  entered = (/** @type {Event} */ event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = /** @type {KeyboardEvent} */ (event);
    if (event.target === this.text && key === "Enter" && !(ctrlKey || metaKey || shiftKey || altKey))
      event.stopImmediatePropagation();
  };

  /** @returns {HTMLInputElement[]} */
  get boxes() {
    return /** @type {HTMLInputElement[]} */ (all(this.points, "input"));
  }

  /** What is ticked, as the boxes say: an answer that is on its way may not have come back. */
  get ticked() {
    return this.boxes.map(({ checked }) => (checked ? "1" : "0")).join("");
  }

  draw() {
    const { picks, state, locked, kernel } = this.page;
    const [text, ticks] = picks;
    if (this.text.value !== text) this.text.value = text;
    mark(this.text, "readonly", locked);
    const count = wordCount(text);
    this.count.textContent = `${count} word${count === 1 ? "" : "s"}${count < this.view.words ? `, at least ${this.view.words}` : ""}`;
    this.model.hidden = !state.revealed;
    this.model.parentElement.classList.toggle("ac-beside", Boolean(state.revealed));
    if (!state.revealed) return;
    paint(this.modelText, state.revealed.model_html);
    this.makeBoxes(state.revealed.points_html);
    if (!kernel.pending) this.boxes.forEach((box, i) => (box.checked = ticks[i] === "1"));
  }

  /** Make a box for each point, once. */
  makeBoxes(/** @type {string[]} */ points) {
    if (this.boxes.length === points.length) return;
    const box = (/** @type {string} */ html) => `<label class="ac-choice"><input type="checkbox"> <span>… ${html}</span></label>`;
    this.points.insertAdjacentHTML("beforeend", points.map(box).join(""));
    for (const made of this.boxes) made.setAttribute("data-lm-suppress-shortcuts", "true");
  }
}
