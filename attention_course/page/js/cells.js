/** The code cells of the notebook around a question, and which of them holds an answer that is code. */
import { isNotebook } from "./notebook.js";

/** @typedef {{grade_id: string, source: string, ours: boolean}} Cell  A code cell: its name for nbgrader ("" without
 *    one), its text, and whether it is the lesson's, locked. */
/** @typedef {{lesson: string, name: string, defines: string[], starter: string|null}} Wanted */

const LONGEST = 200_000; // characters of a cell that are sent: longer than any answer may be

/** Return a notebook's code cells; null where the page cannot reach it, as in VS Code and Colab. */
export function codeCells(/** @type {any} */ context) {
  if (!isNotebook(context)) return null;
  const cells = [...context.model.cells].filter(({ type }) => type === "code");
  const read = cells.map((cell) => {
    const about = cell.getMetadata?.("nbgrader") ?? cell.metadata?.get?.("nbgrader") ?? {};
    const source = cell.sharedModel?.getSource?.() ?? cell.value?.text;
    return { grade_id: String(about.grade_id ?? ""), source, ours: about.locked === true };
  });
  return /** @type {Cell[]} */ (read.filter(({ source }) => typeof source === "string"));
}

/** Return those cells in which an answer may stand, by its name or by what they define: other cells are no one's business. */
export function candidates(/** @type {Cell[]} */ cells, /** @type {Wanted} */ wanted) {
  const isOne = (/** @type {Cell} */ cell) => isMarked(cell, wanted) || defines(cell.source, wanted.defines[0]);
  const cut = (/** @type {Cell} */ cell) => ({ ...cell, source: cell.source.slice(0, LONGEST) });
  return cells.filter((cell) => !cell.ours && isOne(cell)).map(cut);
}

/** Return the text of an answer, by the kernel's own rule (find_answer.py); null where no cell holds it. */
export function answerIn(/** @type {Cell[]} */ cells, /** @type {Wanted} */ wanted) {
  const theirs = cells.filter(({ ours }) => !ours);
  const marked = theirs.filter((cell) => isMarked(cell, wanted));
  const others = theirs.filter((cell) => !marked.includes(cell) && defines(cell.source, wanted.defines[0]));
  const worked = (/** @type {Cell[]} */ some) => some.filter(({ source }) => !isUntouched(source, wanted)).at(-1);
  return (worked(marked) ?? worked(others) ?? marked.at(-1))?.source ?? null;
}

/** Is this text empty, or what the cell began with? */
export function isUntouched(/** @type {string} */ source, /** @type {Wanted} */ { starter }) {
  return !source.trim() || (typeof starter === "string" && plain(source) === plain(starter));
}

function plain(/** @type {string} */ text) {
  const lines = text.trim().split("\n");
  return lines.map((line) => line.trimEnd()).filter(Boolean).join("\n");
}

function isMarked(/** @type {Cell} */ { grade_id: id }, /** @type {Wanted} */ { name }) {
  return id === `${name}-code`;
}

/** Does a text define a name outermost, by its look? */
export function defines(/** @type {string} */ source, /** @type {string} */ name) {
  const pattern = `^(?:(?:async[ \\t]+)?(?:def|class)[ \\t]+${name}\\b|${name}[ \\t]*(?::[^=\\n]*)?=(?!=))`;
  return new RegExp(pattern, "m").test(source.slice(0, LONGEST));
}

/** Write a text into an answer's cell; return whether this page can do that. */
export function fill(/** @type {any} */ context, /** @type {string} */ source, /** @type {Wanted} */ wanted) {
  if (!isNotebook(context)) return false;
  const isIts = (/** @type {any} */ cell) => {
    const about = cell.getMetadata?.("nbgrader") ?? cell.metadata?.get?.("nbgrader");
    return cell.type === "code" && about?.grade_id === `${wanted.name}-code` && about.locked !== true;
  };
  const cell = [...context.model.cells].filter(isIts).at(-1);
  if (typeof cell?.sharedModel?.setSource === "function") cell.sharedModel.setSource(source);
  else if (typeof cell?.value?.text === "string") cell.value.text = source;
  else return false;
  return true;
}

/** Put a lost answer into a new cell in the place of another one; return whether this page can do that. */
export function putBack(
  /** @type {any} */ context,
  /** @type {number} */ place,
  /** @type {string} */ source,
  /** @type {Wanted} */ { name },
) {
  const notebook = context?.model?.sharedModel;
  if (typeof notebook?.insertCell !== "function" || place < 0) return false;
  const nbgrader = { grade: false, grade_id: `${name}-code`, locked: false, schema_version: 3, solution: true, task: false };
  notebook.insertCell(place, { cell_type: "code", source, metadata: { nbgrader } });
  return true;
}

/** Return the place of the cell below which a question is shown, -1 where it is not known. */
export function placeOf(/** @type {any} */ context, /** @type {any} */ outputs) {
  return [...context.model.cells].findIndex((cell) => cell.outputs === outputs);
}
