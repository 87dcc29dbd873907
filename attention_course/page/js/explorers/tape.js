/**
 * Tape: the numbers of x on their way into the heads and back, the right way, and by slips that are often made.
 *
 * x is one sentence, (1, T, D), and each of its numbers says where it comes from: its tens are the token, its ones the
 * column. The ways, and what they are called, are those of `exercises/explorers/tape.py`.
 */
import { all, mark, paint } from "../dom.js";
import { isOneOf, isWhole, select } from "./controls.js";
import { Explorer } from "./explorer.js";

/** @typedef {{step: number, way: string, heads: number, tokens: number}} TapeState */
/** @typedef {{code: string, axes: string, order?: number[]}} Move  The order of exchanged axes; else it only counts off. */
/** @typedef {{shape: number[], numbers: number[]}} Tensor  Without the axis B. */

const COLUMN_COUNT = 6;
const HEAD_COUNTS = [1, 2, 3, 6];
const TOKEN_COUNTS = [2, 3, 4];
const LEFT_OUT = { code: "", axes: "HTd" };
const CUT = [
  { code: "x.view(B, T, H, d)", axes: "THd" },
  { code: ".transpose(1, 2)", axes: "HTd", order: [1, 0, 2] },
];
const BACK = [
  { code: ".transpose(1, 2)", axes: "THd", order: [1, 0, 2] },
  { code: ".reshape(B, T, D)", axes: "TD" },
];
const SHORT_CUT = [{ code: "x.reshape(B, H, T, d)", axes: "HTd" }, LEFT_OUT];
const SHORT_BACK = [LEFT_OUT, { code: ".reshape(B, T, D)", axes: "TD" }];
const EVERY_HTH = [
  { code: "x.view(B, T, d, H)", axes: "TdH" },
  { code: ".permute(0, 3, 1, 2)", axes: "HTd", order: [2, 0, 1] },
  { code: ".permute(0, 2, 3, 1)", axes: "TdH", order: [1, 2, 0] },
  { code: ".reshape(B, T, D)", axes: "TD" },
];
/** @type {{[way: string]: {name: string, moves: Move[]}}} */
const WAYS = {
  right: { name: "the right way", moves: [...CUT, ...BACK] },
  split: { name: "split by reshape alone", moves: [...SHORT_CUT, ...BACK] },
  join: { name: "joined by reshape alone", moves: [...CUT, ...SHORT_BACK] },
  both: { name: "split and joined by reshape alone", moves: [...SHORT_CUT, ...SHORT_BACK] },
  interleaved: { name: "interleaved", moves: EVERY_HTH },
};
const AXIS_NAMES = { T: "token", H: "head", d: "column" };

/** Return a tensor with its axes exchanged, its numbers in their new order. @returns {Tensor} */
export function exchanged(/** @type {Tensor} */ { shape, numbers }, /** @type {number[]} */ order) {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const places = order.reduce(
    (before, axis) => before.flatMap((place) => Array.from({ length: shape[axis] }, (_, i) => place + i * strides[axis])),
    [0],
  );
  return { shape: order.map((axis) => shape[axis]), numbers: places.map((place) => numbers[place]) };
}

/** Return what x is at first and after each of the four steps. @returns {Tensor[]} */
export function stationsOf(/** @type {{way: string, heads: number, tokens: number}} */ { way, heads, tokens }) {
  const sizes = { T: tokens, H: heads, d: COLUMN_COUNT / heads, D: COLUMN_COUNT };
  const number = (/** @type {number} */ i) => 10 * Math.floor(i / COLUMN_COUNT) + (i % COLUMN_COUNT);
  const numbers = Array.from({ length: tokens * COLUMN_COUNT }, (_, i) => number(i));
  const stations = [{ shape: [tokens, COLUMN_COUNT], numbers }];
  for (const { axes, order } of WAYS[way].moves) {
    const before = stations.at(-1);
    const counted = { shape: [...axes].map((axis) => sizes[axis]), numbers: before.numbers };
    stations.push(order ? exchanged(before, order) : counted);
  }
  return stations;
}

/** Return a tensor's rows, from its first axes to its last but one. */
export function rowsOf(/** @type {Tensor} */ { shape, numbers }) {
  const length = shape.at(-1);
  return Array.from({ length: numbers.length / length }, (_, i) => numbers.slice(i * length, (i + 1) * length));
}

/** Return which tokens' numbers stand in a row: "0" or "0 and 1". */
export function tokensOf(/** @type {number[]} */ row) {
  return [...new Set(row.map((number) => Math.floor(number / 10)))].sort().join(" and ");
}

/** Say where a row's numbers come from: "token 0, columns 0, 1, 2", or "tokens 0 and 1". */
export function originOf(/** @type {number[]} */ row) {
  const tokens = tokensOf(row);
  const columns = row.map((number) => number % 10).join(", ");
  return tokens.includes("and") ? `tokens ${tokens}` : `token ${tokens}, column${row.length > 1 ? "s" : ""} ${columns}`;
}

/** Return what is said of a way: one head, what is joined, and whether that equals the input. */
export function factsOf(/** @type {{way: string, heads: number, tokens: number}} */ state) {
  const stations = stationsOf(state);
  const head = rowsOf(stations[2]).slice(0, state.tokens);
  const joined = rowsOf(stations[4]);
  const equal = joined.flat().every((number, i) => number === stations[0].numbers[i]);
  return { head: originOf(head[0]), rows: head.map(tokensOf).join("; "), joined: originOf(joined[0]), equal };
}

const codeAt = (/** @type {TapeState} */ { step, way }) =>
  step ? WAYS[way].moves[step - 1].code || "no transpose" : "x";
const shapeOf = (/** @type {Tensor} */ { shape }) => `(${[1, ...shape].join(", ")})`;

/** Say a state as Python does. */
export function tapeInWords(/** @type {TapeState} */ state) {
  const { head, rows, joined, equal } = factsOf(state);
  return (
    `T = ${state.tokens}, H = ${state.heads}, ${WAYS[state.way].name}. Step ${state.step} of 4: ${codeAt(state)}, ` +
    `shape ${shapeOf(stationsOf(state)[state.step])}. Head 0, row 0: ${head}. Tokens in the rows of head 0: ${rows}. ` +
    `Joined, row 0: ${joined}. Joined ${equal ? "equals" : "does not equal"} the input.`
  );
}

/** Return the matrices of a step, each with its name and its rows. */
export function blocksOf(/** @type {TapeState} */ state) {
  const tensor = stationsOf(state)[state.step];
  const rows = rowsOf(tensor);
  if (tensor.shape.length === 2) return [{ name: state.step ? "joined" : "x", rows }];
  const [count, each] = tensor.shape;
  const name = AXIS_NAMES[WAYS[state.way].moves[state.step - 1].axes[0]];
  return Array.from({ length: count }, (_, i) => ({ name: `${name} ${i}`, rows: rows.slice(i * each, (i + 1) * each) }));
}

const padded = (/** @type {number} */ number) => String(number).padStart(2, "0");

export class Tape extends Explorer {
  /** @returns {TapeState|null} */
  fitted(/** @type {any} */ state) {
    const good =
      isWhole(state?.step, 0, 4) &&
      isOneOf(state.way, Object.keys(WAYS)) &&
      isOneOf(state.heads, HEAD_COUNTS) &&
      isOneOf(state.tokens, TOKEN_COUNTS);
    return good ? { step: state.step, way: state.way, heads: state.heads, tokens: state.tokens } : null;
  }

  html(/** @type {string} */ uid) {
    return `
      <div class="ac-controls">
        ${select(`${uid}-way`, "Program", Object.entries(WAYS).map(([way, { name }]) => [way, name]))}
        ${select(`${uid}-heads`, "Heads H", HEAD_COUNTS)}
        ${select(`${uid}-tokens`, "Tokens T", TOKEN_COUNTS)}
      </div>
      <div class="ac-controls">
        <label for="${uid}-step">Step</label>
        <input id="${uid}-step" class="ac-step" type="range" min="0" max="4" step="1">
      </div>
      <ol class="ac-program-steps" start="0">${'<li><code></code> <span class="ac-shape"></span></li>'.repeat(5)}</ol>
      <p class="ac-caption">Tens are the token, ones the column: 12 belongs to token 1. Each token has a colour.</p>
      <div class="ac-blocks" role="img"></div>
      <table class="ac-numbers">
        <thead><tr><td></td><th scope="col">this program</th><th scope="col">the right one</th></tr></thead>
        <tbody>${["head 0, row 0", "tokens in head 0’s rows", "joined, row 0", "joined equals the input"]
          .map((name) => `<tr><th scope="row">${name}</th><td></td><td></td></tr>`)
          .join("")}</tbody>
      </table>
      <p class="ac-unseen" aria-live="polite"></p>`;
  }

  built(/** @type {HTMLElement} */ root) {
    this.choices = /** @type {HTMLSelectElement[]} */ (all(root, "select"));
    [this.step] = /** @type {HTMLInputElement[]} */ (all(root, ".ac-step"));
    [this.picture] = all(root, ".ac-blocks");
    [this.said] = all(root, "[aria-live]");
    this.lines = all(root, ".ac-program-steps li");
    this.cells = all(root, ".ac-numbers tbody td");
    const [way, heads, tokens] = this.choices;
    way.addEventListener("change", () => this.change({ way: way.value }));
    heads.addEventListener("change", () => this.change({ heads: Number(heads.value) }));
    tokens.addEventListener("change", () => this.change({ tokens: Number(tokens.value) }));
    this.step.addEventListener("input", () => this.change({ step: Number(this.step.value) }));
  }

  change(/** @type {object} */ part) {
    this.changed({ ...this.state, ...part });
  }

  draw(/** @type {TapeState} */ state) {
    this.state = state;
    const stations = stationsOf(state);
    [state.way, state.heads, state.tokens].forEach((value, i) => (this.choices[i].value = String(value)));
    this.step.value = String(state.step);
    this.step.setAttribute("aria-valuetext", `${state.step}: ${codeAt(state)}, ${shapeOf(stations[state.step])}`);
    this.lines.forEach((line, step) => {
      mark(line, "aria-current", step === state.step && "step");
      line.children[0].textContent = codeAt({ ...state, step });
      line.children[1].textContent = shapeOf(stations[step]);
    });
    const blocks = blocksOf(state);
    paint(this.picture, blocks.map(drawnBlock).join(""));
    const inWords = ({ name, rows }) => `${name}: ${rows.map((row) => row.map(padded).join(" ")).join("; ")}.`;
    this.picture.setAttribute("aria-label", blocks.map(inWords).join(" "));
    this.drawFacts(state);
  }

  drawFacts(/** @type {TapeState} */ state) {
    const [own, right] = [state, { ...state, way: "right" }].map(factsOf);
    const told = ({ head, rows, joined, equal }) => [head, rows, joined, equal ? "yes" : "no"];
    const [here, there] = [told(own), told(right)];
    here.forEach((text, row) => {
      this.cells[2 * row].textContent = text === there[row] ? text : `≠ ${text}`;
      this.cells[2 * row + 1].textContent = there[row];
    });
    const words = tapeInWords(state);
    if (this.said.textContent !== words) this.said.textContent = words;
  }
}

/** Return a matrix as HTML, each number on its token's paper. */
function drawnBlock(/** @type {{name: string, rows: number[][]}} */ { name, rows }) {
  const cell = (/** @type {number} */ number) => `<span data-token="${Math.floor(number / 10)}">${padded(number)}</span>`;
  const lines = rows.map((row) => `<span class="ac-block-row">${row.map(cell).join("")}</span>`);
  return `<span class="ac-block"><span class="ac-of">${name}</span>${lines.join("")}</span>`;
}
