/** A prediction: sketched, committed once, and then seen with what came out drawn over it. Nobody judges it. */
import { Kind } from "./kind.js";
import { BarsSketch } from "./sketch_bars.js";
import { ChoiceSketch } from "./sketch_choice.js";
import { GridSketch } from "./sketch_grid.js";

/** @typedef {import("./state.js").View} View */

const SKETCHES = { bars: BarsSketch, curve: BarsSketch, grid: GridSketch, choice: ChoiceSketch };

export class Predict extends Kind {
  words = { check: "Commit", busy: "Committing…", done: "Done", running: "What comes out is on its way…", shown: "" };

  constructor(/** @type {View} */ view) {
    super(view);
    const changed = (/** @type {string[]} */ picks) => this.page.setPicks(picks);
    this.sketch = new SKETCHES[view.sketch.form](view.sketch, changed, view.options);
  }

  get empty() {
    return this.sketch.empty;
  }

  fitted(/** @type {unknown} */ picks) {
    return this.sketch.fitted(picks);
  }

  obstacle(/** @type {string[]} */ picks) {
    return picks.includes("") ? this.view.sketch.missing : "";
  }

  html(/** @type {string} */ uid) {
    return this.sketch.html(uid);
  }

  built(/** @type {HTMLElement} */ root) {
    this.sketch.built(root);
  }

  finishedSaying(/** @type {HTMLElement} */ result) {
    return result.textContent.replace(/\s+/g, " ").trim();
  }

  draw() {
    const { picks, state, locked } = this.page;
    this.sketch.draw({ picks, truth: state.revealed?.truth ?? null, locked });
  }
}
