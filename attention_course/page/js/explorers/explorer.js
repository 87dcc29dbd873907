/**
 * What an explorer brings along: one class in a file of its own, and a line in `index.js`. The class of the same name in
 * `exercises/explorers/` checks its states, and says and draws them where there is no page.
 *
 * A state is plain JSON: where sliders and boxes stand. What follows from it is computed here, at each `draw`.
 */

/** @typedef {{[name: string]: any}} ExplorerState */

export class Explorer {
  /** `changed(state)` is called with each new state; the explorer is drawn by then. */
  constructor(/** @type {(state: ExplorerState) => void} */ changed) {
    this.changed = changed;
  }

  /** Return a state of the right form, or null. @returns {ExplorerState|null} */
  fitted(/** @type {unknown} */ _state) {
    return null;
  }

  /** Return its elements as HTML; `uid` makes ids the page's own. */
  html(/** @type {string} */ _uid) {
    return "";
  }

  /** Its elements are made: find them, listen to them. */
  built(/** @type {HTMLElement} */ _root) {}

  /**
   * Paint a state: the picture, its numbers as text, and its text alternative. `theirs` are numbers that the student's
   * own function has computed, as the class in Python sends them; null where the page is to compute them.
   */
  draw(/** @type {ExplorerState} */ _state, /** @type {any} */ _theirs = null) {}
}
