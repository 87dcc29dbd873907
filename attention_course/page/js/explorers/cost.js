/**
 * Cost: what the attention of one sentence of T tokens costs, in operations and in bytes, all layers together.
 *
 * A multiplication and an addition are two operations (FLOPs). Projections are W_Q, W_K, W_V and W_O of one forward pass;
 * scores are counted for all pairs, also where a mask hides some. The same numbers as in `exercises/explorers/cost.py`.
 */
import { all, paint } from "../dom.js";
import { isOneOf, options, select } from "./controls.js";
import { curvesHtml, drawCurves } from "./curves.js";
import { Explorer } from "./explorer.js";
import { inTimes, measured } from "./stopwatch.js";

/** @typedef {{tokens: number, layers: number, heads: number, kv_heads: number, d: number, bytes: number}} CostState */

const OFFERED = {
  tokens: Array.from({ length: 12 }, (_, i) => 2 ** (i + 6)),
  layers: [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96],
  heads: [1, 2, 4, 6, 8, 12, 16, 32, 64],
  kv_heads: [1, 2, 3, 4, 6, 8, 12, 16, 32, 64],
  d: [8, 16, 32, 64, 128, 256],
  bytes: [1, 2, 4],
};
const MENUS = { layers: "Layers", heads: "Heads", kv_heads: "KV heads", d: "d per head", bytes: "Bytes per number" };
const ROWS = ["projections", "scores and weighted sum", "weights, if stored", "KV-cache"];
const PICTURES = [
  { title: "Operations", lines: { "scores and sum": "scores", projections: "projections" }, base: 10 },
  { title: "Bytes", lines: { "weights, if stored": "weights", "KV-cache": "cache" }, base: 2 },
];

/** Return what a state costs: FLOPs of projections and of scores with sum, bytes of stored weights and of the cache. */
export function costsOf(/** @type {CostState} */ { tokens, layers, heads, kv_heads: kvHeads, d, bytes }) {
  const width = heads * d;
  return {
    projections: layers * 2 * tokens * width * (2 * heads + 2 * kvHeads) * d,
    scores: layers * 2 * (2 * heads * tokens ** 2 * d),
    weights: layers * heads * tokens ** 2 * bytes,
    cache: 2 * layers * kvHeads * d * tokens * bytes,
  };
}

function sized(/** @type {number} */ number, /** @type {number} */ step, /** @type {string[]} */ units) {
  let [rest, place] = [number, 0];
  for (; rest >= step && place < units.length - 1; place++) rest /= step;
  const digits = rest < 10 ? 100 : rest < 100 ? 10 : 1;
  return `${Math.floor(rest * digits + 0.5) / digits} ${units[place]}`;
}

/** Return a number of operations, or of bytes, as it is said: "1.5 GFLOP", "64 KiB". */
export const flopsSaid = (/** @type {number} */ number) =>
  sized(number, 1000, ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP", "EFLOP"]);
export const bytesSaid = (/** @type {number} */ number) =>
  sized(number, 1024, ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"]);

/** Return the costs as they are said, in the order of the rows. */
function costsSaid(/** @type {CostState} */ state) {
  const { projections, scores, weights, cache } = costsOf(state);
  return [flopsSaid(projections), flopsSaid(scores), bytesSaid(weights), bytesSaid(cache)];
}

/** Say a state as Python does. */
export function costInWords(/** @type {CostState} */ state) {
  const [projections, scores, weights, cache] = costsSaid(state);
  return (
    `T = ${state.tokens}, layers: ${state.layers}, heads: ${state.heads}, KV heads: ${state.kv_heads}, ` +
    `d = ${state.d}, bytes per number: ${state.bytes}. Projections: ${projections}; scores and ` +
    `weighted sum: ${scores}. Weights, if stored: ${weights}; ` +
    `KV-cache: ${cache}. T doubled: four times the scores, twice the cache.`
  );
}

/** Return the numbers of KV heads that there may be, and the one that is nearest to what there was. */
export const kvHeadsFor = (/** @type {number} */ heads) => OFFERED.kv_heads.filter((count) => heads % count === 0);
const nearestKv = (/** @type {number} */ heads, /** @type {number} */ count) =>
  kvHeadsFor(heads).findLast((one) => one <= count);

/** Return lines that go up in equal ratios, between two powers of a base, which stand at the frame's ends. */
export function linesOf(/** @type {number[][]} */ series, /** @type {number} */ base) {
  const power = (/** @type {number} */ value) => Math.log(value) / Math.log(base);
  const lowest = Math.floor(power(Math.min(...series.flat())) + 1e-9);
  const highest = Math.floor(power(Math.max(...series.flat())) + 1e-9) + 1;
  const height = (/** @type {number} */ value) => (power(value) - lowest) / (highest - lowest);
  const lines = series.map((values) =>
    values.map((value, i) => /** @type {[number, number]} */ ([i / (values.length - 1), height(value)])),
  );
  return { lowest: base ** lowest, highest: base ** highest, lines };
}

export class Cost extends Explorer {
  /** @returns {CostState|null} */
  fitted(/** @type {any} */ state) {
    const names = Object.keys(OFFERED);
    const good = state && names.every((name) => isOneOf(state[name], OFFERED[name]));
    const fits = good && state.heads % state.kv_heads === 0;
    return fits ? /** @type {any} */ (Object.fromEntries(names.map((name) => [name, state[name]]))) : null;
  }

  html(/** @type {string} */ uid) {
    const ends = /** @type {[string, string, string]} */ (["64", "T, each step a doubling", "131072"]);
    const picture = (/** @type {{title: string, lines: object}} */ { title, lines }) =>
      `<div><p class="ac-caption">${title}</p>${curvesHtml(Object.keys(lines), ends)}</div>`;
    const row = (/** @type {string} */ name) => `<tr><th scope="row">${name}</th><td></td><td></td><td></td></tr>`;
    return `
      <div class="ac-sliders"><div class="ac-slider"><label for="${uid}-tokens">Tokens T</label>
        <input id="${uid}-tokens" type="range" min="0" max="${OFFERED.tokens.length - 1}" step="1">
        <output for="${uid}-tokens"></output></div></div>
      <div class="ac-controls">
        ${Object.entries(MENUS).map(([name, label]) => select(`${uid}-${name}`, label, OFFERED[name])).join("")}
      </div>
      <table class="ac-numbers ac-costs">
        <thead><tr><td></td><th scope="col">at T</th><th scope="col">at 2T</th><th scope="col">times</th></tr></thead>
        <tbody>${ROWS.map(row).join("")}</tbody>
      </table>
      <div class="ac-side-by-side">
        ${PICTURES.map(picture).join("")}
      </div>
      <p class="ac-unseen ac-told" aria-live="polite"></p>
      <div class="ac-here"><button type="button">Measure the time here</button>
        <span class="ac-measured" aria-live="polite"></span></div>`;
  }

  built(/** @type {HTMLElement} */ root) {
    [this.tokens] = /** @type {HTMLInputElement[]} */ (all(root, "input"));
    this.menus = /** @type {HTMLSelectElement[]} */ (all(root, "select"));
    this.cells = all(root, ".ac-costs tbody td");
    this.pictures = all(root, ".ac-curves");
    [this.told] = all(root, ".ac-told");
    const [[button], [times]] = [all(root, ".ac-here button"), all(root, ".ac-measured")];
    this.tokens.addEventListener("input", () => this.change({ tokens: OFFERED.tokens[Number(this.tokens.value)] }));
    Object.keys(MENUS).forEach((name, i) =>
      this.menus[i].addEventListener("change", () => this.change({ [name]: Number(this.menus[i].value) })),
    );
    button.addEventListener("click", () => (times.textContent = inTimes(measured(() => performance.now()))));
  }

  change(/** @type {object} */ part) {
    const state = { ...this.state, ...part };
    this.changed({ ...state, kv_heads: nearestKv(state.heads, state.kv_heads) });
  }

  draw(/** @type {CostState} */ state) {
    this.state = state;
    this.tokens.value = String(OFFERED.tokens.indexOf(state.tokens));
    this.tokens.nextElementSibling.textContent = String(state.tokens);
    this.tokens.setAttribute("aria-valuetext", String(state.tokens));
    paint(this.menus[2], options(kvHeadsFor(state.heads)));
    Object.keys(MENUS).forEach((name, i) => (this.menus[i].value = String(state[name])));
    this.drawNumbers(state);
    const words = costInWords(state);
    if (this.told.textContent !== words) this.told.textContent = words;
  }

  drawNumbers(/** @type {CostState} */ state) {
    const doubled = { ...state, tokens: 2 * state.tokens };
    const [now, then] = [costsSaid(state), costsSaid(doubled)];
    const [ones, others] = [costsOf(state), costsOf(doubled)].map(Object.values);
    const told = now.flatMap((text, i) => [text, then[i], `× ${others[i] / ones[i]}`]);
    this.cells.forEach((cell, i) => (cell.textContent = told[i]));
    const at = OFFERED.tokens.indexOf(state.tokens);
    const rows = OFFERED.tokens.map((tokens) => costsOf({ ...state, tokens }));
    PICTURES.forEach(({ title, lines: named, base }, i) => {
      const said = base === 10 ? flopsSaid : bytesSaid;
      const series = Object.values(named).map((part) => rows.map((row) => row[part]));
      const { lowest, highest, lines } = linesOf(series, base);
      const fromTo = (/** @type {number[]} */ values) => `from ${said(values[0])} to ${said(values.at(-1))}`;
      const told = Object.keys(named).map((name, line) => `${name} ${fromTo(series[line])}`);
      const label = `${title} against T, from 64 to 131072: ${told.join("; ")}.`;
      drawCurves(this.pictures[i], lines, lines.map((line) => line[at]), [said(highest), said(lowest)], label);
    });
  }
}
