/**
 * Position: how the score of a query and a key depends on their places, where these are put in in three ways.
 *
 * The vectors have eight numbers, which stand below, and the score is q·k/√d. Sinusoids are added to both vectors (with
 * sine and cosine side by side); RoPE turns the pairs of columns 2i and 2i + 1; ALiBi lowers the score by a slope times
 * the distance, 2^(−8i/H) in head i of H, from 1. The same numbers as in `exercises/explorers/position.py`.
 */
import { all } from "../dom.js";
import { isOneOf, isWhole, select, slider } from "./controls.js";
import { curvesHtml, drawCurves } from "./curves.js";
import { Explorer } from "./explorer.js";

/** @typedef {{scheme: string, query: number, key: number, shift: number, head: number}} PositionState */

const Q_CONTENT = [1.0, 0.4, 0.8, -0.2, 0.6, 0.5, -0.4, 0.9];
const K_CONTENT = [0.9, 0.6, 0.7, 0.1, 0.5, 0.2, -0.6, 0.8];
const ROOT_OF_D = Math.sqrt(Q_CONTENT.length);
const BASE = 10000;
const ALIBI_HEADS = 8;
const LAST_PLACE = 32;
const FARTHEST_SHIFT = 100;
const BELOW = "← key after the query · distance · key before it →";
const SCHEMES = { sinusoid: "Sinusoids added", rope: "RoPE", alibi: "ALiBi" };

/** Return the angle of each pair of columns. */
const anglesAt = (/** @type {number} */ place) =>
  Array.from({ length: Q_CONTENT.length / 2 }, (_, i) => place * BASE ** ((-2 * i) / Q_CONTENT.length));

/** Return a vector whose pairs of neighbours are turned by their angles. */
export function turned(/** @type {number[]} */ vector, /** @type {number} */ place) {
  return anglesAt(place).flatMap((angle, i) => {
    const [a, b, cos, sin] = [vector[2 * i], vector[2 * i + 1], Math.cos(angle), Math.sin(angle)];
    return [a * cos - b * sin, a * sin + b * cos];
  });
}

/** Return the sinusoids of a place. */
const wavesAt = (/** @type {number} */ place) => anglesAt(place).flatMap((angle) => [Math.sin(angle), Math.cos(angle)]);

/** Return a vector to which the sinusoids of a place were added. */
export function withSinusoids(/** @type {number[]} */ vector, /** @type {number} */ place) {
  const waves = wavesAt(place);
  return vector.map((number, i) => number + waves[i]);
}

const dotProduct = (/** @type {number[]} */ one, /** @type {number[]} */ other) =>
  one.reduce((sum, number, i) => sum + number * other[i], 0);

/** Return the score of a query and a key at their places. */
export function scoreAt(
  /** @type {string} */ scheme,
  /** @type {number} */ query,
  /** @type {number} */ key,
  /** @type {number} */ head,
) {
  if (scheme === "rope") return dotProduct(turned(Q_CONTENT, query), turned(K_CONTENT, key)) / ROOT_OF_D;
  if (scheme === "sinusoid")
    return dotProduct(withSinusoids(Q_CONTENT, query), withSinusoids(K_CONTENT, key)) / ROOT_OF_D;
  return dotProduct(Q_CONTENT, K_CONTENT) / ROOT_OF_D - 2 ** ((-8 * head) / ALIBI_HEADS) * (query - key);
}

/** Return the scores of the query with a key at each place from 0 to 32, all of them shifted. */
export function curveOf(/** @type {PositionState} */ { scheme, query, head }, /** @type {number} */ shift) {
  return Array.from({ length: LAST_PLACE + 1 }, (_, key) => scoreAt(scheme, query + shift, key + shift, head));
}

/** Return a number with a real minus, and none before 0. */
export function signed(/** @type {number} */ number, decimals = 2) {
  const text = Math.abs(number).toFixed(decimals);
  return number < 0 && Number(text) ? `−${text}` : text;
}

/** Say by how much scores differ. */
const apart = (/** @type {number} */ difference) => (difference >= 0.005 ? difference.toFixed(2) : "less than 0.01");

/** Say a state as Python does. */
export function positionInWords(/** @type {PositionState} */ state) {
  const { scheme, query, key, shift, head } = state;
  const [here, there] = [0, shift].map((by) => scoreAt(scheme, query + by, key + by, head));
  const slope = scheme === "alibi" ? `, head ${head} of ${ALIBI_HEADS}, slope 1/${2 ** head}` : "";
  const hidden = key > query ? "The key stands after the query: a causal mask hides it. " : "";
  const distance = `distance ${signed(query - key, 0)}, score ${signed(here)}`;
  const said = `${SCHEMES[scheme]}${slope}. Query at ${query}, key at ${key}: ${distance}. ${hidden}`;
  if (!shift) return `${said}Shift both to see whether the score stays.`;
  const shifted = `Both shifted by ${shift}, to ${query + shift} and ${key + shift}: score ${signed(there)}`;
  if (Math.abs(here - there) < 1e-9) return `${said}${shifted}, the same.`;
  const own = signed(dotProduct(wavesAt(query), wavesAt(key)) / ROOT_OF_D);
  const differ = `they differ by ${apart(Math.abs(here - there))}`;
  return `${said}${shifted}, not the same: ${differ}. What the sinusoids give by themselves, ${own}, stays.`;
}

export class Position extends Explorer {
  /** @returns {PositionState|null} */
  fitted(/** @type {any} */ state) {
    const good =
      isOneOf(state?.scheme, Object.keys(SCHEMES)) &&
      isWhole(state.query, 0, LAST_PLACE) &&
      isWhole(state.key, 0, LAST_PLACE) &&
      isWhole(state.shift, 0, FARTHEST_SHIFT) &&
      isWhole(state.head, 1, ALIBI_HEADS);
    const { scheme, query, key, shift, head } = state ?? {};
    return good ? { scheme, query, key, shift, head } : null;
  }

  html(/** @type {string} */ uid) {
    return `
      <div class="ac-controls">${select(`${uid}-scheme`, "How places are put in", Object.entries(SCHEMES))}</div>
      <div class="ac-sliders">
        ${slider(`${uid}-query`, "Query at", 0, LAST_PLACE)}
        ${slider(`${uid}-key`, "Key at", 0, LAST_PLACE)}
        ${slider(`${uid}-shift`, "Shift both by", 0, FARTHEST_SHIFT)}
        ${slider(`${uid}-head`, `Head, of ${ALIBI_HEADS}`, 1, ALIBI_HEADS)}
      </div>
      <p class="ac-caption">The score q·k/√d of this query with a key at each of the places 0 to ${LAST_PLACE};
        the dots are this key:</p>
      ${curvesHtml(["shifted", "not shifted"], [`−${LAST_PLACE}`, BELOW, `${LAST_PLACE}`])}
      <p class="ac-told" aria-live="polite"></p>`;
  }

  built(/** @type {HTMLElement} */ root) {
    [this.scheme] = /** @type {HTMLSelectElement[]} */ (all(root, "select"));
    this.sliders = /** @type {HTMLInputElement[]} */ (all(root, "input"));
    [this.picture] = all(root, ".ac-curves");
    this.picture.classList.add("ac-crossed");
    [this.told] = all(root, ".ac-told");
    this.scheme.addEventListener("change", () => this.change({ scheme: this.scheme.value }));
    ["query", "key", "shift", "head"].forEach((name, i) =>
      this.sliders[i].addEventListener("input", () => this.change({ [name]: Number(this.sliders[i].value) })),
    );
  }

  change(/** @type {object} */ part) {
    this.changed({ ...this.state, ...part });
  }

  draw(/** @type {PositionState} */ state) {
    this.state = state;
    const { scheme, query, key, shift, head } = state;
    this.scheme.value = scheme;
    [query, key, shift, head].forEach((value, i) => {
      this.sliders[i].value = String(value);
      this.sliders[i].nextElementSibling.textContent = i === 3 ? `${value}: slope 1/${2 ** value}` : String(value);
    });
    this.sliders[3].parentElement.hidden = scheme !== "alibi";
    const words = positionInWords(state);
    if (this.told.textContent !== words) this.told.textContent = words;
    this.drawPicture(state);
  }

  drawPicture(/** @type {PositionState} */ state) {
    const [here, there] = [curveOf(state, 0), curveOf(state, state.shift)];
    const limit = Math.max(2, Math.ceil(Math.max(...[...here, ...there].map(Math.abs))));
    const x = (/** @type {number} */ key) => (state.query - key + LAST_PLACE) / (2 * LAST_PLACE);
    const points = (/** @type {number[]} */ scores) =>
      scores.map((score, key) => /** @type {[number, number]} */ ([x(key), (score / limit + 1) / 2]));
    const lines = [there, here].map(points);
    const some = (/** @type {number[]} */ scores) => [0, 8, 16, 24, 32].map((key) => signed(scores[key])).join(", ");
    const shifted = `both shifted by ${state.shift}: ${some(there)}`;
    const label = `Scores with keys at 0, 8, 16, 24 and 32: ${some(here)}; ${shifted}.`;
    const dots = lines.map((line) => line[state.key]);
    drawCurves(this.picture, lines, dots, [`${limit}`, `−${limit}`], label);
  }
}
