/** Tape: the numbers of x on their way into the heads and back, the right way, and by slips that are often made. */
import { all, mark, paint } from "../dom.js";
import { isOneOf, isWhole, select } from "./controls.js";
import { Explorer } from "./explorer.js";
import { HEAD_COUNTS, TOKEN_COUNTS, WAYS } from "./tape_numbers.js";
import { blocksOf, codeAt, factsOf, shapeOf, stationsOf, tapeInWords } from "./tape_numbers.js";

/** @typedef {import("./tape_numbers.js").TapeState} TapeState */

const padded = (/** @type {number} */ number) => String(number).padStart(2, "0");

export class Tape extends Explorer {
  /** @returns {TapeState|null} */
  fitted(/** @type {any} */ state) {
    const good =
      isWhole(state?.step, 0, 4) &&
      isOneOf(state.way, Object.keys(WAYS)) &&
      isOneOf(state.heads, HEAD_COUNTS) &&
      isOneOf(state.tokens, TOKEN_COUNTS);
    return good ? { step: state.step, way: state.way, heads: state.heads, tokens: state.tokens } : null;
  }

  html(/** @type {string} */ uid) {
    return `
      <div class="ac-controls">
        ${select(`${uid}-way`, "Program", Object.entries(WAYS).map(([way, { name }]) => [way, name]))}
        ${select(`${uid}-heads`, "Heads H", HEAD_COUNTS)}
        ${select(`${uid}-tokens`, "Tokens T", TOKEN_COUNTS)}
      </div>
      <div class="ac-controls">
        <label for="${uid}-step">Step</label>
        <input id="${uid}-step" class="ac-step" type="range" min="0" max="4" step="1">
      </div>
      <ol class="ac-program-steps" start="0">${'<li><code></code> <span class="ac-shape"></span></li>'.repeat(5)}</ol>
      <p class="ac-caption">Tens are the token, ones the column: 12 belongs to token 1. Each token has a colour.</p>
      <div class="ac-blocks" role="img"></div>
      <table class="ac-numbers">
        <thead><tr><td></td><th scope="col">this program</th><th scope="col">the right one</th></tr></thead>
        <tbody>${["head 0, row 0", "tokens in head 0’s rows", "joined, row 0", "joined equals the input"]
          .map((name) => `<tr><th scope="row">${name}</th><td></td><td></td></tr>`)
          .join("")}</tbody>
      </table>
      <p class="ac-unseen" aria-live="polite"></p>`;
  }

  built(/** @type {HTMLElement} */ root) {
    this.choices = /** @type {HTMLSelectElement[]} */ (all(root, "select"));
    [this.step] = /** @type {HTMLInputElement[]} */ (all(root, ".ac-step"));
    [this.picture] = all(root, ".ac-blocks");
    [this.said] = all(root, "[aria-live]");
    this.lines = all(root, ".ac-program-steps li");
    this.cells = all(root, ".ac-numbers tbody td");
    const [way, heads, tokens] = this.choices;
    way.addEventListener("change", () => this.change({ way: way.value }));
    heads.addEventListener("change", () => this.change({ heads: Number(heads.value) }));
    tokens.addEventListener("change", () => this.change({ tokens: Number(tokens.value) }));
    this.step.addEventListener("input", () => this.change({ step: Number(this.step.value) }));
  }

  change(/** @type {object} */ part) {
    this.changed({ ...this.state, ...part });
  }

  draw(/** @type {TapeState} */ state) {
    this.state = state;
    const stations = stationsOf(state);
    [state.way, state.heads, state.tokens].forEach((value, i) => (this.choices[i].value = String(value)));
    this.step.value = String(state.step);
    this.step.setAttribute("aria-valuetext", `${state.step}: ${codeAt(state)}, ${shapeOf(stations[state.step])}`);
    this.lines.forEach((line, step) => {
      mark(line, "aria-current", step === state.step && "step");
      line.children[0].textContent = codeAt({ ...state, step });
      line.children[1].textContent = shapeOf(stations[step]);
    });
    const blocks = blocksOf(state);
    paint(this.picture, blocks.map(drawnBlock).join(""));
    const inWords = ({ name, rows }) => `${name}: ${rows.map((row) => row.map(padded).join(" ")).join("; ")}.`;
    this.picture.setAttribute("aria-label", blocks.map(inWords).join(" "));
    this.drawFacts(state);
  }

  drawFacts(/** @type {TapeState} */ state) {
    const [own, right] = [state, { ...state, way: "right" }].map(factsOf);
    const told = ({ head, rows, joined, equal }) => [head, rows, joined, equal ? "yes" : "no"];
    const [here, there] = [told(own), told(right)];
    here.forEach((text, row) => {
      this.cells[2 * row].textContent = text === there[row] ? text : `≠ ${text}`;
      this.cells[2 * row + 1].textContent = there[row];
    });
    const words = tapeInWords(state);
    if (this.said.textContent !== words) this.said.textContent = words;
  }
}

/** Return a matrix as HTML, each number on its token's paper. */
function drawnBlock(/** @type {{name: string, rows: number[][]}} */ { name, rows }) {
  const cell = (/** @type {number} */ number) => `<span data-token="${Math.floor(number / 10)}">${padded(number)}</span>`;
  const lines = rows.map((row) => `<span class="ac-block-row">${row.map(cell).join("")}</span>`);
  return `<span class="ac-block"><span class="ac-of">${name}</span>${lines.join("")}</span>`;
}
