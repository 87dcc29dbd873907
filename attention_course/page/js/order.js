/** Lines to be put into an order and an indentation. An answer is a list of lines, each with its depth: see lines.js. */
import { all, arrange, mark } from "./dom.js";
import { Dragging } from "./dragging.js";
import { neighbour, onKeys } from "./keyboard.js";
import { Kind } from "./kind.js";
import { asPicks, chosenIn, indented, moved, placedLines, position, reading } from "./lines.js";
import { inOrder } from "./options.js";
import { same } from "./phase.js";
import { rowHtml } from "./order_row.js";

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./lines.js").Placed} Placed */
/** @typedef {{id: string, label: string, x: number}} Dragged  `x` is where the drag began. */

const SIDEWAYS = 32; // pixels to the side that make a step of indentation, while a line is dragged
const KEY_MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }; // places, and depth

export class Order extends Kind {
  held = /** @type {string|null} */ (null); // the line whose buttons are shown

  get empty() {
    return [];
  }

  fitted(/** @type {unknown} */ picks) {
    return asPicks(placedLines(picks, this.view.lines, this.view.deepest));
  }

  obstacle(/** @type {string[]} */ picks) {
    const placed = placedLines(picks, this.view.lines, this.view.deepest);
    if (!placed.length) return "Put lines into the program, then check.";
    const isOpen = placed.some(({ chosen }) => chosen.includes(""));
    return isOpen ? "Choose in every blank of the lines that you put into the program, then check." : "";
  }

  // ---- the elements

  html(/** @type {string} */ uid) {
    const around = (/** @type {string} */ html) => html && `<pre class="ac-around"><code>${html}</code></pre>`;
    return `
      <div class="ac-answer ac-order">
        <p class="ac-caption" id="${uid}-how"></p>
        <div class="ac-pool" role="list" aria-label="Lines" aria-describedby="${uid}-how">
          ${this.view.lines.map(rowHtml).join("")}
        </div>
        <div class="ac-program">
          ${around(this.view.before_html)}
          <div class="ac-built" role="list" aria-label="Your program"></div>
          <p class="ac-place"></p>
          ${around(this.view.after_html)}
        </div>
      </div>`;
  }

  built(/** @type {HTMLElement} */ root) {
    [this.pool] = all(root, ".ac-pool");
    [this.program] = all(root, ".ac-program");
    [this.list] = all(root, ".ac-built");
    [this.place] = all(root, ".ac-place");
    [this.caption] = all(root, ".ac-order .ac-caption");
    const rows = all(root, ".ac-row");
    this.lines = new Map(this.view.lines.map((/** @type {Line} */ line) => [line.id, line]));
    this.rows = new Map([...this.lines.keys()].map((id, i) => [id, rows[i]]));
    for (const [id, row] of this.rows) row.dataset.row = id;
    root.addEventListener("click", (event) => this.clicked(/** @type {HTMLElement} */ (event.target)));
    root.addEventListener("change", (event) => this.chose(/** @type {HTMLSelectElement} */ (event.target)));
    onKeys(root, "[data-grip]", (key, grip) => this.keyMeant(key, grip));
    this.dragging = new Dragging(root, this);
  }

  /** The lines that are in the program. */
  get placed() {
    return placedLines(this.page.picks, this.view.lines, this.view.deepest);
  }

  idOf(/** @type {Element} */ node) {
    return /** @type {HTMLElement|null} */ (node.closest("[data-row]"))?.dataset.row;
  }

  placeOf(/** @type {string} */ id) {
    return this.placed.findIndex((line) => line.id === id);
  }

  // ---- what the student does

  /** Take lines as the program, and say where one of them is now. */
  take(/** @type {Placed[]} */ placed, /** @type {string} */ id) {
    this.page.setPicks(asPicks(placed));
    const place = placed.findIndex((line) => line.id === id);
    const text = reading(this.lines.get(id), placed[place]?.chosen);
    this.page.say(place < 0 ? `Taken out: ${text}` : position(placed, place, text));
  }

  move(/** @type {string} */ id, /** @type {number} */ to) {
    this.take(moved(this.placed, this.lines.get(id), to, this.view.lines), id);
  }

  indent(/** @type {string} */ id, /** @type {number} */ steps) {
    this.take(indented(this.placed, this.placeOf(id), steps, this.view.deepest), id);
  }

  takeOut(/** @type {string} */ id) {
    this.held = null;
    this.take(this.placed.filter((line) => line.id !== id), id);
  }

  clicked(/** @type {HTMLElement} */ target) {
    const id = this.idOf(target);
    if (id === undefined || this.page.locked || target.closest("select")) return;
    const { tool } = /** @type {HTMLElement|null} */ (target.closest("[data-tool]"))?.dataset ?? {};
    if (tool) this.meant(tool, id);
    else this.activated(id);
  }

  /** Put a line into the program, or show its buttons there. */
  activated(/** @type {string} */ id) {
    const isNew = this.placeOf(id) < 0;
    this.held = isNew || this.held !== id ? id : null;
    if (isNew) this.move(id, Infinity);
    else this.draw();
  }

  chose(/** @type {HTMLSelectElement} */ select) {
    const id = this.idOf(select);
    if (id === undefined || this.page.locked) return;
    this.take(chosenIn(this.placed, id, Number(select.dataset.choice), select.value), id);
  }

  /** Do what a key, or a button of the same name, means for a line in the program; return whether it means anything. */
  meant(/** @type {string} */ key, /** @type {string} */ id) {
    const [places, steps] = KEY_MOVES[key] ?? [];
    if (places) this.move(id, Math.max(0, this.placeOf(id) + places));
    else if (steps) this.indent(id, steps);
    else if (key === "Delete" || key === "Backspace") this.takeOut(id);
    else return false;
    return true;
  }

  keyMeant(/** @type {string} */ key, /** @type {HTMLElement} */ grip) {
    const id = this.idOf(grip);
    if (this.page.locked) return false;
    if (key === "Enter" || key === " ") this.activated(id);
    else if (key === "Escape" && this.held) this.letGo();
    else if (this.placeOf(id) >= 0) return this.meant(key, id);
    else {
      const next = neighbour(all(this.pool, "[data-grip]"), grip, key);
      next?.focus();
      return Boolean(next);
    }
    return true;
  }

  letGo() {
    this.held = null;
    this.draw();
  }

  // ---- what is dragged, and where to (see dragging.js)

  lifted(/** @type {HTMLElement} */ node, /** @type {MouseEvent} */ event) {
    const id = node.dataset?.row;
    if (id === undefined) return undefined;
    return this.page.locked ? null : { id, label: reading(this.lines.get(id)), x: event.clientX };
  }

  target(/** @type {Element} */ node) {
    if (this.page.locked) return null;
    if (this.pool.contains(node)) return this.pool;
    const row = /** @type {HTMLElement|null} */ (node.closest("[data-row]"));
    return row ?? (this.program.contains(node) ? this.place : null);
  }

  /** A line takes the place of the one that it is dropped on, and is indented as far as it was dragged to the side. */
  drop(/** @type {HTMLElement} */ target, /** @type {Dragged} */ { id, x }, /** @type {MouseEvent} */ event) {
    const wasPlaced = this.placeOf(id) >= 0;
    if (target === this.pool) return wasPlaced && this.takeOut(id);
    this.held = null;
    const to = target === this.place ? Infinity : this.placeOf(this.idOf(target));
    const lines = moved(this.placed, this.lines.get(id), to, this.view.lines);
    const steps = wasPlaced ? Math.trunc((event.clientX - x) / SIDEWAYS) : 0;
    this.take(indented(lines, lines.findIndex((line) => line.id === id), steps, this.view.deepest), id);
  }

  // ---- what is seen

  draw() {
    const { picks, state, locked } = this.page;
    const placed = this.placed;
    const ids = placed.map(({ id }) => id);
    const isJudged = state.outcome === "wrong" && same(picks, state.checked_picks);
    const pool = inOrder(this.view.lines, state.order).filter(({ id }) => !ids.includes(id));
    pool.forEach(({ id }) => this.drawOffered(id));
    placed.forEach((_, i) => this.drawPlaced(placed, i, isJudged && state.wrong_parts.includes(i)));
    arrange(this.list, ids.map((id) => this.rows.get(id)));
    arrange(this.pool, pool.map(({ id }) => this.rows.get(id)));
    this.pool.hidden = !pool.length || state.done;
    this.place.textContent = placed.length ? "" : "Drag lines to here, or click them.";
    this.place.hidden = locked && placed.length > 0;
    this.caption.textContent = this.view.help;
    this.caption.hidden = state.done;
  }

  drawOffered(/** @type {string} */ id) {
    const row = this.rows.get(id);
    this.drawRow(row, id, "+", `Put into the program: ${reading(this.lines.get(id))}`);
    row.style.setProperty("--depth", "0");
    mark(row, "data-stands", false);
    for (const select of all(row, "select")) select.hidden = true;
    for (const blank of all(row, ".ac-offered")) blank.hidden = false;
  }

  drawPlaced(/** @type {Placed[]} */ placed, /** @type {number} */ i, /** @type {boolean} */ isWrong) {
    const { id, depth, chosen } = placed[i];
    const row = this.rows.get(id);
    const said = position(placed, i, reading(this.lines.get(id), chosen));
    this.drawRow(row, id, String(i + 1), isWrong ? `${said}, not right` : said);
    row.style.setProperty("--depth", String(depth));
    mark(row, "data-stands", isWrong && "wrong");
    /** @type {HTMLSelectElement[]} */ (all(row, "select")).forEach((select, blank) => {
      select.hidden = false;
      select.value = chosen[blank];
      select.disabled = this.page.locked;
    });
    for (const blank of all(row, ".ac-offered")) blank.hidden = true;
  }

  drawRow(/** @type {HTMLElement} */ row, /** @type {string} */ id, /** @type {string} */ sign, /** @type {string} */ said) {
    const { locked, state } = this.page;
    const [grip] = all(row, "[data-grip]");
    const isHeld = this.held === id && this.placeOf(id) >= 0 && !locked;
    grip.textContent = sign;
    mark(grip, "aria-label", said);
    mark(grip, "aria-pressed", this.placeOf(id) >= 0 && String(isHeld));
    mark(grip, "aria-disabled", locked);
    mark(grip, "tabindex", state.done ? "-1" : "0");
    mark(row, "draggable", String(!locked));
    row.classList.toggle("ac-held", isHeld);
    all(row, ".ac-tools")[0].hidden = !isHeld;
  }
}
