import assert from "node:assert/strict";
import { test } from "node:test";
import { Hull } from "../../attention_course/page/js/explorers/hull.js";
import {
  attended,
  heatAt,
  heatStep,
  HULL_CORNERS,
  isInside,
  kept,
  SENTENCE_VALUES,
} from "../../attention_course/page/js/explorers/hull_numbers.js";
import { placesOf } from "../../attention_course/page/js/explorers/hull_planes.js";
import { Plane } from "../../attention_course/page/js/explorers/plane.js";

const state = { x: 1, y: 0.5, temperature: 1 };
const near = (one, other, by = 1e-9) => assert.ok(Math.abs(one - other) <= by, `${one} ${other}`);

test("hull takes its own states alone", () => {
  const hull = new Hull(() => {});
  assert.deepEqual(hull.fitted({ ...state, more: 1 }), state);
  const wrong = [{ x: 4.05 }, { x: 0.01 }, { x: "1" }, { y: NaN }, { y: null }, { temperature: 0 }, { temperature: 0.123 }];
  for (const changes of wrong) assert.equal(hull.fitted({ ...state, ...changes }), null);
  for (const bad of [null, {}, []]) assert.equal(hull.fitted(bad), null);
});

test("the numbers are the very same as in Python", () => {
  // tests/unit/test_hull_explorer.py has these, too.
  for (const [place, weights, output] of [
    [{ x: 1, y: 0.5, temperature: 1 }, [0.05222801054, 0.4356936221, 0.1508489678, 0.05222801054, 0.1059244106, 0.05222801054, 0.1508489678], [1.457929834, 0.6033958712]],
    [{ x: 4, y: 0.25, temperature: 2.51 }, [0.0249872075, 0.7343268159, 0.08273612715, 0.0249872075, 0.07710956944, 0.0249872075, 0.030865865], [2.285716575, 0.1753337221]],
  ]) {
    const found = attended(place);
    weights.forEach((wanted, i) => near(found.weights[i], wanted));
    output.forEach((wanted, i) => near(found.output[i], wanted));
  }
});

test("no output leaves the hull, and what lies outside is told", () => {
  for (let x = -4; x <= 4; x += 0.5)
    for (let y = -4; y <= 4; y += 0.5) assert.ok(isInside(attended({ x, y, temperature: 0.1 }).output));
  for (const value of SENTENCE_VALUES) assert.ok(isInside(value));
  for (const corner of HULL_CORNERS) assert.ok(isInside(corner));
  for (const place of [[2, 2], [-0.1, 1], [1, -0.1], [NaN, 0]]) assert.equal(isInside(place), false);
});

test("a query is kept within bounds and on steps; temperatures go by tenths of a power of ten", () => {
  assert.deepEqual([5, -7, 0.512, -0.01].map(kept), [4, -4, 0.5, 0]);
  assert.ok(Object.is(kept(-0.01), 0));
  assert.deepEqual([-10, -5, 0, 5, 10].map(heatAt), [0.1, 0.32, 1, 3.16, 10]);
  for (let step = -10; step <= 10; step++) assert.equal(heatStep(heatAt(step)), step);
});

test("points at one place are one point with several names", () => {
  assert.deepEqual(placesOf([[0, 0], [1, 0], [0, 0]]), [
    { place: [0, 0], members: [0, 2] },
    { place: [1, 0], members: [1] },
  ]);
});

test("a place is drawn where it is pointed at, and within the plane", () => {
  const plane = new Plane({ least: -4, most: 4, across: "a", up: "b" });
  assert.deepEqual(plane.pixels([0, 0]), [130, 130]);
  assert.deepEqual(plane.pixels([-9, 9]), [0, 0]);
  assert.deepEqual(plane.pixels([NaN, 0]), [0, 130]);
  const node = { getBoundingClientRect: () => ({ left: 10, top: 20, width: 80, height: 80 }) };
  assert.deepEqual(plane.pointedAt(node, { clientX: 10, clientY: 20 }), [-4, 4]);
  assert.deepEqual(plane.pointedAt(node, { clientX: 60, clientY: 60 }), [1, 0]);
});
