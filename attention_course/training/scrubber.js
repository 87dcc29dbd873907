/** A training run's scrubber: a slider over its checkpoints; numbers, curves and maps follow. All was sent at first. */
import { all, suppressShortcuts } from "../page/js/dom.js";
import { slider } from "../page/js/explorers/controls.js";
import { curvesHtml, drawCurves } from "../page/js/explorers/curves.js";
import { filmMapHtml, lastRowSaid } from "./film_map.js";

/**
 * @typedef {{steps: number[], loss: number[], accuracy: number[], mass: number[][], entropy: number[][],
 *   maps: number[][][][][], tokens: number[], right: number[][][]}} Film  What training/film.py sends.
 */

let scrubbers = 0;

/** Return the two plots of a film: in nats loss and entropies, as shares accuracy and masses; a list for each line. */
export function linesOf(/** @type {Film} */ film) {
  const layers = film.mass[0].map((_, layer) => layer);
  const of = (/** @type {number[][]} */ values) => layers.map((layer) => values.map((one) => one[layer]));
  const names = (/** @type {string} */ what) => layers.map((layer) => `${what}, layer ${layer + 1}`);
  const nats = [film.loss, ...of(film.entropy)];
  return [
    { names: ["loss", ...names("entropy")], lines: nats, most: Math.max(...nats.flat()), unit: "nats" },
    { names: ["accuracy", ...names("mass")], lines: [film.accuracy, ...of(film.mass)], most: 1, unit: "" },
  ];
}

class Scrubber {
  constructor(/** @type {Film} */ film) {
    this.film = film;
    this.plots = linesOf(film);
    this.at = film.steps.length - 1; // where it ended
  }

  show(/** @type {HTMLElement} */ el) {
    const { film } = this;
    const uid = `ac-scrubber-${(scrubbers += 1)}`;
    const layers = film.mass[0].map((_, layer) => layer);
    const heads = layers.map((_layer) => `<th scope="col">layer ${_layer + 1}</th>`).join("");
    const row = (/** @type {string} */ name) => `<tr><th scope="row">${name}</th>${"<td></td>".repeat(layers.length)}</tr>`;
    const [first, last] = [film.steps[0], film.steps.at(-1)].map(String);
    this.root = document.createElement("section");
    this.root.className = "attention-question ac-scrubber";
    this.root.setAttribute("aria-label", "Training, step by step");
    this.root.innerHTML = `
      ${slider(`${uid}-step`, "Training step", 0, film.steps.length - 1)}
      <p class="ac-told"></p>
      <table class="ac-numbers"><thead><tr><td></td>${heads}</tr></thead>
        <tbody>${row("mass on the right keys")}${row("entropy of a row, in nats")}${row("that is, undecided among")}</tbody></table>
      <div class="ac-side-by-side">${this.plots.map(({ names }) => curvesHtml(names, [first, "step", last])).join("")}</div>
      <div class="ac-film-maps">${filmMapHtml(film)}</div>
      <p class="ac-caption">Rows are queries, columns are keys; the fuller a cell, the more weight. The right keys have an outline.</p>`;
    this.input = /** @type {HTMLInputElement} */ (all(this.root, "input")[0]);
    [this.output] = all(this.root, "output");
    [this.told] = all(this.root, ".ac-told");
    this.cells = all(this.root, ".ac-numbers tbody tr").map((one) => all(one, "td"));
    this.curves = all(this.root, ".ac-curves");
    this.maps = all(this.root, ".ac-film-map").map((map) => ({ map, cells: all(map, ".ac-weight-cell") }));
    this.input.addEventListener("input", () => this.draw(Number(this.input.value)));
    suppressShortcuts(this.root);
    el.append(this.root);
    this.draw(this.at);
  }

  draw(/** @type {number} */ at) {
    this.at = at;
    this.drawNumbers();
    this.plots.forEach((plot, i) => this.drawPlot(this.curves[i], plot));
    this.drawMaps();
  }

  drawNumbers() {
    const { film, at } = this;
    const said = `loss ${film.loss[at].toFixed(2)}, accuracy ${film.accuracy[at].toFixed(2)}`;
    this.input.value = String(at);
    this.input.setAttribute("aria-valuetext", `step ${film.steps[at]}: ${said}, mass ${fixed(film.mass[at]).join(" and ")}`);
    this.output.textContent = `${film.steps[at]} of ${film.steps.at(-1)}`;
    this.told.textContent = `On 64 sequences that are never trained on: ${said}.`;
    const among = film.entropy[at].map((nats) => `${Math.exp(nats).toFixed(1)} keys`);
    [fixed(film.mass[at]), fixed(film.entropy[at]), among].forEach((values, row) =>
      values.forEach((value, layer) => (this.cells[row][layer].textContent = value)),
    );
  }

  drawPlot(/** @type {Element} */ node, /** @type {ReturnType<typeof linesOf>[number]} */ { names, lines, most, unit }) {
    const { steps } = this.film;
    const place = (/** @type {number} */ i) => steps[i] / steps.at(-1);
    const points = lines.map((line) => line.map((value, i) => /** @type {[number, number]} */ ([place(i), value / most])));
    const now = lines.map((line, i) => `${names[i]} ${line[this.at].toFixed(2)}`).join(", ");
    const label = `Curves over the steps, of ${names.join("; of ")}. At step ${steps[this.at]}: ${now}.`;
    const top = most === 1 ? "1" : `${most.toFixed(1)} ${unit}`;
    drawCurves(node, points, points.map((line) => line[this.at]), [top, "0"], label);
  }

  drawMaps() {
    const { film, at } = this;
    film.maps[at].flat().forEach((weights, panel) => {
      const { map, cells } = this.maps[panel];
      weights.flat().forEach((hundredths, i) => (cells[i].style.fillOpacity = String(hundredths / 100)));
      const words = lastRowSaid(weights, film.tokens);
      map.querySelector("svg").setAttribute("aria-label", `Map of ${map.dataset.name} at step ${film.steps[at]}. ${words}`);
      map.querySelector("figcaption span").textContent = words;
    });
  }
}

function fixed(/** @type {number[]} */ numbers) {
  return numbers.map((number) => number.toFixed(2));
}

/** Show a scrubber; return what takes it away again. */
function render({ model, el }) {
  const scrubber = new Scrubber(model.get("film"));
  scrubber.show(el);
  return () => scrubber.root.remove();
}

export default { render };
