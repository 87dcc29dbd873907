import assert from "node:assert/strict";
import { test } from "node:test";
import { Choice } from "../../attention_course/page/js/choice.js";

const options = ["first", "second"].map((id) => ({ id, label: id, html: id }));
const choice = new Choice({ options });

test("an answer is one option's id", () => {
  assert.deepEqual(choice.empty, [""]);
  assert.deepEqual(choice.fitted(["second"]), ["second"]);
  assert.deepEqual(choice.fitted(["B"]), [""], "a letter is none");
  assert.deepEqual(choice.fitted(undefined), [""]);
});

test("an option has to be picked", () => {
  assert.match(choice.obstacle([""]), /Pick an option/);
  assert.equal(choice.obstacle(["first"]), "");
});

test("an option's identity is no part of the page's HTML, whatever it is", () => {
  const evil = new Choice({ options: [{ id: '"><script>', letter: "A", label: "x", html: "x" }] });
  assert.ok(!evil.html("u").includes("script"));
});
