/** The elements of a line that can be moved: a handle, its text with its blanks, and buttons that do what keys do. */
import { escaped, HANDLE } from "./dom.js";

/** @typedef {import("./lines.js").Line} Line */

const TOOLS = [
  ["ArrowUp", "↑", "Up"],
  ["ArrowDown", "↓", "Down"],
  ["ArrowLeft", "←", "Less indented"],
  ["ArrowRight", "→", "More indented"],
  ["Delete", "✕", "Take out"],
];

/** Return a line's elements as HTML; which line it is, is said of them later. */
export function rowHtml(/** @type {Line} */ { pieces, choices }) {
  const blanks = choices.map((offered, i) => blankHtml(offered, i));
  const text = pieces.map((piece, i) => piece + (blanks[i] ?? "")).join("");
  const tool = ([key, sign, said]) =>
    `<button type="button" data-tool="${key}" aria-label="${said}" title="${said}">${sign}</button>`;
  return `
    <div class="ac-row" role="listitem">
      <span ${HANDLE} class="ac-grip" data-grip></span>
      <code class="ac-text">${text}</code>
      <span class="ac-tools" role="group" aria-label="Move this line" hidden>${TOOLS.map(tool).join("")}</span>
    </div>`;
}

/** A blank is chosen once its line is in the program; before that it is seen what there is. */
function blankHtml(/** @type {string[]} */ offered, /** @type {number} */ i) {
  const option = (/** @type {string} */ text) => `<option>${escaped(text)}</option>`;
  return (
    `<span class="ac-offered">[${offered.map(escaped).join(" | ")}]</span>` +
    `<select data-choice="${i}" aria-label="Blank ${i + 1} of this line"><option value="">…</option>` +
    `${offered.map(option).join("")}</select>`
  );
}
