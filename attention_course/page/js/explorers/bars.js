/** Weights as bars, one for each key. */
import { escaped } from "../dom.js";

/** Return bars as HTML, a label below each; "" for none. */
export function barsHtml(/** @type {string[]} */ labels) {
  const bar = (/** @type {string} */ label) => `
    <div class="ac-column"><div class="ac-track"><span class="ac-fill"></span></div>
      <span class="ac-value"></span>${label && `<span class="ac-of">${escaped(label)}</span>`}</div>`;
  return `<div class="ac-bars" role="img"><div class="ac-plot"><div class="ac-axis"><span>1</span><span>0</span></div>
    <div class="ac-columns">${labels.map(bar).join("")}</div></div></div>`;
}

/** Draw a weight as the bar that stands in a column. */
export function drawBar(/** @type {HTMLElement} */ column, /** @type {number} */ weight) {
  const height = Math.min(100, Math.max(0, 100 * weight || 0));
  /** @type {HTMLElement} */ (column.querySelector(".ac-fill")).style.setProperty("--at", `${height}%`);
  column.querySelector(".ac-value").textContent = weight.toFixed(2).replace(/^0/, ""); // there is little room
}
