/**
 * The numbers of the explorer tape, on their way into the heads and back, and what is said of them.
 *
 * x is one sentence, (1, T, D), and each of its numbers says where it comes from: its tens are the token, its ones the
 * column. The ways, and what they are called, are those of `exercises/explorers/tape.py`.
 */

/** @typedef {{step: number, way: string, heads: number, tokens: number}} TapeState */
/** @typedef {{code: string, axes: string, order?: number[]}} Move  The order of exchanged axes; else it only counts off. */
/** @typedef {{shape: number[], numbers: number[]}} Tensor  Without the axis B. */

const COLUMN_COUNT = 6;
export const HEAD_COUNTS = [1, 2, 3, 6];
export const TOKEN_COUNTS = [2, 3, 4];
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
export const WAYS = {
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

export const codeAt = (/** @type {TapeState} */ { step, way }) =>
  step ? WAYS[way].moves[step - 1].code || "no transpose" : "x";
export const shapeOf = (/** @type {Tensor} */ { shape }) => `(${[1, ...shape].join(", ")})`;

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
