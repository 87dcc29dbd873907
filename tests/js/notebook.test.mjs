import assert from "node:assert/strict";
import { test } from "node:test";
import { identify, openNotebook, receiptsIn, store, storeOfAll, storeSummary } from "../../attention_course/page/js/notebook.js";
import { MIME, notebook, QUESTION, receipt, receiptOfAll, record } from "./documents.mjs";

test("receipts are found by lesson and question", () => {
  const { context } = notebook([
    { data: {} },
    receipt("scores", 0),
    receipt("scores", 0, "other"),
    receipt("weights", 0),
    receiptOfAll(),
  ]);
  assert.deepEqual(
    receiptsIn(context.model.cells, QUESTION).map(({ index }) => index),
    [1],
  );
});

test("only a notebook that holds the question's own receipt is written to", () => {
  const dummy = () => {
    throw new Error("dummy");
  };
  assert.equal(openNotebook(undefined, QUESTION), null);
  assert.equal(openNotebook({ save: dummy }, QUESTION), null);
  assert.equal(openNotebook(notebook([receipt("weights", 0)]).context, QUESTION), null);
  assert.ok(openNotebook(notebook([receipt("scores", 0)]).context, QUESTION));
});

test("VS Code's dummy document is not taken for a notebook", () => {
  const refuse = () => {
    throw new Error("not implemented");
  };
  const model = { metadata: {}, getMetadata: refuse, setMetadata: refuse, sharedModel: {} };
  for (const context of [{ save: refuse }, { save: refuse, model: null }, { save: refuse, model, sessionContext: {} }])
    assert.equal(openNotebook(context, QUESTION), null);
  const empty = { save: refuse, model: { ...model, cells: [] } }; // whatever its model says, no cell holds the receipt
  assert.equal(openNotebook(empty, QUESTION), null);
});

test("a later record goes into metadata and receipt, an earlier or empty one does not", () => {
  const bundle = { "text/plain": "new", [MIME]: { version: 1 } };
  const { context, outputs, metadata } = notebook([receipt("scores", 0)]);
  const put = (revision) =>
    store(openNotebook(context, QUESTION), QUESTION, { record: record(revision), receipt: bundle });
  put(0);
  assert.equal(metadata.attention_course, undefined);
  put(2);
  assert.equal(metadata.attention_course.answers.scores.revision, 2);
  assert.deepEqual(outputs[0], { output_type: "display_data", metadata: { tag: 1 }, data: bundle });
  outputs[0] = receipt("scores", 2);
  put(1);
  assert.equal(metadata.attention_course.answers.scores.revision, 2);
  assert.equal(outputs[0].data["text/plain"], "old");
});

test("a malformed record of the question is replaced by a real one, whatever its revision", () => {
  for (const malformed of [
    { revision: "9", attempts: 3 },
    { revision: 9, attempts: [5] },
  ]) {
    const whole = { version: 1, lesson: "practice", answers: { scores: malformed, other: record(1) } };
    const { context, metadata } = notebook([receipt("scores", 0)], whole);
    store(openNotebook(context, QUESTION), QUESTION, { record: record(1), receipt: {} });
    assert.deepEqual(metadata.attention_course.answers, { scores: record(1), other: record(1) });
  }
});

test("a receipt of the same answer that says another thing is renewed, an answered one never by an empty one", () => {
  const { context, outputs } = notebook([receipt("scores", 0), receipt("scores", 2)]);
  const bundle = { "text/plain": "Not answered yet" };
  store(openNotebook(context, QUESTION), QUESTION, { record: { revision: 0, attempts: [] }, receipt: bundle });
  assert.equal(outputs[0].data["text/plain"], "Not answered yet");
  assert.equal(outputs[1].data["text/plain"], "old");
});

test("what is there already is not put there again: the notebook stays as clean as it was", () => {
  const { context, outputs } = notebook([receipt("scores", 1)]);
  const before = outputs[0];
  const { data } = structuredClone(before);
  store(openNotebook(context, QUESTION), QUESTION, { record: data[MIME].record, receipt: data });
  assert.equal(outputs[0], before);
});

test("the receipt of the whole lesson and the summary are kept up to date, those of other lessons are not touched", () => {
  const SUMMARY = "application/vnd.attention-course.summary+json";
  const summary = (lesson) => ({ output_type: "display_data", metadata: {}, data: { [SUMMARY]: { lesson } } });
  const { context, outputs } = notebook([
    receiptOfAll(),
    receiptOfAll("other"),
    receipt("scores", 0),
    summary("practice"),
    summary("other"),
  ]);
  const before = [...outputs];
  storeOfAll(context, "practice", { "text/plain": "3 of 10" });
  assert.equal(storeSummary(context, "practice", { "text/plain": "3 right" }), true);
  assert.deepEqual(outputs[0].data, { "text/plain": "3 of 10" });
  assert.deepEqual(outputs[3].data, { "text/plain": "3 right" });
  for (const i of [1, 2, 4]) assert.equal(outputs[i], before[i]);
  outputs[3] = summary("practice");
  assert.equal(storeSummary(context, "practice", summary("practice").data), false, "no news");
});

test("a notebook is given an id once, beside whatever it holds", () => {
  const { context, metadata } = notebook([]);
  identify(context, "practice");
  const { id } = metadata.attention_course;
  assert.match(id, /^[0-9a-f]{24}$/);
  assert.deepEqual(metadata.attention_course, { version: 1, lesson: "practice", answers: {}, id });
  identify(context, "practice");
  identify(context, "practice", "another");
  assert.equal(metadata.attention_course.id, id);
  const other = notebook([], { version: 1, lesson: "practice", answers: { scores: record(1) } });
  identify(other.context, "practice", "given");
  assert.deepEqual(other.metadata.attention_course.answers, { scores: record(1) });
  assert.equal(other.metadata.attention_course.id, "given");
});
