/** A number for each label, as bars or as points of a curve: dragged, or moved by keys. */
import { all, escaped, mark } from "./dom.js";
import { onKeys } from "./keyboard.js";
import { LEGEND, onStep, share, valueAfter, values } from "./sketch.js";

/** @typedef {import("./sketch.js").Range} Range */
/** @typedef {Range & {form: string, labels: string[], unit: string, missing: string}} BarsView */
/** @typedef {{picks: string[], truth: string[]|null, locked: boolean}} Seen  An answer, and what came out of it. */

const HOW = {
  bars: "Drag each bar to its height. Keys on a bar: arrows move it, Page Up and Page Down by five steps.",
  curve: "Sketch the curve by dragging across. Keys on a point: arrows move it, Page Up and Page Down by five steps.",
};

export class BarsSketch {
  constructor(/** @type {BarsView} */ view, /** @type {(picks: string[]) => void} */ changed) {
    this.view = view;
    this.changed = changed;
    this.isCurve = view.form === "curve";
    this.seen = /** @type {Seen} */ ({ picks: this.empty, truth: null, locked: false });
  }

  get empty() {
    return Array(this.view.labels.length).fill("");
  }

  fitted(/** @type {unknown} */ picks) {
    return values(picks, this.view.labels.length);
  }

  html(/** @type {string} */ uid) {
    const { labels, least, most, unit } = this.view;
    const column = (/** @type {string} */ label) => `
      <div class="ac-column">
        <div class="ac-track" data-part-of-sketch role="slider" tabindex="0" aria-orientation="vertical"
          aria-label="${escaped(label)}" aria-valuemin="${least}" aria-valuemax="${most}">
          <span class="ac-fill"></span><span class="ac-truth" hidden></span>
        </div>
        <span class="ac-value" aria-hidden="true"></span>
        <span class="ac-came" aria-hidden="true" hidden></span>
        <span class="ac-of" aria-hidden="true">${escaped(label)}</span>
      </div>`;
    const end = (/** @type {number} */ value) => `<span>${escaped(`${value} ${unit}`.trim())}</span>`;
    return `
      <div class="ac-answer ac-sketch ac-${this.view.form}">
        <p class="ac-caption" id="${uid}-how">${HOW[this.view.form]}</p>
        <div class="ac-plot" role="group" aria-label="Your prediction" aria-describedby="${uid}-how">
          <div class="ac-axis" aria-hidden="true">${end(most)}${end(least)}</div>
          <div class="ac-columns">
            ${this.isCurve ? '<svg class="ac-sketched" aria-hidden="true" preserveAspectRatio="none"><polyline/><polyline/></svg>' : ""}
            ${labels.map(column).join("")}
          </div>
        </div>
        ${LEGEND}
      </div>`;
  }

  built(/** @type {HTMLElement} */ root) {
    [this.columns] = all(root, ".ac-columns");
    this.tracks = all(root, ".ac-track");
    this.lines = all(root, ".ac-sketched polyline");
    [this.legend] = all(root, ".ac-legend");
    [this.caption] = all(root, ".ac-sketch .ac-caption");
    all(root, ".ac-sketched")[0]?.setAttribute("viewBox", `0 0 ${this.tracks.length} 1`);
    onKeys(root, ".ac-track", (key, track) => this.keyMeant(key, this.tracks.indexOf(track)));
    this.columns.addEventListener("pointerdown", (event) => this.pressed(event));
    this.columns.addEventListener("pointermove", (event) => this.dragged(event));
    for (const end of ["pointerup", "pointercancel"]) this.columns.addEventListener(end, () => (this.held = null));
  }

  // ---- what the student does

  /** The values as they stand, also before any was moved. */
  get values() {
    const { least, most } = this.view;
    const start = onStep(this.isCurve ? (least + most) / 2 : least, this.view);
    return this.seen.picks.map((text) => text || start);
  }

  put(/** @type {number} */ i, /** @type {string} */ text) {
    const now = this.values;
    if (text !== now[i] || this.seen.picks[i] === "") this.changed(now.map((value, place) => (place === i ? text : value)));
  }

  keyMeant(/** @type {string} */ key, /** @type {number} */ i) {
    const text = this.seen.locked ? null : valueAfter(key, Number(this.values[i]), this.view);
    if (text !== null) this.put(i, text);
    return text !== null;
  }

  pressed(/** @type {PointerEvent} */ event) {
    const track = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest(".ac-track"));
    if (!track || this.seen.locked || event.button !== 0) return;
    event.preventDefault(); // of a text that would be selected
    track.focus({ preventScroll: true });
    this.columns.setPointerCapture(event.pointerId);
    this.held = track;
    this.dragged(event);
  }

  /** A bar keeps to its column; a curve takes the column that is below the pointer. */
  dragged(/** @type {PointerEvent} */ { clientX, clientY }) {
    if (!this.held || this.seen.locked) return;
    const isBelow = (/** @type {HTMLElement} */ one) => one.getBoundingClientRect().right >= clientX;
    const track = this.isCurve ? (this.tracks.find(isBelow) ?? this.tracks.at(-1)) : this.held;
    const { bottom, height } = track.getBoundingClientRect();
    const { least, most } = this.view;
    this.put(this.tracks.indexOf(track), onStep(least + ((bottom - clientY) / height) * (most - least), this.view));
  }

  // ---- what is seen

  draw(/** @type {Seen} */ seen) {
    this.seen = seen;
    const { truth, locked, picks } = seen;
    const now = this.values;
    this.tracks.forEach((track, i) => this.drawTrack(track, now[i], truth?.[i] ?? null, picks[i] === ""));
    this.lines.forEach((line, i) => {
      const drawn = (i === 0 ? now : (truth ?? [])).map((text, x) => `${x + 0.5},${1 - share(Number(text), this.view)}`);
      line.setAttribute("points", drawn.join(" "));
    });
    this.legend.hidden = !truth;
    this.caption.hidden = locked;
  }

  drawTrack(
    /** @type {HTMLElement} */ track,
    /** @type {string} */ value,
    /** @type {string|null} */ truth,
    /** @type {boolean} */ isOpen,
  ) {
    const [fill, diamond, column] = [track.children[0], track.children[1], track.parentElement];
    const said = (/** @type {string} */ text) => `${Number(text)} ${this.view.unit}`.trim();
    const spoken = isOpen ? "not set yet" : said(value);
    const place = (/** @type {string} */ text) => `${100 * share(Number(text), this.view)}%`;
    track.classList.toggle("ac-open", isOpen);
    mark(track, "aria-valuenow", String(Number(value)));
    mark(track, "aria-valuetext", truth === null ? spoken : `${spoken}; it came out as ${said(truth)}`);
    mark(track, "aria-readonly", this.seen.locked);
    /** @type {HTMLElement} */ (fill).style.setProperty("--at", place(value));
    /** @type {HTMLElement} */ (diamond).style.setProperty("--at", place(truth ?? value));
    /** @type {HTMLElement} */ (diamond).hidden = truth === null;
    column.querySelector(".ac-value").textContent = isOpen ? "–" : String(Number(value));
    const came = /** @type {HTMLElement} */ (column.querySelector(".ac-came"));
    came.hidden = truth === null;
    came.textContent = truth === null ? "" : `◆ ${Number(truth)}`;
  }
}
