/** The maps of a film: for each head of each layer a square of cells, whose fill is set at each step. */

/** @typedef {import("./scrubber.js").Film} Film */

const CELL = 18; // pixels, as all here where the map has its full width
const LABELS = 22;

/** Return all maps as HTML, without weights yet. */
export function filmMapHtml(/** @type {Film} */ { maps, tokens, right }) {
  return maps[0]
    .map((heads, layer) =>
      heads
        .map((_, head) => {
          const name = `layer ${layer + 1}${heads.length > 1 ? `, head ${head + 1}` : ""}`;
          return `<figure class="ac-film-map" data-name="${name}"><figcaption>${name}: <span></span></figcaption>
            ${square(tokens, right[layer])}</figure>`;
        })
        .join(""),
    )
    .join("");
}

function square(/** @type {number[]} */ tokens, /** @type {number[][]} */ right) {
  const side = LABELS + CELL * tokens.length + 2;
  const at = (/** @type {number} */ i) => LABELS + CELL * i;
  const rows = tokens.map((_, row) => tokens.map((_key, column) => cell("ac-weight-cell", at(column), at(row), CELL - 1)));
  const marks = right.map((keys, row) =>
    keys.map((isRight, column) => (isRight ? cell("ac-right-cell", at(column) + 0.5, at(row) + 0.5, CELL - 2) : "")),
  );
  const labels = tokens.map(
    (token, i) => `<text x="${LABELS - 5}" y="${at(i) + 13}" text-anchor="end">${token}</text>
      <text x="${at(i) + 8}" y="${LABELS - 7}" text-anchor="middle">${token}</text>`,
  );
  return `<svg role="img" viewBox="0 0 ${side} ${side}" style="max-width: ${side}px">
    ${cell("ac-film-paper", LABELS, LABELS, CELL * tokens.length)}${[...rows, ...marks].flat().join("")}${labels.join("")}</svg>`;
}

function cell(/** @type {string} */ kind, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ side) {
  return `<rect class="${kind}" x="${x}" y="${y}" width="${side}" height="${side}"/>`;
}

/** Say where the last query looks most: weights in hundredths, (T, T). */
export function lastRowSaid(/** @type {number[][]} */ weights, /** @type {number[]} */ tokens) {
  const row = weights.at(-1);
  const most = Math.max(...row);
  const key = row.indexOf(most);
  const share = (most / 100).toFixed(2);
  return `the last token, ${tokens.at(-1)}, puts most, ${share}, on the ${tokens[key]} at place ${key + 1} of ${tokens.length}`;
}
