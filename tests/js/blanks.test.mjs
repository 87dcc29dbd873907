import assert from "node:assert/strict";
import { test } from "node:test";
import { Blanks, placed, standing } from "../../attention_course/page/js/blanks.js";

const options = ["a", "b", "c"].map((id, i) => ({ id, letter: "ABC"[i], label: id, html: id }));
const blanks = new Blanks({ options, blank_count: 2 });

test("an answer has one pick for each blank", () => {
  assert.deepEqual(blanks.empty, ["", ""]);
  assert.deepEqual(blanks.fitted(["evil", "c", "a"]), ["", "c"]);
  assert.deepEqual(blanks.fitted(null), ["", ""]);
});

test("an option is put into a blank, moved, swapped and taken out", () => {
  assert.deepEqual(placed(["", ""], 1, "a"), ["", "a"]);
  assert.deepEqual(placed(["a", ""], 1, "a"), ["a", "a"], "an option may be used twice");
  assert.deepEqual(placed(["a", ""], 1, "a", 0), ["", "a"], "moved");
  assert.deepEqual(placed(["a", "b"], 1, "a", 0), ["b", "a"], "swapped");
  assert.deepEqual(placed(["a", "b"], 0, "a", 0), ["a", "b"], "put back where it was");
  assert.deepEqual(placed(["a", "b"], 0, ""), ["", "b"], "taken out");
});

test("every blank has to be filled", () => {
  assert.match(blanks.obstacle(["", ""]), /every blank/);
  assert.match(blanks.obstacle(["a", ""]), /every blank/);
  assert.equal(blanks.obstacle(["a", "a"]), "");
});

test("an option's identity is no part of the page's HTML, whatever it is", () => {
  const evil = new Blanks({ options: [{ id: '"><script>', letter: "A", label: "x", html: "x" }], blank_count: 1 });
  assert.ok(!evil.html("u").includes("script"));
});

test("of each blank it is known whether what it holds was found right or wrong", () => {
  const checked = { outcome: "wrong", checked_picks: ["a", "b"], wrong_parts: [1] };
  assert.equal(standing(checked, ["a", "b"], 0), "right");
  assert.equal(standing(checked, ["a", "b"], 1), "wrong");
  assert.equal(standing(checked, ["a", "c"], 1), "", "changed since");
  assert.equal(standing(checked, ["a", "c"], 0), "right", "another blank was changed");
  assert.equal(standing(checked, ["", ""], 0), "", "emptied");
  assert.equal(standing({ outcome: "right", checked_picks: ["a", "b"], wrong_parts: [] }, ["a", "b"], 1), "right");
});

test("before the first attempt, and where the key is held back, no blank is right or wrong", () => {
  assert.equal(standing({ outcome: "not attempted", checked_picks: null, wrong_parts: [] }, ["a", "b"], 0), "");
  assert.equal(standing({ outcome: "recorded", checked_picks: ["a", "b"], wrong_parts: [] }, ["a", "b"], 0), "");
});
