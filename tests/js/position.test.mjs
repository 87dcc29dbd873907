import assert from "node:assert/strict";
import { test } from "node:test";
import { curveOf, Position, positionInWords, scoreAt, signed } from "../../attention_course/page/js/explorers/position.js";

const state = { scheme: "rope", query: 12, key: 5, shift: 20, head: 3 };
const near = (one, other) => assert.ok(Math.abs(one - other) <= 1e-9, `${one} ${other}`);

test("scores are those of Python", () => {
  // score(scheme, query, key, head) of exercises/explorers/position.py
  const known = [
    ["rope", 12, 5, 1, 1.033546983714121],
    ["rope", 5, 12, 1, 0.8271763902483442],
    ["rope", 132, 100, 1, 0.6494009913795068],
    ["sinusoid", 12, 5, 1, 3.220661780321335],
    ["sinusoid", 32, 25, 1, 3.87695188563373],
    ["alibi", 12, 5, 3, 0.19980230740355243],
    ["alibi", 0, 32, 8, 1.1998023074035524],
  ];
  for (const [scheme, query, key, head, score] of known) near(scoreAt(scheme, query, key, head), score);
});

test("a common shift changes no score but that of added sinusoids", () => {
  for (const [scheme, stays] of [["rope", true], ["alibi", true], ["sinusoid", false]]) {
    const [here, there] = [0, 57].map((shift) => curveOf({ ...state, scheme }, shift));
    assert.equal(here.every((score, i) => Math.abs(score - there[i]) < 1e-9), stays);
    assert.equal(positionInWords({ ...state, scheme }).endsWith(", the same."), stays);
  }
});

test("numbers have a real minus, and 0 has none", () => {
  assert.deepEqual([-1.234, -0.001, 0, 2.5].map((number) => signed(number)), ["−1.23", "0.00", "0.00", "2.50"]);
});

test("position takes its own states alone", () => {
  const position = new Position(() => {});
  assert.deepEqual(position.fitted({ ...state, more: 1 }), state);
  const bad = [{ scheme: "learned" }, { query: 33 }, { key: -1 }, { key: "5" }, { shift: 101 }, { shift: 0.5 }, { head: 0 }];
  for (const part of bad) assert.equal(position.fitted({ ...state, ...part }), null);
  assert.equal(position.fitted(null), null);
});
