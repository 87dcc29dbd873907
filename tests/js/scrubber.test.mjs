import assert from "node:assert/strict";
import { test } from "node:test";
import { filmMapHtml, lastRowSaid } from "../../attention_course/training/film_map.js";
import { linesOf } from "../../attention_course/training/scrubber.js";

const film = {
  steps: [0, 5],
  loss: [2.8, 0.5],
  accuracy: [0.1, 0.9],
  mass: [[0.2, 0.1], [0.8, 0.7]],
  entropy: [[3, 1], [0.4, 0.6]],
  maps: [[[[[100, 0], [50, 50]]], [[[100, 0], [20, 80]]]]],
  tokens: [7, 3],
  right: [[[0, 0], [1, 0]], [[0, 0], [0, 0]]],
};

test("a film has a plot in nats, and one of shares, with a line for each layer", () => {
  const [nats, shares] = linesOf(film);
  assert.deepEqual(nats.names, ["loss", "entropy, layer 1", "entropy, layer 2"]);
  assert.deepEqual(nats.lines, [[2.8, 0.5], [3, 0.4], [1, 0.6]]);
  assert.equal(nats.most, 3);
  assert.deepEqual(shares.names, ["accuracy", "mass, layer 1", "mass, layer 2"]);
  assert.deepEqual(shares.lines, [[0.1, 0.9], [0.2, 0.8], [0.1, 0.7]]);
  assert.equal(shares.most, 1);
});

test("a map has a cell for each weight, and an outline for each key that is right", () => {
  const html = filmMapHtml(film);
  assert.equal(html.match(/ac-weight-cell/g).length, 8);
  assert.equal(html.match(/ac-right-cell/g).length, 1);
  assert.deepEqual(html.match(/data-name="[^"]*"/g), ['data-name="layer 1"', 'data-name="layer 2"']);
  const [[[one]]] = film.maps;
  assert.match(filmMapHtml({ ...film, maps: [[[one, one]]] }), /layer 1, head 2/);
});

test("in words it says where the last query looks most", () => {
  assert.equal(lastRowSaid([[100, 0], [20, 80]], [7, 3]), "the last token, 3, puts most, 0.80, on the 3 at place 2 of 2");
});
