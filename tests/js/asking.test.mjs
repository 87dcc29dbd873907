import assert from "node:assert/strict";
import { test } from "node:test";
import { Asking, numbersIn } from "../../attention_course/page/js/asking.js";

const OWN = { title: "Task 1", revision: 3 };

function asking(isOpen = true) {
  const [sent, changes] = [[], []];
  const send = (number, state) => isOpen && sent.push([number, state]) > 0;
  const one = new Asking(send, () => changes.push(one.said("attend")));
  return { one, sent, changes };
}

test("of the states that come while one is under way the newest alone is asked", () => {
  const { one, sent, changes } = asking();
  one.turn(OWN, "a");
  for (const state of ["b", "c", "d"]) one.ask(state);
  assert.deepEqual(sent, [[1, "a"]]);
  assert.equal(one.said("attend"), "Waiting for your own attend; what is drawn was computed by the page.");
  one.told(1, { numbers: { weights: [0.5] } });
  assert.deepEqual(sent, [[1, "a"], [2, "d"]]);
  one.told(2, { numbers: { weights: [0.7] } });
  assert.equal(sent.length, 2);
  assert.deepEqual(one.theirs, { weights: [0.7] });
  assert.equal(changes.at(-1), "Computed by your own attend, from Task 1.");
});

test("what goes wrong is said, and then the page has computed what is drawn", () => {
  const { one, changes } = asking();
  one.turn(OWN, "a");
  one.told(1, { sentence: "Your attend raised ValueError." });
  assert.equal(one.theirs, null);
  assert.equal(changes[0], "Your attend raised ValueError. What is drawn was computed by the page.");
  one.ask("b");
  one.told(2, { numbers: { output: [1] } });
  assert.deepEqual(one.theirs, { output: [1] });
});

test("nothing is asked before it is turned on, nor taken once it is off", () => {
  const { one, sent, changes } = asking();
  one.ask("a");
  assert.deepEqual(sent, []);
  one.turn(OWN, "a");
  one.turn(null);
  one.told(1, { numbers: { output: [1] } });
  assert.deepEqual([one.theirs, changes, one.said("attend")], [null, [], ""]);
});

test("a kernel that has gone is said", () => {
  const { one } = asking(false);
  one.turn(OWN, "a");
  assert.match(one.said("attend"), /The kernel was restarted or has gone/);
  assert.equal(one.underWay, 0);
});

test("numbers that JSON does not know come as texts", () => {
  const numbers = numbersIn({ maps: [["NaN", "-Infinity"], [0.5, "Infinity"]] });
  assert.deepEqual(numbers, { maps: [[NaN, -Infinity], [0.5, Infinity]] });
});
