/** Notebooks as the page sees them, for the tests. */

export const MIME = "application/vnd.attention-course.receipt+json";
export const QUESTION = { lesson: "practice", name: "scores" };

export function record(revision) {
  return { revision, attempts: [{ picks: ["a"], at: "2026-03-01T09:41:00+01:00" }] };
}

/** An output that is the receipt of a question. */
export function receipt(question, revision, lesson = "practice") {
  return {
    output_type: "display_data",
    metadata: { tag: 1 },
    data: { "text/plain": "old", [MIME]: { version: 1, lesson, question, record: { revision, attempts: [] } } },
  };
}

/** The receipt of a whole lesson. */
export function receiptOfAll(lesson = "practice") {
  return { output_type: "display_data", metadata: {}, data: { [MIME]: { version: 1, lesson, answers: {} } } };
}

/** A notebook with one cell that holds the outputs given, and `whole` as our part of its metadata. */
export function notebook(outputs, whole) {
  const list = {
    length: outputs.length,
    get: (i) => ({ data: outputs[i].data, toJSON: () => outputs[i] }),
    set: (i, output) => (outputs[i] = output),
  };
  const metadata = { attention_course: whole };
  const model = {
    cells: [{ type: "markdown" }, { outputs: list }],
    getMetadata: (key) => metadata[key],
    setMetadata: (key, value) => (metadata[key] = value),
  };
  return { outputs, metadata, context: { model, path: "practice.ipynb", save: async () => {} } };
}
