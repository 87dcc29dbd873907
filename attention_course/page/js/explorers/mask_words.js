/** What the explorer `mask` says of its numbers. */
import { MASK_SIZE, MASK_TOKENS } from "./mask_numbers.js";

/** @typedef {import("./mask_numbers.js").Masked} Masked */

/** Return a number as it stands in a cell. */
export function shown(/** @type {number} */ number) {
  if (Number.isNaN(number)) return "NaN";
  if (!Number.isFinite(number)) return number < 0 ? "−∞" : "∞";
  if (Math.abs(number) >= 1000) return number.toExponential(0).replace("e+", "e").replace("-", "−");
  return (Math.abs(number) < 0.005 ? 0 : number).toFixed(2).replace("-", "−");
}

export const shownPair = (/** @type {number[]} */ numbers) => `[${numbers.map(shown).join(", ")}]`;

/** Say what a row without a key gets. */
export function deadWords(/** @type {number[]} */ weights, /** @type {number[]} */ output) {
  const is = (/** @type {number} */ wanted) => weights.every((weight) => Math.abs(weight - wanted) < 1e-5);
  if (weights.some(Number.isNaN)) return "its weights are NaN, and so is its output";
  if (is(0)) return "its weights are 0, and so is its output";
  if (is(1 / MASK_SIZE)) return `it gets the average of all values, ${shownPair(output)}`;
  return `its weights are no shares, the first is ${shown(weights[0])}`;
}

/** Say of each dead row what it gets; "" where there is none. */
export function deadSaid(/** @type {Masked} */ { dead, weights, outputs }) {
  return dead.map((row) => `✕ “${MASK_TOKENS[row]}” sees no key: ${deadWords(weights[row], outputs[row])}.`).join(" ");
}

/** Say how much leaks, and through what. */
export function leakSaid(/** @type {Masked} */ { hidden, leaks }) {
  if (!hidden) return "Nothing is hidden: paint a cell, or take one of the masks.";
  if (!leaks.length) return `✓ No leak: none of ${hidden} hidden cells lets anything through.`;
  const ways = ["key", "value"].filter((what) => leaks.some(({ through }) => through.includes(what)));
  return `▲ Leak: ${leaks.length} of ${hidden} hidden cells let the ${ways.join(" or the ")} through.`;
}

/** Say what reaches a row although it is hidden from it. */
export function leaksOfRow(/** @type {Masked} */ { leaks }, /** @type {number} */ row) {
  const own = leaks.filter((leak) => leak.row === row);
  return own.map(({ column, through }) => `▲ ${MASK_TOKENS[column]} (${through.join(", ")})`).join(" ") || "–";
}
