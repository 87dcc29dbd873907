/**
 * Hull: a query is moved among the keys of a sentence, and its output moves in the hull of the values, which it never
 * leaves: an average lies between what it averages.
 */
import { all } from "../dom.js";
import { onKeys } from "../keyboard.js";
import { barsHtml, drawBar } from "./bars.js";
import { Explorer } from "./explorer.js";
import { attended, FARTHEST, heatAt, HEAT_STEPS, heatStep, hullScores, isInside, kept } from "./hull_numbers.js";
import { HULL_CORNERS, SENTENCE, SENTENCE_KEYS, SENTENCE_VALUES } from "./hull_numbers.js";
import { KEY_PLANE, placesOf, pointsHtml, VALUE_PLANE } from "./hull_planes.js";

/** @typedef {import("./hull_numbers.js").HullState} HullState */
/** @typedef {import("./hull_numbers.js").Attended} Attended */

const QUERY_STEP = 0.25; // of an arrow key
const QUERY_MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const QUERIES_OF = { it: [1, 0.5], was: [0, 1], cat: [0, 0] }; // those of the sentence
const pair = (/** @type {number[]} */ [a, b]) => `[${a.toFixed(2)}, ${b.toFixed(2)}]`;

export class Hull extends Explorer {
  /** @returns {HullState|null} */
  fitted(/** @type {any} */ state) {
    const isNumber = (/** @type {any} */ value) => typeof value === "number" && Number.isFinite(value);
    if (![state?.x, state?.y, state?.temperature].every(isNumber)) return null;
    const { x, y, temperature } = state;
    const isHeat = 0.1 <= temperature && temperature <= 10 && Number(temperature.toFixed(2)) === temperature;
    return kept(x) === x && kept(y) === y && isHeat ? { x, y, temperature } : null;
  }

  html(/** @type {string} */ uid) {
    const corners = HULL_CORNERS.map((corner) => VALUE_PLANE.pixels(corner).join(",")).join(" ");
    const preset = (/** @type {string} */ word) =>
      `<button type="button" data-query="${word}">Query of “${word}”</button>`;
    const row = (/** @type {string} */ word, /** @type {number} */ i) =>
      `<tr><th scope="row">${word}</th><td>[${SENTENCE_KEYS[i].join(", ")}]</td><td class="ac-score"></td>
        <td class="ac-weight"></td><td>[${SENTENCE_VALUES[i].join(", ")}]</td></tr>`;
    return `
      <p class="ac-caption" id="${uid}-how">Drag the query, or click where it is to be. Keys: arrows move it, Home
        puts it at 0. At temperature 1 it is attention as it is.</p>
      <div class="ac-controls">
        ${Object.keys(QUERIES_OF).map(preset).join("")}
        <label for="${uid}-heat">Temperature</label>
        <input id="${uid}-heat" class="ac-heat" type="range" min="${-HEAT_STEPS}" max="${HEAT_STEPS}" step="1">
        <output class="ac-heat-said" for="${uid}-heat"></output>
      </div>
      <div class="ac-planes">
        <figure><figcaption>The query among the keys</figcaption>
          <div class="ac-plane ac-moved">${KEY_PLANE.html(`
            ${pointsHtml(KEY_PLANE, SENTENCE_KEYS, "key")}<line class="ac-arrow" data-role="query"/>`)}
            <span class="ac-handle" role="slider" tabindex="0" aria-label="Query" aria-roledescription="place in a plane"
              aria-valuemin="${-FARTHEST}" aria-valuemax="${FARTHEST}" aria-describedby="${uid}-how"></span></div></figure>
        <figure><figcaption>The output in the hull of the values</figcaption>
          <div class="ac-plane ac-hull" role="img">${VALUE_PLANE.html(`
            <polygon class="ac-hull-area" points="${corners}"/><g class="ac-shares"></g>
            ${pointsHtml(VALUE_PLANE, SENTENCE_VALUES, "value")}`)}
            <span class="ac-output-at"></span></div></figure>
      </div>
      <p class="ac-caption">The weights:</p>
      ${barsHtml(SENTENCE)}
      <table class="ac-numbers">
        <thead><tr><th scope="col">token</th><th scope="col">key</th><th scope="col">score</th><th scope="col">weight</th>
          <th scope="col">value</th></tr></thead>
        <tbody>${SENTENCE.map(row).join("")}</tbody>
        <tfoot><tr><th scope="row">output</th><td></td><td></td><td></td><td class="ac-output"></td></tr></tfoot>
      </table>
      <p class="ac-hull-said"></p>`;
  }

  built(/** @type {HTMLElement} */ root) {
    const names = ["moved", "handle", "arrow", "hull", "shares", "output-at", "heat-said", "bars", "output", "hull-said"];
    this.parts = Object.fromEntries(names.map((name) => [name, all(root, `.ac-${name}`)[0]]));
    [this.heat] = /** @type {HTMLInputElement[]} */ (all(root, ".ac-heat"));
    this.columns = all(root, ".ac-bars .ac-column");
    this.scores = all(root, ".ac-score");
    this.weights = all(root, ".ac-weight");
    const circles = placesOf(SENTENCE_VALUES).map(({ place }) => {
      const [x, y] = VALUE_PLANE.pixels(place);
      return `<circle class="ac-share" cx="${x}" cy="${y}"/>`;
    });
    this.parts.shares.innerHTML = circles.join("");
    this.heat.addEventListener("input", () => this.change({ temperature: heatAt(Number(this.heat.value)) }));
    for (const button of all(root, "[data-query]"))
      button.addEventListener("click", () => this.moveTo(QUERIES_OF[button.dataset.query]));
    onKeys(root, ".ac-handle", (key) => this.keyMeant(key));
    const { moved } = this.parts;
    moved.addEventListener("pointerdown", (event) => this.pressed(event));
    moved.addEventListener("pointermove", (event) => this.isHeld && this.moveTo(KEY_PLANE.pointedAt(moved, event)));
    for (const end of ["pointerup", "pointercancel"]) moved.addEventListener(end, () => (this.isHeld = false));
  }

  // ---- what the student does

  change(/** @type {object} */ part) {
    this.changed({ ...this.state, ...part });
  }

  moveTo(/** @type {number[]} */ [x, y]) {
    const place = { x: kept(x), y: kept(y) };
    if (place.x !== this.state.x || place.y !== this.state.y) this.change(place);
  }

  keyMeant(/** @type {string} */ key) {
    const { x, y } = this.state;
    if (key === "Home") this.moveTo([0, 0]);
    else if (!QUERY_MOVES[key]) return false;
    else this.moveTo([x + QUERY_STEP * QUERY_MOVES[key][0], y + QUERY_STEP * QUERY_MOVES[key][1]]);
    return true;
  }

  pressed(/** @type {PointerEvent} */ event) {
    if (event.button !== 0) return;
    event.preventDefault(); // of a text that would be selected
    const { moved, handle } = this.parts;
    handle.focus({ preventScroll: true });
    moved.setPointerCapture(event.pointerId);
    this.isHeld = true;
    this.moveTo(KEY_PLANE.pointedAt(moved, event));
  }

  // ---- what is seen

  draw(/** @type {HullState} */ state, /** @type {Attended|null} */ theirs = null) {
    this.state = state;
    const { weights, output } = theirs ?? attended(state);
    this.drawQuery(state, weights, output);
    this.drawOutput(weights, output);
    const scores = hullScores(state).map((score) => (theirs ? "–" : score.toFixed(2))); // theirs are not handed back
    this.scores.forEach((cell, i) => (cell.textContent = scores[i]));
    this.weights.forEach((cell, i) => (cell.textContent = weights[i].toFixed(2)));
    this.columns.forEach((column, i) => drawBar(column, weights[i]));
    const told = SENTENCE.map((word, i) => `${word} ${weights[i].toFixed(2)}`).join(", ");
    this.parts.bars.setAttribute("aria-label", `Seven bars, the weights: ${told}.`);
  }

  drawQuery(
    /** @type {HullState} */ { x, y, temperature },
    /** @type {number[]} */ weights,
    /** @type {number[]} */ output,
  ) {
    const { handle, arrow, "heat-said": heatSaid } = this.parts;
    const ends = [KEY_PLANE.pixels([0, 0]), KEY_PLANE.pixels([x, y])].flat();
    ["x1", "y1", "x2", "y2"].forEach((name, i) => arrow.setAttribute(name, String(ends[i])));
    KEY_PLANE.put(handle, [x, y]);
    const most = weights.indexOf(Math.max(...weights));
    const said = most < 0 ? "no weights" : `most weight on ${SENTENCE[most]}, ${weights[most].toFixed(2)}`;
    handle.setAttribute("aria-valuenow", String(x));
    handle.setAttribute("aria-valuetext", `animal ${x}, feeling ${y}: ${said}; output ${pair(output)}`);
    if (heatAt(Number(this.heat.value)) !== temperature) this.heat.value = String(heatStep(temperature));
    this.heat.setAttribute("aria-valuetext", `${temperature}: ${said}; output ${pair(output)}`);
    heatSaid.textContent = String(temperature);
  }

  drawOutput(/** @type {number[]} */ weights, /** @type {number[]} */ output) {
    const { hull, shares, "output-at": mark, output: cell, "hull-said": said } = this.parts;
    placesOf(SENTENCE_VALUES).forEach(({ members }, i) => {
      const share = members.reduce((sum, member) => sum + weights[member], 0);
      shares.children[i].setAttribute("r", String(5 + 18 * Math.sqrt(Math.min(1, Math.max(0, share || 0)))));
    });
    VALUE_PLANE.put(mark, output);
    const where = isInside(output) ? "inside the hull of the values" : "outside the hull of the values";
    cell.textContent = pair(output);
    said.textContent = `${isInside(output) ? "✓" : "✕"} The output ${pair(output)} lies ${where}.`;
    const corners = HULL_CORNERS.map((corner) => `[${corner.join(", ")}]`).join(", ");
    hull.setAttribute("aria-label", `A triangle, the hull, with corners ${corners}. The output ${pair(output)} lies ${where}.`);
  }
}
