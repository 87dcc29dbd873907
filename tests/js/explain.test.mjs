import assert from "node:assert/strict";
import { test } from "node:test";
import { Explain, textAndTicks, wordCount } from "../../attention_course/page/js/explain.js";
import { Kernel } from "../../attention_course/page/js/kernel.js";

test("a word is what has a letter or a digit, as in the kernel", () => {
  const counts = [["", 0], ["a b", 2], [" a\n\tb  c ", 3], ["– a –", 1], ["d_k √2 µ", 3]];
  for (const [text, count] of counts) assert.equal(wordCount(text), count, text);
});

test("an answer is a text and what is ticked", () => {
  assert.deepEqual(textAndTicks(["a", "10"]), ["a", "10"]);
  for (const bad of [null, "a", ["a"], ["a", 1], [1, ""]]) assert.deepEqual(textAndTicks(bad), ["", ""]);
});

test("too few words cannot be committed", () => {
  const explain = new Explain({ words: 3, missing: "Write.", longest: 3000 });
  assert.equal(explain.obstacle(["", ""]), "Write.");
  assert.match(explain.obstacle(["two words", ""]), /at least 3 words, then commit: so far there are 2\.$/);
  assert.equal(explain.obstacle(["now three words", ""]), "");
});

test("a quiet change is told from an attempt when the kernel has taken it", () => {
  const heard = [];
  const listener = { judged: (_receipt, quiet) => heard.push(quiet), draw() {}, tell() {} };
  const sent = [];
  const kernel = new Kernel({ send: (message) => sent.push(message) }, "u", listener);
  kernel.check(["a", ""], 0, {});
  kernel.receive({ kind: "checked", id: sent[0].id });
  kernel.check(["a", "1"], 1, {}, true);
  kernel.check(["a", "0"], 1, {}, true);
  for (const { id } of sent.slice(1)) kernel.receive({ kind: "checked", id });
  kernel.stop();
  assert.deepEqual(heard, [false, true, true]);
  assert.equal(new Set(sent.map(({ id }) => id)).size, 3);
  assert.equal(kernel.pending, null);
});
