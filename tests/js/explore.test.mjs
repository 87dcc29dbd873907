import assert from "node:assert/strict";
import { test } from "node:test";
import { EXPLORERS } from "../../attention_course/page/js/explorers/index.js";
import { dAt, numbersOf, Scale, slopeOf, stepAt, weightsOf } from "../../attention_course/page/js/explorers/scale.js";
import { Explore, stateIn } from "../../attention_course/page/js/explore.js";

const state = { d: 64, scaled: false, query: 0 };
const near = (one, other, by = 1e-9) => assert.ok(Math.abs(one - other) <= by * Math.abs(other), `${one} ${other}`);

test("a state is the JSON that an answer holds, and none where it holds another thing", () => {
  assert.deepEqual(stateIn([JSON.stringify(state)]), state);
  for (const bad of [null, [], [""], ["{"], 3]) assert.equal(stateIn(bad), null);
  const explore = new Explore({ explorer: "scale", start: state });
  assert.deepEqual(explore.fitted([JSON.stringify({ ...state, more: 1 })]), [JSON.stringify(state)]);
  assert.deepEqual(explore.fitted(['{"d": 0, "scaled": true, "query": 0}']), [""]);
});

test("scale takes its own states alone", () => {
  const scale = new Scale(() => {});
  assert.deepEqual(scale.fitted(state), state);
  for (const bad of [{}, { ...state, d: 0 }, { ...state, d: 1.5 }, { ...state, query: 200 }, { ...state, scaled: 1 }, null])
    assert.equal(scale.fitted(bad), null);
});

test("weights are shares, and the very same as in Python", () => {
  const weights = weightsOf(0, state);
  near(weights.reduce((sum, weight) => sum + weight, 0), 1);
  [0.03171879533887886, 0.1333765697493416, 0.0000029597013425685495].forEach((weight, i) => near(weights[i], weight));
});

test("without the scale weights sharpen as d grows; with it they stay as they are", () => {
  const at = (d, scaled) => numbersOf({ d, scaled, query: 0 });
  near(at(64, false).meanLargest, 0.86, 0.02);
  near(at(64, true).meanLargest, 0.32, 0.02);
  near(at(64, false).meanSlope, 0.2, 0.1);
  near(at(64, true).meanSlope, 0.8, 0.02);
  assert.ok(at(1024, false).meanSlope < at(64, false).meanSlope);
  assert.ok(Math.abs(at(1024, true).meanSlope - at(16, true).meanSlope) < 0.03);
  near(slopeOf([0.5, 0.5]), 0.5);
});

test("the slider goes from 1 to 1024 by quarters of a doubling", () => {
  assert.deepEqual([0, 4, 24, 40].map(dAt), [1, 2, 64, 1024]);
  assert.deepEqual([1, 2, 64, 1024].map(stepAt), [0, 4, 24, 40]);
});

test("every explorer has what the page asks of one", () => {
  for (const Explorer of Object.values(EXPLORERS)) {
    const one = new Explorer(() => {});
    for (const method of ["fitted", "html", "built", "draw"]) assert.equal(typeof one[method], "function");
    assert.equal(one.fitted({ nothing: 1 }), null);
  }
});
