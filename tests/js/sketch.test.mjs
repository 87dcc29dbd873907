import assert from "node:assert/strict";
import { test } from "node:test";
import { attemptsLine } from "../../attention_course/page/js/phase.js";
import { Predict } from "../../attention_course/page/js/predict.js";
import { cellRows, onStep, share, valueAfter, values, withCell } from "../../attention_course/page/js/sketch.js";

const range = { least: 0, most: 1, step: 0.05, decimals: 2 };
const view = (sketch, options = []) => ({ sketch: { missing: "Sketch it.", ...sketch }, options });

test("a value stands on a step, within its range, and never reads -0", () => {
  assert.deepEqual([0.123, 0.13, 2, -3, -0.001].map((value) => onStep(value, range)), ["0.10", "0.15", "1.00", "0.00", "0.00"]);
  assert.equal(onStep(7, { least: -10, most: 10, step: 5, decimals: 0 }), "5");
  assert.equal(onStep(-0.01, { least: -1, most: 1, step: 0.5, decimals: 1 }), "0.0");
});

test("where a value stands in its range is a share", () => {
  assert.deepEqual([0, 0.25, 1, 9].map((value) => share(value, range)), [0, 0.25, 1, 1]);
});

test("keys move a value by steps and to the ends; other keys mean nothing", () => {
  const after = (key) => valueAfter(key, 0.5, range);
  assert.deepEqual(["ArrowUp", "ArrowLeft", "PageUp", "PageDown", "Home", "End"].map(after), ["0.55", "0.45", "0.75", "0.25", "0.00", "1.00"]);
  assert.equal(after("x"), null);
  assert.equal(after("Tab"), null);
});

test("an answer has all of its values or none", () => {
  assert.deepEqual(values(["0.1", "-2"], 2), ["0.1", "-2"]);
  for (const bad of [["0.1"], ["0.1", "x"], [0.1, 0.2], null, ["0.1", "1e5"]]) assert.deepEqual(values(bad, 2), ["", ""]);
  assert.deepEqual(cellRows(["10", "01"], 2, 2), ["10", "01"]);
  for (const bad of [["10"], ["10", "012"], ["10", "0x"], undefined]) assert.deepEqual(cellRows(bad, 2, 2), ["", ""]);
});

test("the first painted cell makes rows of all", () => {
  assert.deepEqual(withCell(["", ""], 1, 2, true, 3), ["000", "001"]);
  assert.deepEqual(withCell(["100", "001"], 0, 0, false, 3), ["000", "001"]);
});

test("nothing can be committed before something was sketched", () => {
  const bars = new Predict(view({ form: "bars", labels: ["a", "b"], unit: "", ...range }));
  assert.deepEqual(bars.empty, ["", ""]);
  assert.equal(bars.obstacle(bars.empty), "Sketch it.");
  assert.equal(bars.obstacle(["0", "0"]), "");
  const choice = new Predict(view({ form: "choice" }, [{ id: "up", letter: "A", label: "up", html: "up" }]));
  assert.deepEqual(choice.fitted(["down"]), [""]);
  assert.deepEqual(choice.fitted(["up"]), ["up"]);
});

test("labels stand in the page as text", () => {
  const bars = new Predict(view({ form: "curve", labels: ["<b>", '"x"'], unit: "<i>", ...range }));
  const grid = new Predict(view({ form: "grid", rows: ["<b>"], columns: ["<i>"], painted: "<u>" }));
  for (const one of [bars, grid]) assert.doesNotMatch(one.html("u"), /<[biu]>/);
  assert.match(bars.html("u"), /aria-label="&#34;x&#34;"/);
});

test("what is committed once has no attempts to count", () => {
  const said = (attempts) => attemptsLine({ attempts, left: 1 - attempts, outcome: "committed" }, { allowed: 1, committed: true });
  assert.deepEqual([said(0), said(1)], ["once, and nobody judges it", ""]);
});
