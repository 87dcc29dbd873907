/** Cells that are painted: by dragging across them, by clicks, or with arrows and Space. */
import { all, escaped, mark } from "./dom.js";
import { onKeys } from "./keyboard.js";
import { LEGEND, cellRows, withCell } from "./sketch.js";

/** @typedef {import("./sketch_bars.js").Seen} Seen */
/** @typedef {{form: string, rows: string[], columns: string[], painted: string, missing: string,
 *    label?: string}} GridView */

const STEPS_ON_GRID = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const LONG = 4; // letters of a column's label, from which on all of them are turned

export class GridSketch {
  brush = /** @type {boolean|null} */ (null); // what is painted while the pointer is held down
  at = [0, 0]; // the cell that Tab leads to

  constructor(/** @type {GridView} */ view, /** @type {(picks: string[]) => void} */ changed) {
    this.view = view;
    this.changed = changed;
    this.seen = /** @type {Seen} */ ({ picks: this.empty, truth: null, locked: false });
  }

  get empty() {
    return Array(this.view.rows.length).fill("");
  }

  fitted(/** @type {unknown} */ picks) {
    return cellRows(picks, this.view.rows.length, this.view.columns.length);
  }

  html(/** @type {string} */ uid) {
    const { rows, columns, painted, label = "Your prediction" } = this.view;
    const cell = '<td role="gridcell"><span class="ac-mark" aria-hidden="true"></span></td>';
    const row = (/** @type {string} */ text) =>
      `<tr role="row"><th role="rowheader" scope="row">${escaped(text)}</th>${cell.repeat(columns.length)}</tr>`;
    const head = (/** @type {string} */ text) =>
      `<th role="columnheader" scope="col"><span>${escaped(text)}</span></th>`;
    const isLong = columns.some((text) => text.length > LONG);
    return `
      <div class="ac-answer ac-sketch ac-grid">
        <p class="ac-caption" id="${uid}-how">Paint each cell that is ${escaped(painted)}: click it, or drag across several.
          Keys: arrows move, Space paints.</p>
        <table class="ac-cells${isLong ? " ac-turned" : ""}" role="grid" aria-label="${escaped(label)}"
          aria-describedby="${uid}-how">
          <thead role="rowgroup"><tr role="row"><td role="gridcell"></td>${columns.map(head).join("")}</tr></thead>
          <tbody role="rowgroup">${rows.map(row).join("")}</tbody>
        </table>
        ${LEGEND}
      </div>`;
  }

  built(/** @type {HTMLElement} */ root) {
    [this.table] = all(root, ".ac-cells");
    [this.legend] = all(root, ".ac-legend");
    [this.caption] = all(root, ".ac-sketch .ac-caption");
    this.cells = all(root, ".ac-cells tbody tr").map((row) => all(row, "td"));
    this.cells.forEach((row, i) =>
      row.forEach((cell, j) => {
        cell.dataset.cell = `${i},${j}`;
        cell.dataset.partOfSketch = "";
        cell.tabIndex = -1;
      }),
    );
    onKeys(root, "[data-cell]", (key, cell) => this.keyMeant(key, cell));
    this.table.addEventListener("pointerdown", (event) => this.pressed(event));
    this.table.addEventListener("pointermove", (event) => this.dragged(event));
    for (const end of ["pointerup", "pointercancel"]) this.table.addEventListener(end, () => (this.brush = null));
    this.table.addEventListener("click", (event) => {
      const cell = this.cellOf(/** @type {Element} */ (event.target));
      if (cell && event.detail === 0) this.paint(cell, !this.isPainted(cell)); // a click that no pointer made
    });
  }

  // ---- what the student does

  cellOf(/** @type {Element|null} */ node) {
    return /** @type {HTMLElement|null} */ (node?.closest("[data-cell]") ?? null);
  }

  placeOf(/** @type {HTMLElement} */ cell) {
    return cell.dataset.cell.split(",").map(Number);
  }

  isPainted(/** @type {HTMLElement} */ cell) {
    const [row, column] = this.placeOf(cell);
    return this.seen.picks[row][column] === "1";
  }

  paint(/** @type {HTMLElement} */ cell, /** @type {boolean} */ isPainted) {
    const [row, column] = this.placeOf(cell);
    this.at = [row, column];
    const { picks, locked } = this.seen;
    if (locked || (picks[row] !== "" && this.isPainted(cell) === isPainted)) return;
    this.changed(withCell(picks, row, column, isPainted, this.view.columns.length));
  }

  keyMeant(/** @type {string} */ key, /** @type {HTMLElement} */ cell) {
    const [row, column] = this.placeOf(cell);
    const [down, right] = STEPS_ON_GRID[key] ?? [0, 0];
    const next = this.cells[row + down]?.[column + right];
    if (STEPS_ON_GRID[key] && next) {
      this.at = this.placeOf(next);
      this.drawTabStop();
      next.focus();
    } else if (key === " " || key === "Enter") this.paint(cell, !this.isPainted(cell));
    else return Boolean(STEPS_ON_GRID[key]);
    return true;
  }

  pressed(/** @type {PointerEvent} */ event) {
    const cell = this.cellOf(/** @type {Element} */ (event.target));
    if (!cell || this.seen.locked || event.button !== 0) return;
    event.preventDefault();
    cell.focus({ preventScroll: true });
    this.table.setPointerCapture(event.pointerId);
    this.brush = !this.isPainted(cell);
    this.paint(cell, this.brush);
  }

  dragged(/** @type {PointerEvent} */ { clientX, clientY }) {
    if (this.brush === null) return;
    const from = /** @type {Document} */ (this.table.getRootNode());
    const cell = this.cellOf(from.elementFromPoint(clientX, clientY));
    if (cell && this.table.contains(cell)) this.paint(cell, this.brush);
  }

  // ---- what is seen

  draw(/** @type {Seen} */ seen) {
    this.seen = seen;
    const { truth, locked } = seen;
    const { rows, columns, painted } = this.view;
    const said = (/** @type {boolean} */ isSo) => (isSo ? painted : `not ${painted}`);
    this.cells.forEach((row, i) =>
      row.forEach((cell, j) => {
        const cameOut = truth?.[i]?.[j] === "1";
        const label = `${rows[i]}, ${columns[j]}: ${said(this.isPainted(cell))}`;
        mark(cell, "aria-selected", String(this.isPainted(cell)));
        mark(cell, "aria-label", truth ? `${label}; it came out ${said(cameOut)}` : label);
        mark(cell, "aria-readonly", locked);
        cell.firstElementChild.textContent = cameOut ? "◆" : "";
      }),
    );
    this.drawTabStop();
    this.legend.hidden = !truth;
    this.caption.hidden = locked;
  }

  drawTabStop() {
    const [row, column] = this.at;
    this.cells.forEach((cells, i) => cells.forEach((cell, j) => (cell.tabIndex = i === row && j === column ? 0 : -1)));
  }
}
