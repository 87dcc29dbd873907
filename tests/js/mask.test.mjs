import assert from "node:assert/strict";
import { test } from "node:test";
import { Mask } from "../../attention_course/page/js/explorers/mask.js";
import { look, maskMaps, MASKS } from "../../attention_course/page/js/explorers/mask_numbers.js";
import { deadSaid, leakSaid, leaksOfRow, shown } from "../../attention_course/page/js/explorers/mask_words.js";
import { softmax } from "../../attention_course/page/js/explorers/softmax.js";

const causal = MASKS.causal();
const dead = MASKS.empty(MASKS.all(), 1);
const near = (one, other, by = 1e-9) => assert.ok(Math.abs(one - other) <= by, `${one} ${other}`);
const seen = (keep, fill, order) => look(keep, maskMaps({ keep, fill, order }));
const ways = ({ leaks }) => [...new Set(leaks.flatMap(({ through }) => through))];

test("mask takes its own states alone", () => {
  const mask = new Mask(() => {});
  const state = { keep: causal, fill: "-inf", order: "before" };
  assert.deepEqual(mask.fitted({ ...state, more: 1 }), state);
  const wrong = [{ keep: causal.slice(1) }, { keep: [...causal.slice(1), "1"] }, { keep: "11111" }, { fill: 0 }];
  wrong.push({ fill: "toString" }, { order: "during" }, { order: null }, { keep: [...causal.slice(1), 11111] });
  for (const changes of wrong) assert.equal(mask.fitted({ ...state, ...changes }), null);
  for (const bad of [null, {}, []]) assert.equal(mask.fitted(bad), null);
});

test("the masks of the buttons", () => {
  assert.deepEqual(causal, ["10000", "11000", "11100", "11110", "11111"]);
  assert.deepEqual(MASKS.padding(causal), ["10000", "11000", "11100", "11100", "11100"]);
  assert.deepEqual(MASKS.empty(causal, 4), [...causal.slice(0, 4), "00000"]);
  assert.deepEqual(MASKS.all(), Array(5).fill("11111"));
});

test("softmax of nothing but −∞ is NaN, and large scores are no trouble", () => {
  assert.ok(softmax([-Infinity, -Infinity]).every(Number.isNaN));
  assert.deepEqual(softmax([1000, -Infinity]), [1, 0]);
});

test("the weights are the very same as in Python", () => {
  // tests/unit/test_mask_explorer.py has these, too: of row 3 the weights, the output, and the weights after key 4 changed
  for (const [fill, order, weights, output, after] of [
    ["0", "after", [0.2133317907, 0.3038098606, 0.3038098606, 0.0738612612, 0.0], [1.465501864, 0.451532383], [0.1607050404, 0.2288631045, 0.2288631045, 0.0556404506, 0.0]],
    ["-inf", "before", [0.238409416, 0.3395233838, 0.3395233838, 0.08254381634, 0.0], [1.637774859, 0.5046110165], [0.238409416, 0.3395233838, 0.3395233838, 0.08254381634, 0.0]],
    ["0", "before", [0.220230731, 0.3136347727, 0.3136347727, 0.07624986175, 0.07624986175], [1.512894753, 0.542384358], [0.220230731, 0.3136347727, 0.3136347727, 0.07624986175, 0.07624986175]],
  ]) {
    const maps = maskMaps({ keep: causal, fill, order });
    weights.forEach((wanted, i) => near(maps[0][3][i], wanted));
    after.forEach((wanted, i) => near(maps[5][3][i], wanted));
    output.forEach((wanted, i) => near(look(causal, maps).outputs[3][i], wanted));
  }
});

test("what leaks, and through what", () => {
  assert.deepEqual(ways(seen(causal, "-inf", "before")), []);
  assert.deepEqual(ways(seen(causal, "-1e9", "before")), []);
  assert.deepEqual(ways(seen(causal, "0", "before")), ["value"]);
  assert.deepEqual(ways(seen(causal, "0", "after")), ["key"]);
  assert.deepEqual(ways(seen(dead, "-inf", "before")), []);
  assert.deepEqual(ways(seen(dead, "-1e9", "before")), ["value"]);
  assert.deepEqual(ways(seen(dead, "0", "after")), []);
  assert.equal(seen(causal, "0", "after").leaks.length, 10);
});

test("what is said of leaks and of rows that see nothing", () => {
  assert.match(leakSaid(seen(MASKS.all(), "-inf", "before")), /^Nothing is hidden/);
  assert.equal(leakSaid(seen(causal, "-inf", "before")), "✓ No leak: none of 10 hidden cells lets anything through.");
  const late = seen(causal, "0", "after");
  assert.equal(leakSaid(late), "▲ Leak: 10 of 10 hidden cells let the key through.");
  assert.equal(leaksOfRow(late, 3), "▲ it (key)");
  assert.equal(leaksOfRow(late, 4), "–");
  assert.equal(deadSaid(late), "");
  const said = (fill, order) => deadSaid(seen(dead, fill, order));
  assert.equal(said("-inf", "before"), "✕ “cat” sees no key: its weights are NaN, and so is its output.");
  assert.equal(said("-1e9", "before"), "✕ “cat” sees no key: it gets the average of all values, [1.10, 0.80].");
  assert.equal(said("0", "after"), "✕ “cat” sees no key: its weights are 0, and so is its output.");
  assert.equal(said("-inf", "after"), "✕ “cat” sees no key: its weights are no shares, the first is −∞.");
  assert.equal(said("-1e9", "after"), "✕ “cat” sees no key: its weights are no shares, the first is −1e9.");
});

test("numbers as they stand in a cell", () => {
  const numbers = [0.126, 0, -0.001, -0.5, NaN, Infinity, -Infinity, -1e9, 1];
  assert.deepEqual(numbers.map(shown), ["0.13", "0.00", "0.00", "−0.50", "NaN", "∞", "−∞", "−1e9", "1.00"]);
});
