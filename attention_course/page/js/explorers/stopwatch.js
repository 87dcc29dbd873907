/** How long a product of scores takes in this page. It depends on the machine: so it is shown, and never kept. */

const SIZE_OF_HEAD = 64;
const MEASURED_LENGTHS = [64, 128, 256];
const LONG_ENOUGH = 8; // milliseconds

/** Return the scores of T queries with T keys, (T, T), as plain loops compute them. */
export function productOf(/** @type {Float32Array} */ q, /** @type {Float32Array} */ k, /** @type {number} */ d) {
  const T = q.length / d;
  const scores = new Float32Array(T * T);
  for (let i = 0; i < T; i++)
    for (let j = 0; j < T; j++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += q[i * d + c] * k[j * d + c];
      scores[i * T + j] = sum;
    }
  return scores;
}

/** Return the milliseconds of some work: the least of three batches, each long enough for a coarse clock. */
function timeOf(/** @type {() => void} */ work, /** @type {() => number} */ clock) {
  const batch = (/** @type {number} */ runs) => {
    const begun = clock();
    for (let run = 0; run < runs; run++) work();
    return clock() - begun;
  };
  let [runs, taken] = [1, batch(1)];
  while (taken < LONG_ENOUGH && runs < 1024) taken = batch((runs *= 2));
  return Math.min(taken, batch(runs), batch(runs)) / runs;
}

/** Return the milliseconds of a product for each T, by a clock that is handed in. */
export function measured(/** @type {() => number} */ clock) {
  const vectors = (/** @type {number} */ T) => Float32Array.from({ length: T * SIZE_OF_HEAD }, (_, i) => (i % 7) - 3);
  return MEASURED_LENGTHS.map((T) => {
    const [q, k] = [vectors(T), vectors(T)];
    return { T, milliseconds: timeOf(() => productOf(q, k, SIZE_OF_HEAD), clock) };
  });
}

/** Say the times, and how many times as long each takes as the one of half its T. */
export function inTimes(/** @type {{T: number, milliseconds: number}[]} */ times) {
  const told = times.map(({ T, milliseconds }, i) => {
    const before = times[i - 1]?.milliseconds;
    const ratio = before ? ` (× ${(milliseconds / before).toFixed(1)})` : "";
    return `T = ${T}: ${milliseconds.toFixed(2)} ms${ratio}`;
  });
  return `The scores of one head, T × T × ${SIZE_OF_HEAD}, in this page: ${told.join("; ")}. Expected: × 4 each.`;
}
