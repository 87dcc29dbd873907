import assert from "node:assert/strict";
import { test } from "node:test";
import { asPicks, chosenIn, indented, moved, placedLines, position, reading } from "../../attention_course/page/js/lines.js";

const line = (id, texts = [id], choices = []) => ({ id, texts, pieces: texts, choices, opens: false });
const loop = { ...line("loop", ["for i in x:"]), opens: true };
const add = line("add", ["t = ", " + i"], [["t", "0"]]);
const zero = line("t:0", ["t = 0"]);
const lines = [loop, add, zero];

test("an answer is read and written in the same form, ids with colons too", () => {
  const picks = ["0:t:0", "1:add\tt", "6:loop"];
  assert.deepEqual(asPicks(placedLines(picks, lines, 6)), picks);
});

test("what was never offered, stands twice or is too deep is dropped", () => {
  const picks = ["0:gone", "0:loop", "1:loop", "9:add\tt", "x:add", "", null, 3];
  assert.deepEqual(asPicks(placedLines(picks, lines, 6)), ["0:loop"]);
  assert.deepEqual(placedLines(null, lines, 6), []);
  assert.deepEqual(asPicks(placedLines([""], lines, 6)), []);
});

test("a choice that was never offered is no choice", () => {
  assert.deepEqual(asPicks(placedLines(["0:add\tevil"], lines, 6)), ["0:add\t"]);
  assert.deepEqual(asPicks(placedLines(["0:add"], lines, 6)), ["0:add\t"]);
});

test("a line takes the place of the one that it is put on", () => {
  const placed = placedLines(["0:loop", "1:add\tt", "0:t:0"], lines, 6);
  const ids = (result) => result.map(({ id }) => id);
  assert.deepEqual(ids(moved(placed, loop, 2, lines)), ["add", "t:0", "loop"], "down");
  assert.deepEqual(ids(moved(placed, zero, 0, lines)), ["t:0", "loop", "add"], "up");
  assert.deepEqual(ids(moved(placed, add, 1, lines)), ["loop", "add", "t:0"], "where it is");
  assert.deepEqual(ids(moved(placed, loop, Infinity, lines)), ["add", "t:0", "loop"], "to the end");
  assert.deepEqual(asPicks(moved(placed, add, 0, lines))[0], "1:add\tt", "depth and choice stay");
});

test("a new line is as deep as the one before it, and deeper where that opens a block", () => {
  assert.deepEqual(asPicks(moved([], zero, Infinity, lines)), ["0:t:0"]);
  const placed = placedLines(["1:loop"], lines, 6);
  assert.deepEqual(asPicks(moved(placed, zero, Infinity, lines)), ["1:loop", "2:t:0"]);
  assert.deepEqual(asPicks(moved(placed, zero, 0, lines)), ["0:t:0", "1:loop"]);
});

test("a line is indented between nothing and the deepest", () => {
  const placed = placedLines(["0:loop", "1:t:0"], lines, 6);
  assert.deepEqual(asPicks(indented(placed, 1, 2, 6)), ["0:loop", "3:t:0"]);
  assert.deepEqual(asPicks(indented(placed, 1, -5, 6)), ["0:loop", "0:t:0"]);
  assert.deepEqual(asPicks(indented(placed, 0, 9, 6)), ["6:loop", "1:t:0"]);
});

test("a choice is made in one line", () => {
  const placed = placedLines(["0:loop", "1:add"], lines, 6);
  assert.deepEqual(asPicks(chosenIn(placed, "add", 0, "0")), ["0:loop", "1:add\t0"]);
});

test("it is said what a line reads, where it stands and how deep", () => {
  const placed = placedLines(["0:loop", "1:add", "2:t:0"], lines, 6);
  assert.equal(reading(add), "t = blank + i");
  assert.equal(reading(add, ["t"]), "t = t + i");
  assert.equal(position(placed, 0, "x"), "Line 1 of 3, not indented: x");
  assert.equal(position(placed, 1, "x"), "Line 2 of 3, indented 1 step: x");
  assert.equal(position(placed, 2, "x"), "Line 3 of 3, indented 2 steps: x");
});
