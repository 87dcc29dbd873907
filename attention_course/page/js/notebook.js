/** The notebook document that a question stands in, where the page lets us reach it, and what is put into it. */
import { recordIn, revisionOf, withRecord } from "./record.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{lesson: string, name: string}} Named  A question, by its lesson and its own name. */
/** @typedef {{outputs: any, index: number, record: any}} Receipt  Where a receipt stands, and the record it carries. */
/** @typedef {{context: any, receipts: Receipt[], whole: any}} Notebook  `whole` is our part of its metadata. */

const METADATA_KEY = "attention_course";
const RECEIPT_MIME = "application/vnd.attention-course.receipt+json";

/** Return where a question's receipts stand among the outputs of these cells. */
export function receiptsIn(/** @type {Iterable<any>} */ cells, /** @type {Named} */ { lesson, name }) {
  const found = [];
  for (const { outputs } of cells) {
    for (let index = 0; index < (outputs?.length ?? 0); index++) {
      const carried = outputs.get(index)?.data?.[RECEIPT_MIME];
      if (carried?.lesson === lesson && carried.question === name)
        found.push({ outputs, index, record: carried.record });
    }
  }
  return found;
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

/** Put a record into the notebook's metadata and receipts where it is later than theirs. */
export function store(
  /** @type {Notebook} */ notebook,
  /** @type {Named} */ { lesson, name },
  /** @type {Pick<State, "record"|"receipt">} */ { record, receipt },
) {
  const isLater = (/** @type {any} */ known) => record.revision > Math.max(0, revisionOf(known));
  if (isLater(recordIn(notebook.whole, lesson, name)))
    notebook.context.model.setMetadata(METADATA_KEY, withRecord(notebook.whole, lesson, name, record));
  for (const { outputs, index, record: known } of notebook.receipts)
    if (isLater(known)) outputs.set(index, { ...outputs.get(index).toJSON(), data: receipt });
}
