/** Numbers of chance that are the same in every page, and in Python: exercises/explorers/scale.py. */

/** Return the number at a place (from 0) of the generator mulberry32, between 0 and 1. */
function uniform(/** @type {number} */ seed, /** @type {number} */ place) {
  const state = (seed + Math.imul(place + 1, 0x6d2b79f5)) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
}

/** Return the normal number at a place, made of two uniform ones (G. Box and M. Muller, 1958). */
export function normal(/** @type {number} */ seed, /** @type {number} */ place) {
  const [one, other] = [uniform(seed, 2 * place), uniform(seed, 2 * place + 1)];
  return Math.sqrt(-2 * Math.log(one)) * Math.cos(2 * Math.PI * other);
}
