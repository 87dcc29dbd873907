/** JupyterLab 3 and the classic Notebook, in the form in which the page knows JupyterLab 4. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { classicNotebook } from "../../attention_course/page/js/classic.js";
import { contextOf } from "../../attention_course/page/js/documents.js";
import { lab3Notebook } from "../../attention_course/page/js/lab3.js";
import { isNotebook, openNotebook, store } from "../../attention_course/page/js/notebook.js";
import { save } from "../../attention_course/page/js/saves.js";
import { MIME, notebook, QUESTION, receipt, record } from "./documents.mjs";

const KEPT = { "text/plain": "Recorded", [MIME]: { version: 1 } };

/** A stand-in of the classic Notebook's own object, with what its output area was told to show. */
function classic() {
  const shown = [];
  const area = {
    outputs: [{ output_type: "stream" }, receipt("scores", 0)].map((output) => ({ data: {}, ...output })),
    _display_id_targets: {},
    element: { children: () => ({ eq: (index) => `element ${index}` }) },
    update_display_data: ({ data, transient }) => {
      for (const { index, element } of area._display_id_targets[transient.display_id]) {
        area.outputs[index].data = data;
        shown.push(element);
      }
    },
  };
  const saves = [];
  const listeners = {};
  class Notebook {
    notebook_path = "course/practice.ipynb";
    metadata = {};
    dirty = false;
    events = { on: (name, slot) => (listeners[name] = slot), off: (name) => delete listeners[name] };
    set_dirty(value) {
      this.dirty = value;
    }
    get_cells() {
      return [{ cell_type: "markdown" }, { output_area: area }];
    }
    async save_notebook() {
      saves.push(this.notebook_path);
    }
  }
  const whole = Object.seal(new Notebook()); // as Notebook 6.5 seals its own
  return { whole, area, shown, saves, listeners };
}

test("the classic Notebook is a notebook like any other", async () => {
  const { whole, area, shown, saves, listeners } = classic();
  const context = classicNotebook(whole);
  assert.equal(classicNotebook(whole), context, "the same for each widget, so that saves take turns");
  assert.equal(context.path, "course/practice.ipynb");
  store(openNotebook(context, QUESTION), QUESTION, { record: record(1), receipt: KEPT });
  assert.deepEqual(whole.metadata.attention_course.answers, { scores: record(1) });
  assert.equal(context.model.dirty, true);
  assert.deepEqual(area.outputs[1].data, KEPT);
  assert.deepEqual(shown, ["element 1"], "what is seen is renewed, too");
  await save(context);
  assert.deepEqual(saves, ["course/practice.ipynb"]);
  await whole.save_notebook(true); // as its menu and autosave do
  assert.equal(saves.length, 2);
  const renamed = () => {};
  context.pathChanged.connect(renamed);
  assert.equal(listeners["notebook_renamed.Notebook"], renamed);
  context.pathChanged.disconnect(renamed);
  assert.deepEqual(listeners, {});
});

test("in the classic Notebook a receipt that the kernel shows by its own id keeps that", () => {
  const { whole, area, shown } = classic();
  area.outputs[1].transient = { display_id: "kernel's" };
  area._display_id_targets["kernel's"] = [{ index: 1, element: "as the kernel showed it" }];
  const context = classicNotebook(whole);
  store(openNotebook(context, QUESTION), QUESTION, { record: record(1), receipt: KEPT });
  assert.deepEqual(shown, ["as the kernel showed it"]);
});

/** A JupyterLab 3 context: its metadata and cells are lists of its own. */
function lab3() {
  const { context: lab4, outputs, metadata } = notebook([receipt("scores", 0)]);
  const cells = [...lab4.model.cells];
  const saves = [];
  const context = {
    path: "practice.ipynb",
    pathChanged: { connect: () => {} },
    model: {
      dirty: true,
      metadata: { get: (key) => metadata[key], set: (key, value) => (metadata[key] = value) },
      cells: { length: cells.length, get: (i) => cells[i] },
    },
    save: async function () {
      saves.push(this.path);
    },
  };
  return { context, outputs, metadata, saves };
}

test("JupyterLab 3's notebook is a notebook like any other", async () => {
  const { context, outputs, metadata, saves } = lab3();
  const adapted = lab3Notebook(context);
  assert.equal(lab3Notebook(context), adapted);
  assert.equal(adapted.path, "practice.ipynb");
  assert.equal(adapted.model.dirty, true);
  assert.equal(adapted.pathChanged, context.pathChanged);
  store(openNotebook(adapted, QUESTION), QUESTION, { record: record(1), receipt: KEPT });
  assert.deepEqual(metadata.attention_course.answers, { scores: record(1) });
  assert.deepEqual(outputs[0].data, KEPT);
  await save(adapted);
  await context.save(); // as Ctrl+S does
  assert.deepEqual(saves, ["practice.ipynb", "practice.ipynb"]);
});

test("each front end's notebook is found, and a dummy is none", () => {
  const lab4 = notebook([receipt("scores", 0)]).context;
  assert.equal(contextOf({ context: lab4 }), lab4);
  assert.ok(isNotebook(contextOf({ context: lab3().context })));
  const dummy = { save: () => {}, model: { metadata: {}, sharedModel: {} } };
  assert.equal(contextOf({ context: dummy }), dummy);
  assert.equal(isNotebook(contextOf({ context: dummy })), false);
  assert.equal(isNotebook(contextOf(undefined)), false);
  globalThis.Jupyter = { notebook: classic().whole };
  assert.ok(isNotebook(contextOf({})));
  delete globalThis.Jupyter;
});
