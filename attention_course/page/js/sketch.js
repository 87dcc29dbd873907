/** What a sketch says, as the texts of an answer: pure functions; and the legend of what is drawn over it. */

/** @typedef {{least: number, most: number, step: number, decimals: number}} Range */

const KEYS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 5, PageDown: -5 }; // steps

export const LEGEND = `<p class="ac-legend" hidden><span class="ac-key-said"></span> your prediction
  <span class="ac-key-truth">◆</span> what came out</p>`;

/** Return a value as a text: on a step, and within the range. */
export function onStep(/** @type {number} */ value, /** @type {Range} */ { least, most, step, decimals }) {
  const near = least + Math.round((value - least) / step) * step;
  const text = Math.min(most, Math.max(least, near)).toFixed(decimals);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** Return where a value stands in its range, from 0 to 1. */
export function share(/** @type {number} */ value, /** @type {Range} */ { least, most }) {
  return Math.min(1, Math.max(0, (value - least) / (most - least)));
}

/** Return the value to which a key leads from another one; null where the key means nothing. */
export function valueAfter(/** @type {string} */ key, /** @type {number} */ value, /** @type {Range} */ range) {
  if (key === "Home") return onStep(range.least, range);
  if (key === "End") return onStep(range.most, range);
  return KEYS[key] ? onStep(value + KEYS[key] * range.step, range) : null;
}

/** Return an answer's values, all of them or none: a text for each of so many, "" where nothing is sketched yet. */
export function values(/** @type {unknown} */ picks, /** @type {number} */ count) {
  const given = Array.isArray(picks) ? picks : [];
  const good = given.length === count && given.every((text) => typeof text === "string" && /^-?\d+(\.\d+)?$/.test(text));
  return /** @type {string[]} */ (good ? given : Array(count).fill(""));
}

/** Return an answer's rows of cells, all of them or none. */
export function cellRows(/** @type {unknown} */ picks, /** @type {number} */ rows, /** @type {number} */ columns) {
  const given = Array.isArray(picks) ? picks : [];
  const isRow = (/** @type {any} */ text) => typeof text === "string" && text.length === columns && /^[01]*$/.test(text);
  return /** @type {string[]} */ (given.length === rows && given.every(isRow) ? given : Array(rows).fill(""));
}

/** Return the rows with one cell painted, or not. */
export function withCell(
  /** @type {string[]} */ rows,
  /** @type {number} */ row,
  /** @type {number} */ column,
  /** @type {boolean} */ isPainted,
  /** @type {number} */ columns,
) {
  return rows.map((text, i) => {
    const cells = [...(text || "0".repeat(columns))];
    if (i === row) cells[column] = isPainted ? "1" : "0";
    return cells.join("");
  });
}
