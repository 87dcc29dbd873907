import assert from "node:assert/strict";
import { test } from "node:test";
import { how } from "../../attention_course/page/js/bank.js";

test("it is said which keys there are", () => {
  const options = ["A", "B", "C"].map((letter) => ({ id: letter, letter, label: letter, html: letter }));
  assert.match(how(options), /A–C fill it, Delete empties it, arrows move/);
});
