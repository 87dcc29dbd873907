/**
 * Scale: how the weights of ten keys sharpen with the dimension d, and what dividing the scores by √d does.
 *
 * Queries and keys have independent normal entries. Given a query, its scores are normal with the query's length as their
 * deviation: so a score is |q| times a normal number, and the same queries can be followed as d grows.
 */
import { all } from "../dom.js";
import { barsHtml, drawBar } from "./bars.js";
import { normal } from "./chance.js";
import { Explorer } from "./explorer.js";
import { softmax } from "./softmax.js";

/** @typedef {{d: number, scaled: boolean, query: number}} ScaleState */

export const KEY_COUNT = 10;
export const QUERY_COUNT = 200;
const LARGEST_D = 1024;
const STEPS_OF_D = 40; // of the slider: a quarter of a doubling each

const drawnOnce = /** @type {{lengths?: Float64Array, normal?: Float64Array}} */ ({});

/** Return the length of each query for each d, and the keys' normal numbers; they are drawn once. */
function drawn() {
  if (drawnOnce.lengths) return drawnOnce;
  const lengths = new Float64Array(QUERY_COUNT * LARGEST_D);
  for (let query = 0; query < QUERY_COUNT; query++) {
    for (let i = 0, sum = 0; i < LARGEST_D; i++) {
      const place = query * LARGEST_D + i;
      sum += normal(2, place) ** 2;
      lengths[place] = Math.sqrt(sum);
    }
  }
  drawnOnce.lengths = lengths;
  drawnOnce.normal = Float64Array.from({ length: QUERY_COUNT * KEY_COUNT }, (_, place) => normal(1, place));
  return drawnOnce;
}

/** Return a query's weights. */
export function weightsOf(/** @type {number} */ query, /** @type {ScaleState} */ { d, scaled }) {
  const { lengths, normal: numbers } = drawn();
  const factor = lengths[query * LARGEST_D + d - 1] / (scaled ? Math.sqrt(d) : 1);
  return softmax([...numbers.subarray(query * KEY_COUNT, (query + 1) * KEY_COUNT)].map((number) => factor * number));
}

/** Return Σp(1−p): how much weights still change where the scores do. */
export function slopeOf(/** @type {number[]} */ weights) {
  return weights.reduce((sum, p) => sum + p * (1 - p), 0);
}

/** Return the numbers of a state: of its query, and on average over all. */
export function numbersOf(/** @type {ScaleState} */ state) {
  const weights = weightsOf(state.query, state);
  let [largest, slope] = [0, 0];
  for (let query = 0; query < QUERY_COUNT; query++) {
    const others = weightsOf(query, state);
    largest += Math.max(...others) / QUERY_COUNT;
    slope += slopeOf(others) / QUERY_COUNT;
  }
  return { weights, largest: Math.max(...weights), slope: slopeOf(weights), meanLargest: largest, meanSlope: slope };
}

/** Return the d at a step of the slider, and the step that is nearest to a d. */
export const dAt = (/** @type {number} */ step) => Math.round(2 ** (step / 4));
export const stepAt = (/** @type {number} */ d) => Math.round(4 * Math.log2(d));

export class Scale extends Explorer {
  /** @returns {ScaleState|null} */
  fitted(/** @type {any} */ state) {
    const isWhole = (/** @type {any} */ value, /** @type {number} */ least, /** @type {number} */ most) =>
      Number.isInteger(value) && least <= value && value <= most;
    const good =
      isWhole(state?.d, 1, LARGEST_D) && isWhole(state.query, 0, QUERY_COUNT - 1) && typeof state.scaled === "boolean";
    return good ? { d: state.d, scaled: state.scaled, query: state.query } : null;
  }

  html(/** @type {string} */ uid) {
    return `
      <div class="ac-controls">
        <label for="${uid}-d">Dimension d</label>
        <input id="${uid}-d" class="ac-d" type="range" min="0" max="${STEPS_OF_D}" step="1">
        <output class="ac-d-said" for="${uid}-d"></output>
        <label class="ac-box"><input class="ac-scaled" type="checkbox"> divide the scores by √d</label>
        <button type="button" class="ac-another">Another query</button>
      </div>
      <p class="ac-caption">The weights of one query with ten keys:</p>
      ${barsHtml(Array(KEY_COUNT).fill(""))}
      <table class="ac-numbers">
        <thead><tr><th scope="col">of the weights</th><th scope="col">this query</th>
          <th scope="col">${QUERY_COUNT} queries, on average</th></tr></thead>
        <tbody><tr><th scope="row">largest weight</th><td></td><td></td></tr>
          <tr><th scope="row">Σp(1−p), what softmax still moves</th><td></td><td></td></tr></tbody>
      </table>`;
  }

  built(/** @type {HTMLElement} */ root) {
    const [d, scaled] = /** @type {HTMLInputElement[]} */ ([...all(root, ".ac-d"), ...all(root, ".ac-scaled")]);
    this.d = d;
    this.scaled = scaled;
    [this.said] = all(root, ".ac-d-said");
    [this.picture] = all(root, ".ac-bars");
    this.columns = all(root, ".ac-bars .ac-column");
    this.cells = all(root, ".ac-numbers td");
    d.addEventListener("input", () => this.change({ d: dAt(Number(d.value)) }));
    scaled.addEventListener("change", () => this.change({ scaled: scaled.checked }));
    const [another] = all(root, ".ac-another");
    another.addEventListener("click", () => this.change({ query: (this.state.query + 1) % QUERY_COUNT }));
  }

  change(/** @type {object} */ part) {
    this.changed({ ...this.state, ...part });
  }

  draw(/** @type {ScaleState} */ state) {
    this.state = state;
    const { weights, largest, slope, meanLargest, meanSlope } = numbersOf(state);
    const numbers = [largest, meanLargest, slope, meanSlope].map((number) => number.toFixed(2));
    if (dAt(Number(this.d.value)) !== state.d) this.d.value = String(stepAt(state.d));
    this.d.setAttribute("aria-valuetext", `d = ${state.d}: largest weight ${numbers[0]}, on average ${numbers[1]}`);
    this.scaled.checked = state.scaled;
    this.said.textContent = `d = ${state.d}, √d = ${Number(Math.sqrt(state.d).toFixed(2))}`;
    this.columns.forEach((column, i) => drawBar(column, weights[i]));
    this.cells.forEach((cell, i) => (cell.textContent = numbers[i]));
    const told = weights.map((weight) => weight.toFixed(2)).join(", ");
    const how = state.scaled ? "divided by √d" : "not divided by √d";
    this.picture.setAttribute("aria-label", `Ten bars, the weights of query ${state.query + 1}, scores ${how}: ${told}.`);
  }
}
