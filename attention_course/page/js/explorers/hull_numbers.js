/** The query of the explorer `hull`: its weights and its output. The same numbers: exercises/explorers/hull.py. */
import { softmax } from "./softmax.js";

/** @typedef {{x: number, y: number, temperature: number}} HullState */
/** @typedef {{weights: number[], output: number[]}} Attended */

export const SENTENCE = ["The", "cat", "slept", "because", "it", "was", "tired"];
export const SENTENCE_KEYS = [[0, 0], [3, 0], [1, 1], [0, 0], [1, 0], [0, 0], [0, 3]]; // animal, feeling
export const SENTENCE_VALUES = [[0, 0], [3, 0], [1, 1], [0, 0], [0, 0], [0, 0], [0, 3]]; // furry, weary
export const HULL_CORNERS = [[0, 0], [3, 0], [0, 3]]; // against the clock, as `isInside` needs them
export const FARTHEST = 4; // from 0, along each axis
export const HEAT_STEPS = 10; // of the slider, for a power of ten

/** Return each key's score, q·k / √2, divided by the temperature. */
export function hullScores(/** @type {HullState} */ { x, y, temperature }) {
  return SENTENCE_KEYS.map(([a, b]) => (x * a + y * b) / Math.SQRT2 / temperature);
}

/** Return weights and output. @returns {Attended} */
export function attended(/** @type {HullState} */ state) {
  const weights = softmax(hullScores(state));
  const output = [0, 1].map((i) => weights.reduce((sum, weight, key) => sum + weight * SENTENCE_VALUES[key][i], 0));
  return { weights, output };
}

/** Does a place lie in a hull, or at its rim? */
export function isInside(/** @type {number[]} */ [x, y], corners = HULL_CORNERS) {
  return corners.every(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length];
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= -1e-4; // at the left of each side
  });
}

/** Return a number of the query as it is kept: within bounds, in steps of 0.05. */
export function kept(/** @type {number} */ value) {
  const bounded = Math.min(FARTHEST, Math.max(-FARTHEST, value));
  return Math.round(bounded * 20) / 20 || 0; // which is never -0
}

/** Return the temperature at a step of the slider, and the step that is nearest to a temperature. */
export const heatAt = (/** @type {number} */ step) => Number((10 ** (step / HEAT_STEPS)).toFixed(2));
export const heatStep = (/** @type {number} */ temperature) => Math.round(HEAT_STEPS * Math.log10(temperature));
