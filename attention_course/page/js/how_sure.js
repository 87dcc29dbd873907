/** How sure the student is of an answer: chosen with it, before Check, where the question asks for that. */
import { all, mark } from "./dom.js";

/** @typedef {import("./phase.js").Answering} Answering */
/** @typedef {import("./question_page.js").QuestionPage} QuestionPage */

const HOW_SURE = "Say how sure you are, then check.";
const SURE_IN_WORDS = { guess: "I guess", think: "I think so", sure: "I am sure" };

/** Return the choices as HTML, "" where the question does not ask. */
export function howSureHtml(/** @type {string[]|undefined} */ choices, /** @type {string} */ uid) {
  if (!choices) return "";
  const choice = (/** @type {string} */ name) =>
    `<label><input type="radio" name="${uid}-sure" value="${name}"> ${SURE_IN_WORDS[name] ?? name}</label>`;
  return `<fieldset class="ac-sure" data-part="sure"><legend>How sure are you?</legend>${choices.map(choice).join("")}</fieldset>`;
}

export class HowSure {
  constructor(/** @type {QuestionPage} */ page) {
    this.page = page;
    this.fieldset = page.parts.sure;
    this.fieldset?.addEventListener("change", (event) => this.chosen(/** @type {HTMLInputElement} */ (event.target)));
    this.fieldset?.addEventListener("click", (event) => {
      if (page.locked) event.preventDefault(); // `disabled` would lose the focus
    });
  }

  /** Is it asked now? What is practised counts for nothing. */
  get isAsked() {
    return Boolean(this.fieldset) && !this.page.state.practising;
  }

  get value() {
    return this.page.model.get("sure") ?? "";
  }

  /** What is sent with a Check. */
  get sent() {
    return this.isAsked ? { sure: this.value } : {};
  }

  /** Return what a question's phase depends on: an answer is ready once it is said how sure it is, too. */
  asked(/** @type {Answering} */ kind) {
    if (!this.isAsked) return kind;
    const obstacle = (/** @type {any} */ picks) => kind.obstacle(picks) || (this.value ? "" : HOW_SURE);
    return { empty: kind.empty, repeats: kind.repeats, obstacle };
  }

  chosen(/** @type {HTMLInputElement} */ radio) {
    const { page } = this;
    if (page.locked) return;
    page.notice = "";
    page.model.set("sure", radio.value);
    page.model.save_changes();
    page.draw();
  }

  draw() {
    if (!this.fieldset) return;
    this.fieldset.hidden = !this.isAsked;
    for (const radio of /** @type {HTMLInputElement[]} */ (all(this.fieldset, "input"))) {
      radio.checked = radio.value === this.value;
      mark(radio, "aria-disabled", this.page.locked);
    }
  }
}
