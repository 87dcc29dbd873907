import assert from "node:assert/strict";
import { test } from "node:test";
import { ranFromTheFirst } from "../../attention_course/page/js/run_all.js";

test("a run of all cells is known by its counts, also while later cells wait", () => {
  assert.ok(ranFromTheFirst([1, 2, 3]));
  assert.ok(ranFromTheFirst([7, 8, null, null]), "in a kernel that has run before");
});

test("what did not begin at the first cell, or was interrupted by something else, is no run of all cells", () => {
  assert.ok(!ranFromTheFirst([null, 1, 2]), "all below");
  assert.ok(!ranFromTheFirst([3, 2, null]));
  assert.ok(!ranFromTheFirst([1, 2, 5, null]));
  assert.ok(!ranFromTheFirst([1, null, 2]));
  assert.ok(!ranFromTheFirst([]));
});
