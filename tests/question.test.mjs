/** The page's pure helpers, without a browser: `node --test tests/`. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

// The widget's file is a module by anywidget's rule, not by its name.
const source = await readFile(new URL("../attention_course/page/question.js", import.meta.url), "utf8");
const page = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const {
  fitted,
  placed,
  emptied,
  phaseOf,
  obstacle,
  attemptsLine,
  recordIn,
  withRecord,
  receiptsIn,
  openNotebook,
  store,
  save,
  inLines,
} = page;

const MIME = "application/vnd.attention-course.receipt+json";
const options = ["a", "b", "c"].map((text, i) => ({ letter: "ABC"[i], text, html: text }));
const view = { kind: "blanks", lesson: "practice", name: "scores", options, blank_count: 2, allowed: 3 };
const state = { attempts: 0, left: 3, outcome: "not attempted", done: false, checked_picks: [] };
const record = (revision) => ({ revision, attempts: [{ picks: ["a"], at: "2026-03-01T09:41:00+01:00" }] });

/** A notebook as the page sees it, with one cell that holds the outputs given. */
function notebook(outputs, whole) {
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
const receipt = (question, revision, lesson = "practice") => ({
  output_type: "display_data",
  metadata: { tag: 1 },
  data: { "text/plain": "old", [MIME]: { version: 1, lesson, question, record: { revision, attempts: [] } } },
});

test("picks are fitted to the blanks, and what was never offered is dropped", () => {
  assert.deepEqual(fitted(["b"], view), ["b", ""]);
  assert.deepEqual(fitted(["evil", "c", "a"], view), ["", "c"]);
  assert.deepEqual(fitted(null, view), ["", ""]);
});

test("an option is put into a blank, moved, swapped and taken out", () => {
  assert.deepEqual(placed(["", ""], 1, "a"), ["", "a"]);
  assert.deepEqual(placed(["a", ""], 1, "a"), ["a", "a"], "an option may be used twice");
  assert.deepEqual(placed(["a", ""], 1, "a", 0), ["", "a"], "moved");
  assert.deepEqual(placed(["a", "b"], 1, "a", 0), ["b", "a"], "swapped");
  assert.deepEqual(placed(["a", "b"], 0, "a", 0), ["a", "b"], "put back where it was");
  assert.deepEqual(emptied(["a", "b"], 0), ["", "b"]);
});

test("every phase has its name", () => {
  const wrong = { ...state, attempts: 1, left: 2, outcome: "wrong", checked_picks: ["a", "b"] };
  assert.equal(phaseOf(state, ["", ""], null), "untouched");
  assert.equal(phaseOf(state, ["a", ""], null), "partly");
  assert.equal(phaseOf(state, ["a", "b"], null), "ready");
  assert.equal(phaseOf(state, ["a", "b"], { silent: false }), "checking");
  assert.equal(phaseOf(state, ["a", "b"], { silent: true }), "silent");
  assert.equal(phaseOf(wrong, ["a", "b"], null), "wrong");
  assert.equal(phaseOf(wrong, ["a", "c"], null), "ready");
  assert.equal(phaseOf({ ...wrong, done: true }, ["a", "b"], null), "spent");
  assert.equal(phaseOf({ ...wrong, done: true, outcome: "right" }, ["a", "b"], null), "right");
  assert.equal(phaseOf({ ...wrong, outcome: "recorded" }, ["a", "b"], null), "recorded");
});

test("the second click of a double click does not spend a second attempt", () => {
  assert.match(obstacle("wrong", view), /change your answer first/);
  assert.equal(obstacle("ready", view), "");
  assert.match(obstacle("partly", view), /every blank/);
  assert.match(obstacle("untouched", { ...view, kind: "choice" }), /Pick an option/);
});

test("the attempts left are said in words", () => {
  assert.equal(attemptsLine(state, view), "3 attempts left");
  assert.equal(attemptsLine({ ...state, attempts: 2, left: 1, outcome: "wrong" }, view), "1 attempt left");
  assert.equal(attemptsLine({ ...state, attempts: 3, left: 0, outcome: "wrong" }, view), "no attempts left");
  assert.equal(attemptsLine({ ...state, attempts: 2, left: 1, outcome: "right" }, view), "right at attempt 2 of 3");
});

test("what a right answer gives follows the attempts left, in the kernel's words", () => {
  const worth = "a right answer now gives 75% of the points";
  const wrong = { ...state, attempts: 1, left: 2, outcome: "wrong", worth };
  assert.equal(attemptsLine(wrong, view), `2 attempts left · ${worth}`);
  const spent = { ...wrong, attempts: 3, left: 0, worth: "this answer gives no points" };
  assert.equal(attemptsLine(spent, view), "no attempts left · this answer gives no points");
  const right = { ...wrong, outcome: "right", worth: "this answer gives 100% of the points" };
  assert.equal(attemptsLine(right, view), "right at attempt 1 of 3 · this answer gives 100% of the points");
});

test("each line of code knows its indentation", () => {
  const line = (indent, html) => `<span class="ac-line" style="--indent:${indent}ch">${html}\n</span>`;
  const html = '<span class="k">if</span> x:\n<span class="w">    </span>y\n';
  assert.equal(
    inLines(html),
    line(0, '<span class="k">if</span> x:') + line(4, '<span class="w">    </span>y') + line(0, ""),
  );
});

test("a record is put beside the other questions' records", () => {
  const whole = { version: 1, lesson: "practice", answers: { other: record(4) } };
  const next = withRecord(whole, "practice", "scores", record(1));
  assert.deepEqual(Object.keys(next.answers), ["other", "scores"]);
  assert.deepEqual(Object.keys(whole.answers), ["other"], "what was there is not changed in place");
  assert.deepEqual(recordIn(next, "practice", "scores"), record(1));
});

test("a malformed or foreign whole is replaced, and reads as no record", () => {
  for (const whole of [
    undefined,
    null,
    7,
    "x",
    [],
    {},
    { version: 1, lesson: "practice", answers: [] },
    { version: 1, lesson: "other", answers: {} },
  ]) {
    assert.equal(recordIn(whole, "practice", "scores"), null);
    const expected = { version: 1, lesson: "practice", answers: { scores: record(1) } };
    assert.deepEqual(withRecord(whole, "practice", "scores", record(1)), expected);
  }
  assert.equal(recordIn({ version: 1, lesson: "practice", answers: {} }, "practice", "toString"), null);
});

test("receipts are found by lesson and question", () => {
  const { context } = notebook([
    { data: {} },
    receipt("scores", 0),
    receipt("scores", 0, "other"),
    receipt("weights", 0),
  ]);
  assert.deepEqual(
    receiptsIn(context.model.cells, "practice", "scores").map(({ index }) => index),
    [1],
  );
});

test("only a notebook that holds the question's own receipt is written to", () => {
  assert.equal(openNotebook(undefined, "practice", "scores"), null);
  assert.equal(
    openNotebook(
      {
        save() {
          throw new Error("dummy");
        },
      },
      "practice",
      "scores",
    ),
    null,
  );
  assert.equal(openNotebook(notebook([receipt("weights", 0)]).context, "practice", "scores"), null);
  assert.ok(openNotebook(notebook([receipt("scores", 0)]).context, "practice", "scores"));
});

test("VS Code's dummy document is not taken for a notebook", () => {
  const refuse = () => {
    throw new Error("not implemented");
  };
  const model = { metadata: {}, getMetadata: refuse, setMetadata: refuse, sharedModel: {} };
  for (const context of [{ save: refuse }, { save: refuse, model: null }, { save: refuse, model, sessionContext: {} }])
    assert.equal(openNotebook(context, "practice", "scores"), null);
  const empty = { save: refuse, model: { ...model, cells: [] } }; // whatever its model says, no cell holds the receipt
  assert.equal(openNotebook(empty, "practice", "scores"), null);
});

test("a later record goes into metadata and receipt, an earlier or empty one does not", () => {
  const bundle = { "text/plain": "new", [MIME]: { version: 1 } };
  const { context, outputs, metadata } = notebook([receipt("scores", 0)]);
  const put = (revision) =>
    store(openNotebook(context, "practice", "scores"), view, { record: record(revision), receipt: bundle });
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
  for (const malformed of [{ revision: "9", attempts: 3 }, { revision: 9, attempts: [5] }]) {
    const whole = { version: 1, lesson: "practice", answers: { scores: malformed, other: record(1) } };
    const { context, metadata } = notebook([receipt("scores", 0)], whole);
    store(openNotebook(context, "practice", "scores"), view, { record: record(1), receipt: {} });
    assert.deepEqual(metadata.attention_course.answers, { scores: record(1), other: record(1) });
  }
});

test("saves never overlap, those that wait are made one, and a failed one does not stop the next", async () => {
  const finish = [];
  let running = 0;
  let most = 0;
  const context = {
    save: () => {
      most = Math.max(most, ++running);
      return new Promise((resolve, reject) => finish.push({ resolve, reject })).finally(() => running--);
    },
  };
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  const first = save(context);
  await turn();
  const [second, third] = [save(context), save(context)];
  await turn();
  assert.equal(finish.length, 1);
  finish[0].reject(new Error("File Changed"));
  await assert.rejects(first);
  await turn();
  assert.equal(finish.length, 2, "the second and third are one save");
  finish[1].resolve();
  await Promise.all([second, third]);
  assert.equal(most, 1);
  const other = await import(`data:text/javascript,${encodeURIComponent(`${source}\n// a second widget's copy`)}`);
  other.save(context);
  context.save(); // as Ctrl+S does
  await turn();
  assert.equal(finish.length, 3, "another widget's copy of this module, and the notebook's own commands, share the queue");
});
