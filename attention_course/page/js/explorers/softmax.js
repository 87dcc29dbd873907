/** Softmax, as several explorers need it. */

/** Return scores as shares; NaN, all of them, where every score is −∞. */
export function softmax(/** @type {number[]} */ scores) {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((before, power) => before + power, 0);
  return powers.map((power) => power / sum);
}
