import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesSaid, Cost, costsOf, flopsSaid, kvHeadsFor, linesOf } from "../../attention_course/page/js/explorers/cost.js";
import { inTimes, measured, productOf } from "../../attention_course/page/js/explorers/stopwatch.js";

const state = { tokens: 1024, layers: 12, heads: 12, kv_heads: 12, d: 64, bytes: 2 };

test("costs are those of Python", () => {
  const known = { projections: 57982058496, scores: 38654705664, weights: 301989888, cache: 37748736 };
  assert.deepEqual(costsOf(state), known);
  const small = { tokens: 128, layers: 2, heads: 2, kv_heads: 1, d: 64, bytes: 2 };
  assert.equal(costsOf(small).cache, 65536);
});

test("twice the tokens cost four times the scores and twice the cache", () => {
  const [once, twice] = [state, { ...state, tokens: 2048 }].map(costsOf);
  assert.deepEqual(Object.keys(once).map((name) => twice[name] / once[name]), [2, 4, 4, 2]);
});

test("large numbers are said short", () => {
  assert.deepEqual([999, 1000, 1125000].map(flopsSaid), ["999 FLOP", "1 kFLOP", "1.13 MFLOP"]);
  assert.deepEqual([1023, 1536, 65536].map(bytesSaid), ["1023 bytes", "1.5 KiB", "64 KiB"]);
});

test("KV heads divide the heads, and lines go up in equal ratios", () => {
  assert.deepEqual(kvHeadsFor(12), [1, 2, 3, 4, 6, 12]);
  const { lowest, highest, lines } = linesOf([[10, 100, 1000], [20, 20, 20]], 10);
  assert.deepEqual([lowest, highest], [10, 10000]);
  assert.deepEqual(linesOf([[1024, 4096]], 2).lines, [[[0, 0], [1, 2 / 3]]]);
  assert.deepEqual(lines[0].map(([x, y]) => [x, Math.round(300 * y)]), [[0, 0], [0.5, 100], [1, 200]]);
});

test("fewer heads take the nearest number of KV heads along", () => {
  const told = [];
  const cost = new Cost((changed) => told.push(changed));
  cost.state = state;
  cost.change({ heads: 8 });
  assert.deepEqual(told, [{ ...state, heads: 8, kv_heads: 8 }]);
  cost.state = { ...state, kv_heads: 3 };
  cost.change({ heads: 8 });
  assert.equal(told[1].kv_heads, 2);
});

test("cost takes its own states alone", () => {
  const cost = new Cost(() => {});
  assert.deepEqual(cost.fitted({ ...state, more: 1 }), state);
  const bad = [{ tokens: 100 }, { layers: 0 }, { heads: 5 }, { kv_heads: 8 }, { d: "64" }, { bytes: 3 }];
  for (const part of bad) assert.equal(cost.fitted({ ...state, ...part }), null);
});

test("a product of scores is one of rows", () => {
  const [q, k] = [Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 0, 1, 1)]; // (2, 2) each
  assert.deepEqual([...productOf(q, k, 2)], [1, 3, 3, 7]);
});

test("times are measured by repeating what is short, and said with their ratios", () => {
  let now = 0;
  const times = measured(() => (now += 13));
  assert.deepEqual(times, [64, 128, 256].map((T) => ({ T, milliseconds: 13 })));
  const said = inTimes([{ T: 128, milliseconds: 1 }, { T: 256, milliseconds: 4.2 }]);
  assert.equal(said, "The scores of one head, T × T × 64, in this page: T = 128: 1.00 ms; T = 256: 4.20 ms (× 4.2). Expected: × 4 each.");
});
