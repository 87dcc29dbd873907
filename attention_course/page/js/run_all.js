/**
 * JupyterLab and Notebook 7 go to the last cell when all cells are run. A lesson begins at the first: so there, the
 * first time that questions come to be shown in a notebook that is open, its page is brought back to the top.
 *
 * Whoever has gone elsewhere in the meantime, or runs cell after cell, stays there.
 */
import { shared } from "./shared.js";

const MOVES = ["wheel", "pointerdown", "keydown"]; // the student goes somewhere, and is not to be led away
const UNDER_WAY = 3000; // milliseconds within which a front end has come to the last cell, once all have run
const MOST_WAITS = 200; // times so long: cells that an error has stopped never run

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
  const begun = shared("begun", () => new WeakSet());
  if (!scroller || !context?.model?.cells || begun.has(context)) return;
  begun.add(context);
  const cells = [...context.model.cells];
  const code = cells.filter(({ type }) => type === "code");
  const counts = code.map(({ executionCount }) => executionCount);
  if (ranFromTheFirst(counts))
    comeBack(notebook, scroller, cells.length - 1, () => (code.at(-1).executionCount ?? null) !== null);
}

/**
 * Go to the top whenever the front end brings the last cell into sight, for as long as that may take.
 *
 * @param {Element} notebook
 * @param {Element} scroller
 * @param {number} last the last cell's index
 * @param {() => boolean} haveRun have all cells run by now?
 */
function comeBack(notebook, scroller, last, haveRun) {
  const over = new AbortController();
  const { signal } = over;
  const back = () => {
    const active = /** @type {HTMLElement|null} */ (notebook.querySelector(".jp-Cell.jp-mod-active")); // if near
    if (Number(active?.dataset.windowedListIndex) === last && isInSight(active, scroller)) scroller.scrollTop = 0;
  };
  scroller.addEventListener("scroll", back, { signal });
  for (const move of MOVES) notebook.addEventListener(move, () => over.abort(), { signal, capture: true });
  const rest = (/** @type {number} */ times) =>
    setTimeout(() => (haveRun() || times === 0 ? over.abort() : rest(times - 1)), UNDER_WAY);
  rest(MOST_WAITS);
  back();
}

function isInSight(/** @type {Element} */ cell, /** @type {Element} */ scroller) {
  const [inner, outer] = [cell.getBoundingClientRect(), scroller.getBoundingClientRect()];
  return inner.top < outer.bottom && inner.bottom > outer.top;
}
