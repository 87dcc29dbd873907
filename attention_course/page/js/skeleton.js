/** The elements of a question, made once; `data-part` names those that are painted from then on. */
import { all, suppressShortcuts } from "./dom.js";
import { howSureHtml } from "./how_sure.js";

/** @typedef {import("./state.js").View} View */
/** @typedef {import("./kind.js").Kind} Kind */
/** @typedef {{root: HTMLElement, code?: HTMLElement} & {[part: string]: HTMLElement}} Parts */

/** Give each line of highlighted code an element that knows its indentation, so that a long line wraps below itself. */
export function inLines(/** @type {string} */ html) {
  const indentation = (/** @type {string} */ line) => line.replace(/<[^>]*>/g, "").search(/\S|$/);
  const block = (/** @type {string} */ line) =>
    `<span class="ac-line" style="--indent:${indentation(line)}ch">${line}\n</span>`;
  return html.split("\n").map(block).join("");
}

/** Do so in each program within a text. */
export function programsInLines(/** @type {string} */ html) {
  return html.replace(/(<pre class="ac-code"><code>)(.*?)(?=<\/code>)/gs, (_, begin, code) => begin + inLines(code));
}

/** Return the question's elements as HTML. */
function skeleton(/** @type {View} */ view, /** @type {string} */ uid, /** @type {Kind} */ kind) {
  const mistakes = view.mistakes_html.map((mistake) => `<li>${mistake}</li>`).join("");
  return `
    <header class="ac-head">
      <h3 class="ac-title${view.asked_above || view.sure ? " ac-unseen" : ""}" id="${uid}-title" tabindex="-1" data-part="title"></h3>
      <span class="ac-difficulty ac-${view.difficulty}">${view.difficulty}</span>
    </header>
    ${view.asked_above ? "" : `<div class="ac-prompt">${view.prompt_html}</div>`}
    ${view.code_html && `<pre class="ac-code" data-part="code"><code>${inLines(view.code_html)}</code></pre>`}
    ${kind.html(uid)}
    ${howSureHtml(view.sure, uid)}
    <div class="ac-actions" data-part="actions">
      <button type="button" class="ac-check" data-part="check">Check</button>
      <button type="button" class="ac-reset" data-part="reset">Reset</button>
      <button type="button" class="ac-practise" data-part="practise"></button>
      <button type="button" class="ac-again" data-part="again">Again, in other numbers</button>
      <div class="ac-judged" data-part="verdict"></div>
      <span class="ac-left" data-part="which"></span>
      <span class="ac-left" id="${uid}-left" data-part="left"></span>
    </div>
    <p class="ac-notice" data-part="notice"></p>
    <div class="ac-help">
      ${disclosure("Hint", view.hint_html)}
      ${(view.hints_html ?? []).map((hint, i) => disclosure(`Hint ${i + 1}`, hint)).join("")}
      ${disclosure("Common mistakes", mistakes && `<ul>${mistakes}</ul>`)}
    </div>
    <div class="ac-feedback" data-part="feedback">
      <div data-part="result"></div>
      <div data-part="solution"></div>
    </div>
    <p class="ac-status" role="status" data-part="status"></p>`;
}

function disclosure(/** @type {string} */ label, /** @type {string} */ html) {
  return html && `<details><summary>${label}</summary><div class="ac-disclosed">${html}</div></details>`;
}

/** Make the question's elements; return those that are painted by name. */
export function build(/** @type {View} */ view, /** @type {string} */ uid, /** @type {Kind} */ kind) {
  const root = document.createElement("section");
  root.className = "attention-question";
  root.setAttribute("aria-labelledby", `${uid}-title`);
  root.innerHTML = skeleton(view, uid, kind);
  kind.built(root);
  suppressShortcuts(root);
  const named = all(root, "[data-part]").map((part) => [part.dataset.part, part]);
  const parts = /** @type {Parts} */ ({ ...Object.fromEntries(named), root });
  parts.title.textContent = view.title;
  return parts;
}
