import assert from "node:assert/strict";
import { test } from "node:test";
import { hasUnit, typed } from "../../attention_course/page/js/fields.js";
import { Numeric } from "../../attention_course/page/js/numeric.js";
import { Order } from "../../attention_course/page/js/order.js";
import { rowHtml } from "../../attention_course/page/js/order_row.js";
import { Shapes } from "../../attention_course/page/js/shapes.js";

const fields = ["a", "b"].map((label) => ({ label_html: label, unit: "", missing: `Write a number for ${label}.` }));
const view = { fields, help: "", longest: 5 };
const lines = [{ id: "a", texts: ["x = ", ""], pieces: ["x = ", ""], choices: [["1", "2"]], opens: false }];

test("an answer is what was typed, one text for each field, of no more than the allowed length", () => {
  assert.deepEqual(typed([" 0,73 ", "1/3", "more"], 2, 60), [" 0,73 ", "1/3"]);
  assert.deepEqual(typed(["123456"], 2, 5), ["12345", ""]);
  assert.deepEqual(typed([3, null], 2, 5), ["", ""]);
  assert.deepEqual(typed(undefined, 1, 5), [""]);
});

test("where a unit was typed, that of the field is not shown behind it", () => {
  assert.deepEqual(["2 KiB", "73 %", "2", "2e-5 ", "√64", ""].map(hasUnit), [true, true, false, false, false, false]);
});

test("the first field that is empty is named", () => {
  const numeric = new Numeric(view);
  assert.deepEqual(numeric.empty, ["", ""]);
  assert.equal(numeric.obstacle(["", ""]), "Write a number for a.");
  assert.equal(numeric.obstacle(["1", "  "]), "Write a number for b.");
  assert.equal(numeric.obstacle(["abc", "1"]), "", "what is no number, the kernel says");
});

test("a field without a label is called what it takes", () => {
  const one = { ...view, fields: [{ ...fields[0], label_html: "" }] };
  assert.match(new Numeric(one).html("u"), />Your number</);
  assert.match(new Shapes(one).html("u"), />Its shape</);
});

test("an order needs a line, and a choice in each blank of the lines that are used", () => {
  const order = new Order({ lines, deepest: 6 });
  assert.deepEqual(order.empty, []);
  assert.match(order.obstacle([]), /Put lines/);
  assert.match(order.obstacle(["0:a\t"]), /Choose in every blank/);
  assert.equal(order.obstacle(["0:a\t2"]), "");
  assert.deepEqual(order.fitted(["0:a\tevil", "0:b"]), ["0:a\t"]);
});

test("what is offered for a blank is text, whatever it is", () => {
  const row = rowHtml({ ...lines[0], choices: [["<b>", '"&']] });
  assert.ok(!row.includes("<b>"));
  assert.ok(row.includes("&#60;b&#62;"));
});
