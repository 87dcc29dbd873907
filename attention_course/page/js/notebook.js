/** The notebook document that a question stands in, where the page lets us reach it, and what is put into it. */
import { same } from "./phase.js";
import { idIn, isLater, METADATA_KEY, newId, recordIn, withId, withRecord } from "./record.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{lesson: string, name: string}} Named  A question, by its lesson and its own name. */
/** @typedef {{outputs: any, index: number, carried: any}} Output  Where an output stands, and what it carries for us. */
/** @typedef {{context: any, receipts: Output[], whole: any}} Notebook  `whole` is our part of its metadata. */

const RECEIPT_MIME = "application/vnd.attention-course.receipt+json";
const SUMMARY_MIME = "application/vnd.attention-course.summary+json";

/** Return where outputs stand in these cells that carry something for us under a MIME type. */
function outputsIn(
  /** @type {Iterable<any>} */ cells,
  /** @type {string} */ mime,
  /** @type {(carried: any) => boolean} */ isMeant,
) {
  const found = [];
  for (const { outputs } of cells) {
    for (let index = 0; index < (outputs?.length ?? 0); index++) {
      const carried = outputs.get(index)?.data?.[mime];
      if (carried && isMeant(carried)) found.push({ outputs, index, carried });
    }
  }
  return /** @type {Output[]} */ (found);
}

/** Return where a question's receipts stand among the outputs of these cells. */
export function receiptsIn(/** @type {Iterable<any>} */ cells, /** @type {Named} */ { lesson, name }) {
  return outputsIn(cells, RECEIPT_MIME, (carried) => carried.lesson === lesson && carried.question === name);
}

/** Is this the context of a notebook? VS Code offers a dummy. */
export function isNotebook(/** @type {any} */ context) {
  const model = context?.model;
  const methods = [model?.getMetadata, model?.setMetadata, model?.cells?.[Symbol.iterator], context?.save];
  return methods.every((method) => typeof method === "function");
}

/** Return the notebook this page stands in: null where none is reachable that holds the question's own receipt. */
export function openNotebook(/** @type {any} */ context, /** @type {Named} */ question) {
  if (!isNotebook(context)) return null;
  const receipts = receiptsIn(context.model.cells, question);
  if (receipts.length === 0) return null;
  return /** @type {Notebook} */ ({ context, receipts, whole: context.model.getMetadata(METADATA_KEY) });
}

/** Return a question's record in a notebook's metadata, null where there is none. */
export function recordOf(/** @type {Notebook} */ { whole }, /** @type {Named} */ { lesson, name }) {
  return recordIn(whole, lesson, name);
}

/** Put a record into the notebook's metadata where it is later than what is there, and into receipts that differ. */
export function store(
  /** @type {Notebook} */ notebook,
  /** @type {Named} */ { lesson, name },
  /** @type {Pick<State, "record"|"receipt">} */ { record, receipt },
) {
  const { model } = notebook.context;
  if (isLater(record, recordIn(notebook.whole, lesson, name)))
    model.setMetadata(METADATA_KEY, withRecord(notebook.whole, lesson, name, record));
  for (const output of notebook.receipts)
    if (same(record, output.carried.record) || isLater(record, output.carried.record)) rewrite(output, receipt);
}

/** Put the receipt of the whole lesson, which stands below its setup cell, into the notebook. */
export function storeOfAll(/** @type {any} */ context, /** @type {string} */ lesson, /** @type {object} */ bundle) {
  const isOfAll = (/** @type {any} */ carried) => carried.lesson === lesson && carried.question === undefined;
  for (const output of outputsIn(context.model.cells, RECEIPT_MIME, isOfAll)) rewrite(output, bundle);
}

/** Put a lesson's summary into the notebook, for whoever opens it without a kernel; return whether that is news. */
export function storeSummary(/** @type {any} */ context, /** @type {string} */ lesson, /** @type {object} */ bundle) {
  const isSummary = (/** @type {any} */ carried) => carried.lesson === lesson;
  return outputsIn(context.model.cells, SUMMARY_MIME, isSummary).some((output) => rewrite(output, bundle));
}

function rewrite(/** @type {Output} */ { outputs, index }, /** @type {object} */ data) {
  const { data: known, ...output } = outputs.get(index).toJSON();
  const isNews = !same(known, data);
  if (isNews) outputs.set(index, { ...output, data });
  return isNews;
}

/** Give the notebook an id, by which it is told from others; one that it has stays. */
export function identify(/** @type {any} */ { model }, /** @type {string} */ lesson, id = newId()) {
  const whole = model.getMetadata(METADATA_KEY);
  if (idIn(whole) === null) model.setMetadata(METADATA_KEY, withId(whole, lesson, id));
}
