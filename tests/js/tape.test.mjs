import assert from "node:assert/strict";
import { test } from "node:test";
import { Tape } from "../../attention_course/page/js/explorers/tape.js";
import { blocksOf, exchanged, factsOf, rowsOf, stationsOf } from "../../attention_course/page/js/explorers/tape_numbers.js";

const state = { step: 2, way: "right", heads: 2, tokens: 4 };

test("exchanged axes carry their numbers along", () => {
  const tensor = { shape: [2, 3], numbers: [0, 1, 2, 3, 4, 5] };
  assert.deepEqual(exchanged(tensor, [1, 0]), { shape: [3, 2], numbers: [0, 3, 1, 4, 2, 5] });
  assert.deepEqual(exchanged(exchanged(tensor, [1, 0]), [1, 0]), tensor);
});

test("the heads are those of Python, by each way", () => {
  // [[[int(n) for n in row] for row in head] for head in Tape().stations(state)[2]]
  const heads = {
    right: [[0, 1, 2], [10, 11, 12], [3, 4, 5], [13, 14, 15]],
    split: [[0, 1, 2], [3, 4, 5], [10, 11, 12], [13, 14, 15]],
    interleaved: [[0, 2, 4], [10, 12, 14], [1, 3, 5], [11, 13, 15]],
  };
  for (const [way, rows] of Object.entries(heads))
    assert.deepEqual(rowsOf(stationsOf({ way, heads: 2, tokens: 2 })[2]), rows);
});

test("two slips cancel, one does not, and every H-th column is none", () => {
  const equal = (way) => factsOf({ ...state, way }).equal;
  assert.deepEqual(["right", "split", "join", "both", "interleaved"].map(equal), [true, false, false, true, true]);
  assert.equal(factsOf({ ...state, way: "both" }).rows, "0; 0; 1; 1");
  assert.equal(factsOf({ ...state, way: "join" }).joined, "tokens 0 and 1");
});

test("the matrices of a step have the name of the first axis", () => {
  const names = (step) => blocksOf({ ...state, step }).map(({ name }) => name);
  assert.deepEqual([0, 1, 2, 4].map(names), [["x"], ["token 0", "token 1", "token 2", "token 3"], ["head 0", "head 1"], ["joined"]]);
});

test("tape takes its own states alone", () => {
  const tape = new Tape(() => {});
  assert.deepEqual(tape.fitted({ ...state, more: 1 }), state);
  const bad = [{ step: 5 }, { step: "1" }, { way: "left" }, { way: "toString" }, { heads: 4 }, { heads: "2" }, { tokens: 5 }];
  for (const part of bad) assert.equal(tape.fitted({ ...state, ...part }), null);
});
