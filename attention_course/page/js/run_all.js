/**
 * JupyterLab and Notebook 7 go to the last cell when all cells are run. A lesson begins at the first: so there, the
 * first time that questions come to be shown in a notebook that is open, its page is brought back to the top.
 *
 * Whoever has gone elsewhere in the meantime, or runs cell after cell, stays there.
 */

// anywidget imports the page's text once for each widget, so what all widgets share hangs on `globalThis`.
const BEGUN = Symbol.for("attention-course.begun");

/** Were these code cells, as far as they have run, run one after another from the first, with nothing in between? */
export function ranFromTheFirst(/** @type {(number|null|undefined)[]} */ counts) {
  const first = counts[0] ?? null;
  const run = counts.findLastIndex((count) => (count ?? null) !== null) + 1;
  return first !== null && counts.slice(0, run).every((count, i) => count === first + i);
}

/** Bring the notebook around a question to its top where a run of all cells has just left it at the end. */
export function leaveAtTop(/** @type {HTMLElement} */ question, /** @type {any} */ context) {
  const notebook = question.closest(".jp-Notebook");
  const scroller = notebook?.querySelector(".jp-WindowedPanel-outer");
  const begun = (globalThis[BEGUN] ??= new WeakSet());
  if (!scroller || !context?.model?.cells || begun.has(context)) return;
  begun.add(context);
  const cells = [...context.model.cells];
  const counts = cells.filter(({ type }) => type === "code").map(({ executionCount }) => executionCount);
  if (ranFromTheFirst(counts) && isAtLast(notebook, scroller, cells.length - 1)) scroller.scrollTop = 0;
}

/** Is the last cell the one that is selected, and in sight? */
function isAtLast(/** @type {Element} */ notebook, /** @type {Element} */ scroller, /** @type {number} */ last) {
  const active = /** @type {HTMLElement|null} */ (notebook.querySelector(".jp-Cell.jp-mod-active"));
  if (Number(active?.dataset.windowedListIndex) !== last) return false;
  const [cell, view] = [active.getBoundingClientRect(), scroller.getBoundingClientRect()];
  return cell.top < view.bottom && cell.bottom > view.top;
}
