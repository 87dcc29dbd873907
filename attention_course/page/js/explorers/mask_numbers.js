/**
 * What the explorer `mask` computes: weights under a mask, and what leaks, which is found by trying. The same numbers:
 * exercises/explorers/mask.py.
 */
import { softmax } from "./softmax.js";

/** @typedef {{keep: string[], fill: string, order: string}} MaskState */
/** @typedef {number[][]} Matrix */
/** @typedef {{row: number, column: number, through: string[]}} Leak  What reaches a row though it is hidden from it. */
/** @typedef {{weights: Matrix, outputs: Matrix, dead: number[], hidden: number, leaks: Leak[]}} Masked */

export const MASK_TOKENS = ["The", "cat", "slept", "because", "it"];
export const MASK_SIZE = MASK_TOKENS.length;
export const FILLS = { "-inf": -Infinity, "-1e9": -1e9, 0: 0 };
const MASK_QUERIES = [[1, 0.5], [0.5, -1], [-1, 0.5], [1, 1], [2, 0.5]];
const MASK_KEYS = [[0.5, 1], [2, 0], [1, 1], [-0.5, 0.5], [1, -0.5]];
const MASK_VALUES = [[1, 0], [3, 0], [1, 1], [0.5, 2], [0, 1]];
const SAME_OUTPUT = 1e-5; // so near are two outputs that count as one

/** Return rows of numbers with 1 added to both numbers of one of them; of none where it is -1. */
function changedAt(/** @type {Matrix} */ rows, /** @type {number} */ changed) {
  return rows.map((row, i) => row.map((number) => number + Number(i === changed)));
}

/** Return the weights under a mask, with one key changed. */
function maskedWeights(/** @type {MaskState} */ { keep, fill, order }, /** @type {number} */ changed) {
  const keys = changedAt(MASK_KEYS, changed);
  return MASK_QUERIES.map(([a, b], row) => {
    const scores = keys.map(([c, d]) => (a * c + b * d) / Math.SQRT2);
    const filled = (/** @type {number[]} */ numbers) =>
      numbers.map((number, column) => (keep[row][column] === "1" ? number : FILLS[fill]));
    return order === "before" ? softmax(filled(scores)) : filled(softmax(scores));
  });
}

/** Return the weights, and then those after each key has been changed. */
export function maskMaps(/** @type {MaskState} */ state) {
  return [-1, ...MASK_TOKENS.keys()].map((changed) => maskedWeights(state, changed));
}

/** Return weighted sums of values, one for each row of weights. */
function summed(/** @type {Matrix} */ weights, /** @type {Matrix} */ values) {
  return weights.map((row) => [0, 1].map((i) => row.reduce((sum, weight, key) => sum + weight * values[key][i], 0)));
}

/** Are two outputs the same? NaN is the same as NaN, and −∞ as −∞. */
function areSame(/** @type {number[]} */ one, /** @type {number[]} */ other) {
  return one.every((number, i) => Object.is(number, other[i]) || Math.abs(number - other[i]) <= SAME_OUTPUT);
}

/** Return what is seen of a mask with these weights. @returns {Masked} */
export function look(/** @type {string[]} */ keep, /** @type {Matrix[]} */ [weights, ...afterKeys]) {
  const outputs = summed(weights, MASK_VALUES);
  const leaks = /** @type {Leak[]} */ ([]);
  let hidden = 0;
  for (const column of MASK_TOKENS.keys()) {
    const others = {
      key: summed(afterKeys[column], MASK_VALUES),
      value: summed(weights, changedAt(MASK_VALUES, column)),
    };
    for (const row of MASK_TOKENS.keys()) {
      if (keep[row][column] === "1") continue;
      hidden += 1;
      const through = Object.keys(others).filter((what) => !areSame(outputs[row], others[what][row]));
      if (through.length) leaks.push({ row, column, through });
    }
  }
  const dead = [...MASK_TOKENS.keys()].filter((row) => !keep[row].includes("1"));
  return { weights, outputs, dead, hidden, leaks };
}

/** Return rows of a mask: all is seen, what is not later, all but the last keys, or nothing in one row. */
export const MASKS = {
  all: () => MASK_TOKENS.map(() => "1".repeat(MASK_SIZE)),
  causal: () => MASK_TOKENS.map((_, row) => "1".repeat(row + 1).padEnd(MASK_SIZE, "0")),
  padding: (/** @type {string[]} */ keep) => keep.map((row) => `${row.slice(0, -2)}00`),
  empty: (/** @type {string[]} */ keep, /** @type {number} */ empty) =>
    keep.map((row, i) => (i === empty ? "0".repeat(MASK_SIZE) : row)),
};
