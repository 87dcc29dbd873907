import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbour } from "../../attention_course/page/js/keyboard.js";

test("arrow keys go along a row and around its ends", () => {
  const row = ["a", "b", "c"];
  assert.equal(neighbour(row, "a", "ArrowRight"), "b");
  assert.equal(neighbour(row, "c", "ArrowDown"), "a");
  assert.equal(neighbour(row, "a", "ArrowLeft"), "c");
  assert.equal(neighbour(row, "b", "ArrowUp"), "a");
  assert.equal(neighbour(row, "b", "Enter"), null);
});
