import assert from "node:assert/strict";
import { test } from "node:test";
import { attemptsLine, obstacle, phaseOf, same } from "../../attention_course/page/js/phase.js";

const kind = { empty: ["", ""], obstacle: (picks) => (picks.includes("") ? "Fill every blank, then check." : "") };
const view = { allowed: 3 };
const state = { attempts: 0, left: 3, outcome: "not attempted", done: false, checked_picks: [] };

test("every phase has its name", () => {
  const wrong = { ...state, attempts: 1, left: 2, outcome: "wrong", checked_picks: ["a", "b"] };
  assert.equal(phaseOf(state, ["", ""], null, kind), "untouched");
  assert.equal(phaseOf(state, ["a", ""], null, kind), "partly");
  assert.equal(phaseOf(state, ["a", "b"], null, kind), "ready");
  assert.equal(phaseOf(state, ["a", "b"], { silent: false }, kind), "checking");
  assert.equal(phaseOf(state, ["a", "b"], { silent: true }, kind), "silent");
  assert.equal(phaseOf(wrong, ["a", "b"], null, kind), "wrong");
  assert.equal(phaseOf(wrong, ["a", "c"], null, kind), "ready");
  assert.equal(phaseOf({ ...wrong, done: true }, ["a", "b"], null, kind), "spent");
  assert.equal(phaseOf({ ...wrong, done: true, outcome: "right" }, ["a", "b"], null, kind), "right");
  assert.equal(phaseOf({ ...wrong, outcome: "recorded" }, ["a", "b"], null, kind), "recorded");
});

test("where an answer that nobody touched can be checked, it is ready", () => {
  const lines = { empty: [2, 0, 1], obstacle: () => "" }; // lines to order always have an order
  assert.equal(phaseOf(state, [2, 0, 1], null, lines), "ready");
});

test("the second click of a double click does not spend a second attempt", () => {
  assert.match(obstacle("wrong", ["a", "b"], kind), /change your answer first/);
  assert.match(obstacle("recorded", ["a", "b"], kind), /change your answer first/);
  assert.equal(obstacle("ready", ["a", "b"], kind), "");
});

test("an unfinished answer says what is missing, also where the kernel is silent about an earlier one", () => {
  for (const phase of ["untouched", "partly", "silent"]) assert.match(obstacle(phase, ["a", ""], kind), /every blank/);
});

test("answers are the same if they are the same JSON values", () => {
  assert.ok(same(["a", "b"], ["a", "b"]));
  assert.ok(!same(["a", "b"], ["b", "a"]));
  assert.ok(!same(["a"], ["a", "b"]));
  assert.ok(same({ value: 0.5, unit: ["m"] }, { unit: ["m"], value: 0.5 }));
  assert.ok(!same({ value: 0.5 }, { value: "0.5" }));
  assert.ok(!same([], {}));
  assert.ok(!same([], null));
  assert.ok(same("def f(): ...", "def f(): ..."));
});

test("the attempts left are said in words", () => {
  assert.equal(attemptsLine(state, view), "3 attempts left");
  assert.equal(attemptsLine({ ...state, attempts: 2, left: 1, outcome: "wrong" }, view), "1 attempt left");
  assert.equal(attemptsLine({ ...state, attempts: 3, left: 0, outcome: "wrong" }, view), "no attempts left");
  assert.equal(attemptsLine({ ...state, attempts: 2, left: 1, outcome: "right" }, view), "right at attempt 2 of 3");
});

test("what is practised says that it does not count", () => {
  const practising = { ...state, practising: true };
  assert.equal(attemptsLine(practising, view), "practice, nothing of this counts: 3 attempts left");
  const right = { ...practising, attempts: 1, left: 2, outcome: "right" };
  assert.equal(attemptsLine(right, view), "practice, nothing of this counts: right at attempt 1 of 3");
});

test("what a right answer gives follows the attempts left, in the kernel's words", () => {
  const worth = "a right answer now gives 75% of the points";
  const wrong = { ...state, attempts: 1, left: 2, outcome: "wrong", worth };
  assert.equal(attemptsLine(wrong, view), `2 attempts left · ${worth}`);
  const spent = { ...wrong, attempts: 3, left: 0, worth: "this answer gives no points" };
  assert.equal(attemptsLine(spent, view), "no attempts left · this answer gives no points");
  const right = { ...wrong, outcome: "right", worth: "this answer gives 100% of the points" };
  assert.equal(attemptsLine(right, view), "right at attempt 1 of 3 · this answer gives 100% of the points");
});
