import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, offered } from "../../attention_course/page/js/options.js";

const options = ["a", "b", "c"].map((id, i) => ({ id, letter: "ABC"[i], label: id, html: id }));

test("picks are fitted to the blanks, and what was never offered is dropped", () => {
  assert.deepEqual(offered(["b"], options, 2), ["b", ""]);
  assert.deepEqual(offered(["evil", "c", "a"], options, 2), ["", "c"]);
  assert.deepEqual(offered(null, options, 2), ["", ""]);
});

test("an option is known by its id, whatever is shown for it", () => {
  const [named] = [{ id: "n7", letter: "A", label: "key", html: "<b>key</b>" }];
  assert.deepEqual(offered(["key"], [named], 1), [""]);
  assert.deepEqual(offered(["A"], [named], 1), [""]);
  assert.deepEqual(offered(["n7"], [named], 1), ["n7"]);
});

test("an order gives the options their letters, and what it does not name comes last", () => {
  const made = ["a", "b", "c"].map((id) => ({ id, label: id, html: id }));
  const shown = (order) => inOrder(made, order).map(({ id, letter }) => letter + id);
  assert.deepEqual(shown([]), ["Aa", "Bb", "Cc"]);
  assert.deepEqual(shown(["c", "a", "b"]), ["Ac", "Ba", "Cb"]);
  assert.deepEqual(shown(["b", "gone"]), ["Ab", "Ba", "Cc"]);
  assert.deepEqual(made.map(({ id }) => id), ["a", "b", "c"], "the options themselves stay as they are");
});
