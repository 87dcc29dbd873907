/**
 * Code that the student writes in a cell of the notebook, above the question. An answer is a list with that cell's text,
 * read when it is wanted; null where the page cannot reach its notebook, and the kernel looks for itself.
 */
import { answerIn, candidates, codeCells, fill, isUntouched, placeOf, putBack } from "./cells.js";
import { all, escaped, mark, paint } from "./dom.js";
import { Kind } from "./kind.js";
import { inLines } from "./skeleton.js";

/** @typedef {import("./state.js").View} View */
/** @typedef {{title_html: string, code_html: string}} Shown  An example, as it is shown before it has run. */

const EMPTY = "Write your code in the cell above, then check.";
const STARTER = "The cell above is as it was at the beginning: change it, then check.";
const LOST = "The cell with your answer is gone. This is what you checked last:";
const COPIED = "Copied: paste it into an empty cell.";
const FULL = "The cell above has code in it: empty it first, then bring yours.";
const NOT_WRITTEN = "Your code is recorded and counts. From here it cannot be written into the cell above, which stays as it is.";
const NOT_COPIED = "It could not be copied: select the text and copy it yourself.";

export class Write extends Kind {
  more = false; // are further checks wanted with the next Check?
  asks = false; // is the student asked whether the solution shall be shown?
  repeats = true;
  resets = false;
  brings = false; // is this Check to bring the answer from another lesson's notebook?
  silent =
    "Your code is still running. A loop is stopped after some seconds, but nothing can stop what a library does within " +
    "one call: if nothing comes, interrupt the kernel (Kernel ▸ Interrupt Kernel), then check again.";

  constructor(/** @type {View} */ view) {
    super(view);
    this.patience = 4000 * (view.seconds ?? 5); // milliseconds: examples and checks may each take their whole time
  }

  get empty() {
    return null;
  }

  get context() {
    return this.page.keeper.context;
  }

  get cells() {
    return codeCells(this.context);
  }

  /** @returns {string[]|null} */
  fitted() {
    const { cells } = this;
    return cells && [answerIn(cells, this.view) ?? ""];
  }

  isUnknown(/** @type {string[]|null} */ picks) {
    return picks === null;
  }

  obstacle(/** @type {string[]|null} */ picks) {
    if (picks === null || this.brings) return "";
    if (!picks[0].trim()) return EMPTY;
    return isUntouched(picks[0], this.view) ? STARTER : "";
  }

  /** What is sent with a Check: the cells among which the answer is. */
  get sent() {
    const { cells } = this;
    return { cells: cells && candidates(cells, this.view), more: this.more, bring: this.brings };
  }

  // ---- the elements

  html(/** @type {string} */ uid) {
    const example = (/** @type {Shown} */ { title_html: title, code_html: code }) =>
      `<details><summary>${title}</summary><pre class="ac-code"><code>${inLines(code)}</code></pre></details>`;
    return `${this.bringHtml()}
      <div class="ac-examples" role="group" aria-labelledby="${uid}-examples">
        <p class="ac-label" id="${uid}-examples">Check runs what you wrote on:</p>
        ${this.view.examples.map(example).join("")}
      </div>
      <div class="ac-lost" role="group" aria-label="Your answer, as you checked it last">
        <p>${LOST}</p>
        <pre class="ac-output" tabindex="0"></pre>
        <button type="button" class="ac-put-back">Put this text back</button>
        <button type="button" class="ac-copy">Copy</button>
      </div>`;
  }

  bringHtml() {
    const { brings } = this.view;
    if (!brings) return "";
    return `
      <div class="ac-bring-mine">
        <button type="button" class="ac-bring">Bring mine from ${escaped(brings)}.ipynb</button>
        <p class="ac-label">Nothing is taken from there unless you ask. Without yours, the course's code is used.</p>
      </div>`;
  }

  built(/** @type {HTMLElement} */ root) {
    this.root = root;
    const [check] = all(root, "[data-part='check']");
    check.insertAdjacentHTML("afterend", '<button type="button" class="ac-more">Run more checks</button>');
    const [help] = all(root, ".ac-help");
    help.insertAdjacentHTML(
      "beforeend",
      `<div class="ac-give-up">
        <button type="button" class="ac-ask">Show me the solution</button>
        <span class="ac-sure">Your code stays as it is, and it is recorded that you looked.
          <button type="button" class="ac-show">Show it</button>
          <button type="button" class="ac-no">Not yet</button></span>
      </div>`,
    );
    const buttons = ["more", "ask", "show", "no", "put-back", "copy"];
    const found = buttons.map((name) => [name, all(root, `.ac-${name}`)[0]]);
    this.buttons = /** @type {Object<string, HTMLElement>} */ (Object.fromEntries(found));
    this.listen();
  }

  listen() {
    const { root, buttons } = this;
    buttons.more.addEventListener("click", () => this.runMore());
    buttons.ask.addEventListener("click", () => this.ask(true));
    buttons.no.addEventListener("click", () => this.ask(false));
    buttons.show.addEventListener("click", () => this.showSolution());
    all(root, ".ac-bring")[0]?.addEventListener("click", () => this.bringMine());
    buttons.copy.addEventListener("click", () => this.copy());
    buttons["put-back"].addEventListener("click", () => this.putBack());
    this.looked = () => this.page.draw();
    for (const event of ["pointerenter", "focusin"]) root.addEventListener(event, this.looked);
  }

  /** The question is on the page: follow what is written in the notebook. */
  shown() {
    this.changed = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(this.looked, 200); // not at each key
    };
    this.context?.model?.contentChanged?.connect?.(this.changed);
  }

  removed() {
    clearTimeout(this.timer);
    this.context?.model?.contentChanged?.disconnect?.(this.changed);
  }

  // ---- what the student does

  runMore() {
    if (this.buttons.more.getAttribute("aria-disabled") === "true") return;
    this.more = true;
    this.page.check();
    this.more = false;
  }

  /** Have the kernel take the student's own code from another lesson's notebook, unless there is some here. */
  bringMine() {
    const { picks } = this.page;
    if (picks && !isUntouched(picks[0], this.view)) return this.page.tell(FULL);
    this.brings = true;
    this.page.check();
    this.brings = false;
  }

  place(/** @type {string} */ text) {
    return fill(this.context, text, this.view) ? "" : NOT_WRITTEN;
  }

  /** Ask whether the solution shall be shown, or leave that; the focus goes along. */
  ask(/** @type {boolean} */ asks) {
    this.asks = asks;
    this.draw();
    this.buttons[asks ? "show" : "ask"].focus();
    if (asks) this.page.say("Show the solution? Your code stays as it is, and it is recorded that you looked.");
  }

  showSolution() {
    this.asks = false;
    this.page.parts.title.focus({ preventScroll: true }); // the button goes away
    this.page.kernel.showSolution(this.page.keeper.about);
  }

  get recorded() {
    return this.page.state.checked_picks?.[0] ?? "";
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.recorded);
      this.page.tell(COPIED);
    } catch {
      this.page.tell(NOT_COPIED); // on a connection that is not safe, say
    }
  }

  putBack() {
    const outputs = this.page.keeper.notebook?.receipts[0]?.outputs;
    if (!putBack(this.context, placeOf(this.context, outputs), this.recorded, this.view)) return this.copy();
    this.page.parts.title.focus({ preventScroll: true });
    this.page.tell("Your answer stands in a new cell above.");
  }

  // ---- what is seen

  draw() {
    const { page, buttons, root } = this;
    const { picks, state, phase } = page;
    const isRunning = phase === "checking";
    const [examples] = all(root, ".ac-examples");
    const [lost] = all(root, ".ac-lost");
    const [sure] = all(root, ".ac-sure");
    examples.hidden = Boolean(state.result_html) || this.view.examples.length === 0;
    lost.hidden = !(picks && picks[0] === "" && this.recorded && this.isLost());
    paint(lost.querySelector("pre"), lost.hidden ? "" : escaped(this.recorded));
    buttons.more.hidden = !state.checks;
    mark(buttons.more, "aria-disabled", isRunning || Boolean(this.obstacle(picks)) || state.done);
    for (const bring of all(root, ".ac-bring")) mark(bring, "aria-disabled", isRunning || state.done);
    sure.hidden = !this.asks || !state.can_show_solution;
    buttons.ask.hidden = this.asks || !state.can_show_solution;
  }

  isLost() {
    const { cells } = this;
    return cells !== null && answerIn(cells, this.view) === null;
  }
}
