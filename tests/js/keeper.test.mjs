/** Whose answers the page shows and keeps: its own notebook's, and no other's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Keeper } from "../../attention_course/page/js/keeper.js";
import { zoneMinutes } from "../../attention_course/page/js/zone.js";
import { MIME, notebook, QUESTION, receipt, record } from "./documents.mjs";

/** What the kernel knows after so many attempts. */
function state(revision) {
  const known = revision ? record(revision) : { revision: 0, attempts: [] };
  const carried = { version: 1, lesson: "practice", question: "scores", record: known };
  return { record: known, receipt: { "text/plain": `revision ${revision}`, [MIME]: carried } };
}

/** A question's page: its notebook's metadata, the kernel's document and state, and what was said to the kernel. */
function shown({ whole, document = null, revision = 0, save = async () => {} }) {
  const { context, metadata } = notebook([receipt("scores", 0)], whole);
  context.save = save;
  const said = [];
  const values = { document };
  const page = {
    view: QUESTION,
    model: { get: (name) => values[name], widget_manager: { context } },
    state: state(revision),
    kernel: { hello: (about) => said.push(["hello", about]), stored: (id) => said.push(["stored", id]) },
    tell: (sentence) => said.push(["told", sentence]),
  };
  const keeper = new Keeper(page);
  const kernelTurnsTo = (id) => {
    values.document = id;
    keeper.documentChanged();
  };
  return { keeper, page, metadata, said, kernelTurnsTo };
}

const held = (id, revision = 1) => ({ version: 1, lesson: "practice", id, answers: { scores: record(revision) } });
const turn = () => new Promise((resolve) => setTimeout(resolve));

test("the kernel is told what the page's notebook holds, where it lies and under which id it is saved", () => {
  const { keeper, said } = shown({ whole: held("0d3f"), document: "0d3f" });
  keeper.start();
  const about = { notebook: true, document: "0d3f", record: record(1), path: "practice.ipynb", zone: zoneMinutes() };
  assert.deepEqual(said, [["hello", about]]);
  assert.equal(keeper.ours, true);
});

test("a fresh copy under a live kernel takes none of the answers that the kernel still has", () => {
  const { keeper, page, metadata, kernelTurnsTo } = shown({ document: "0d3f", revision: 2 });
  assert.equal(keeper.ours, false);
  keeper.start();
  assert.equal(metadata.attention_course, undefined, "nothing is stored before the kernel has answered");
  page.state = state(0);
  kernelTurnsTo(null);
  assert.equal(keeper.ours, true);
  page.state = state(1);
  keeper.update();
  assert.deepEqual(metadata.attention_course.answers, { scores: record(1) });
});

test("the first save gives the notebook its id, and the kernel hears of it only once it is on disk", async () => {
  const { keeper, metadata, said, kernelTurnsTo } = shown({ revision: 1 });
  keeper.start();
  keeper.keep();
  const { id } = metadata.attention_course;
  assert.equal(keeper.about.document, null);
  assert.deepEqual(said.length, 1, "nothing but the greeting");
  await turn();
  assert.deepEqual(said.at(-1), ["stored", id]);
  assert.equal(keeper.about.document, id);
  assert.equal(keeper.ours, true, "also before the kernel has answered");
  kernelTurnsTo(id);
  assert.equal(keeper.ours, true);
});

test("of an answer whose save failed the kernel is told no id, so that it keeps it", async () => {
  const save = () => Promise.reject(new Error("disk full"));
  const { keeper, said } = shown({ revision: 1, save });
  keeper.start();
  keeper.keep();
  await turn();
  assert.match(said.at(-1)[1], /could not be saved: save it yourself/);
  assert.equal(keeper.about.document, null);
  assert.ok(!said.some(([what]) => what === "stored"));
});

test("a tab that was loaded before the first save learns the id from the tab that saved", () => {
  const { keeper, metadata, kernelTurnsTo } = shown({ revision: 1 });
  keeper.start();
  keeper.stored("0d3f");
  kernelTurnsTo("0d3f");
  assert.equal(keeper.ours, true);
  assert.equal(metadata.attention_course.id, "0d3f");
  assert.equal(keeper.about.document, "0d3f");
});

test("where another notebook has taken over the kernel, nothing of its answers is stored here", () => {
  const { keeper, page, metadata, kernelTurnsTo } = shown({ whole: held("mine"), document: "mine", revision: 1 });
  keeper.start();
  kernelTurnsTo("another");
  page.state = state(5);
  keeper.update();
  keeper.stored("another");
  assert.equal(keeper.ours, false);
  assert.deepEqual(metadata.attention_course, held("mine"));
  assert.equal(keeper.about.document, "mine", "which the next Check tells the kernel");
});

test("where no notebook is reached, the kernel's answers are shown, and the kernel is told so", () => {
  const page = { view: QUESTION, model: { get: () => "0d3f" }, kernel: {} };
  const keeper = new Keeper(page);
  assert.equal(keeper.ours, true);
  assert.deepEqual(keeper.about, { notebook: false, document: null, record: null, path: null, zone: zoneMinutes() });
});
