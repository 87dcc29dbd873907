/**
 * Mask: cells are painted as seen or hidden, and what comes of it is seen: the weights, rows that see nothing, and what
 * leaks all the same.
 */
import { all } from "../dom.js";
import { GridSketch } from "../sketch_grid.js";
import { Explorer } from "./explorer.js";
import { look, MASK_SIZE, MASK_TOKENS, maskMaps, MASKS } from "./mask_numbers.js";
import { deadSaid, leakSaid, leaksOfRow, shown, shownPair } from "./mask_words.js";

/** @typedef {import("./mask_numbers.js").MaskState} MaskState */
/** @typedef {import("./mask_numbers.js").Masked} Masked */

const FILL_WORDS = [["-inf", "−∞"], ["-1e9", "−1e9"], ["0", "0"]];
const ORDER_WORDS = [["before", "before softmax"], ["after", "after softmax"]];
const GRID = { form: "grid", rows: MASK_TOKENS, columns: MASK_TOKENS, painted: "seen", missing: "", label: "The mask" };

export class Mask extends Explorer {
  constructor(/** @type {(state: MaskState) => void} */ changed) {
    super(changed);
    this.grid = new GridSketch(GRID, (keep) => this.change({ keep }));
  }

  /** @returns {MaskState|null} */
  fitted(/** @type {any} */ state) {
    const isRow = (/** @type {any} */ row) => typeof row === "string" && row.length === MASK_SIZE && /^[01]*$/.test(row);
    const isMask = Array.isArray(state?.keep) && state.keep.length === MASK_SIZE && state.keep.every(isRow);
    const isOption = (/** @type {any} */ value, /** @type {string[][]} */ options) => options.some(([name]) => name === value);
    if (!isMask || !isOption(state.fill, FILL_WORDS) || !isOption(state.order, ORDER_WORDS)) return null;
    return { keep: [...state.keep], fill: state.fill, order: state.order };
  }

  html(/** @type {string} */ uid) {
    const radios = (/** @type {string} */ name, /** @type {string[][]} */ options) =>
      options
        .map(
          ([value, label]) =>
            `<label class="ac-box"><input type="radio" name="${uid}-${name}" value="${value}" data-${name}> ${label}</label>`,
        )
        .join("");
    const row = (/** @type {string} */ token) =>
      `<tr><th scope="row"><span class="ac-dead-sign"></span>${token}</th>${'<td class="ac-map-cell"></td>'.repeat(MASK_SIZE)}</tr>`;
    const told = (/** @type {string} */ token) => `<tr><th scope="row">${token}</th><td></td><td></td><td></td></tr>`;
    const head = MASK_TOKENS.map((token) => `<th scope="col"><span>${token}</span></th>`).join("");
    return `
      <div class="ac-controls">
        <button type="button" data-mask="all">All seen</button>
        <button type="button" data-mask="causal">Causal</button>
        <button type="button" data-mask="padding">Padding: the last two keys</button>
        <button type="button" data-mask="empty"></button>
      </div>
      <div class="ac-controls ac-how-hidden">
        <fieldset><legend>What is hidden becomes</legend>${radios("fill", FILL_WORDS)}</fieldset>
        <fieldset><legend>It is written</legend>${radios("order", ORDER_WORDS)}</fieldset>
      </div>
      <div class="ac-maps">
        <div>${this.grid.html(uid)}</div>
        <table class="ac-map ac-turned"><caption>The weights that come of it</caption>
          <thead><tr><td></td>${head}</tr></thead><tbody>${MASK_TOKENS.map(row).join("")}</tbody></table>
      </div>
      <p class="ac-leak" aria-live="polite"></p>
      <p class="ac-dead" aria-live="polite"></p>
      <table class="ac-numbers ac-reached">
        <thead><tr><th scope="col">row</th><th scope="col">sum of weights</th><th scope="col">output</th>
          <th scope="col">hidden, and reaches it</th></tr></thead>
        <tbody>${MASK_TOKENS.map(told).join("")}</tbody>
      </table>
      <p class="ac-caption">The leak meter adds 1 to both numbers of a token's key, then of its value, and looks whether
        the output of a row moves from which that token is hidden.</p>`;
  }

  built(/** @type {HTMLElement} */ root) {
    this.grid.built(root);
    this.cells = all(root, ".ac-map tbody tr").map((row) => all(row, ".ac-map-cell"));
    this.signs = all(root, ".ac-dead-sign");
    this.reached = all(root, ".ac-reached tbody tr").map((row) => all(row, "td"));
    [this.leak] = all(root, ".ac-leak");
    [this.dead] = all(root, ".ac-dead");
    [this.emptied] = all(root, '[data-mask="empty"]');
    this.radios = /** @type {HTMLInputElement[]} */ (all(root, "[data-fill], [data-order]"));
    for (const button of all(root, "[data-mask]"))
      button.addEventListener("click", () =>
        this.change({ keep: MASKS[button.dataset.mask](this.state.keep, this.grid.at[0]) }),
      );
    for (const radio of this.radios)
      radio.addEventListener("change", () =>
        this.change({ ["fill" in radio.dataset ? "fill" : "order"]: radio.value }),
      );
    root.addEventListener("focusin", () => this.drawEmptied());
  }

  change(/** @type {object} */ part) {
    this.changed({ ...this.state, ...part });
  }

  // ---- what is seen

  draw(/** @type {MaskState} */ state, /** @type {{maps: number[][][]}|null} */ theirs = null) {
    this.state = state;
    const seen = look(state.keep, theirs ? theirs.maps : maskMaps(state));
    this.grid.draw({ picks: state.keep, truth: null, locked: false });
    for (const radio of this.radios) {
      radio.checked = radio.value === ("fill" in radio.dataset ? state.fill : state.order);
      radio.disabled = Boolean(theirs); // how it hides is a matter of the function that computes
    }
    this.drawMap(state, seen);
    this.drawReached(seen);
    this.drawEmptied();
  }

  drawMap(/** @type {MaskState} */ { keep }, /** @type {Masked} */ { weights, dead }) {
    this.cells.forEach((row, i) => {
      this.signs[i].textContent = dead.includes(i) ? "✕ " : "";
      row.forEach((cell, j) => {
        const share = Math.min(1, Math.max(0, weights[i][j] || 0));
        cell.textContent = shown(weights[i][j]);
        cell.style.setProperty("--share", `${Math.round(45 * share)}%`); // more, and the number were hard to read
        cell.classList.toggle("ac-hidden-cell", keep[i][j] === "0");
        cell.classList.toggle("ac-dead-row", dead.includes(i));
      });
    });
  }

  drawReached(/** @type {Masked} */ seen) {
    this.leak.textContent = leakSaid(seen);
    this.leak.classList.toggle("ac-leaks", seen.leaks.length > 0);
    this.dead.textContent = deadSaid(seen);
    this.dead.hidden = !seen.dead.length;
    this.reached.forEach(([sum, output, hidden], row) => {
      sum.textContent = shown(seen.weights[row].reduce((total, weight) => total + weight, 0));
      output.textContent = shownPair(seen.outputs[row]);
      hidden.textContent = leaksOfRow(seen, row);
    });
  }

  /** The button empties the row in which the focus was last. */
  drawEmptied() {
    this.emptied.textContent = `Hide all from “${MASK_TOKENS[this.grid.at[0]]}”`;
  }
}
