/**
 * The classic Notebook (6.5 and before, and nbclassic) in the form of JupyterLab 4's context.
 *
 * It is frozen, so what is reached into here stays as it is: `output_area.outputs`, its `_display_id_targets` and
 * `update_display_data` (static/notebook/js/outputarea.js).
 */
import { sharedFor } from "./shared.js";

/** Return the classic Notebook in the form of JupyterLab 4's context, the same for each widget; null where it is none. */
export function classicNotebook(/** @type {any} */ notebook) {
  const isOne = typeof notebook?.get_cells === "function" && typeof notebook.save_notebook === "function";
  return isOne ? sharedFor("classic", notebook, () => adaptedNotebook(notebook)) : null;
}

function adaptedNotebook(/** @type {any} */ notebook) {
  const RENAMED = "notebook_renamed.Notebook";
  return {
    model: adaptedModel(notebook),
    pathChanged: {
      connect: (/** @type {() => void} */ slot) => notebook.events.on(RENAMED, slot),
      disconnect: (/** @type {() => void} */ slot) => notebook.events.off(RENAMED, slot),
    },
    get path() {
      return notebook.notebook_path;
    },
    get save() {
      return notebook.save_notebook.bind(notebook);
    },
    set save(save) {
      Object.getPrototypeOf(notebook).save_notebook = save; // so that the menu and autosave save in turn, too
    },
  };
}

function adaptedModel(/** @type {any} */ notebook) {
  return {
    getMetadata: (/** @type {string} */ key) => notebook.metadata[key],
    setMetadata: (/** @type {string} */ key, /** @type {any} */ value) => {
      notebook.metadata[key] = value;
      notebook.set_dirty(true);
    },
    get cells() {
      return notebook.get_cells().map(adaptedCell);
    },
    get dirty() {
      return notebook.dirty;
    },
  };
}

function adaptedCell(/** @type {any} */ cell) {
  return {
    type: cell.cell_type,
    outputs: cell.output_area && adaptedOutputs(cell.output_area),
    sharedModel: { getSource: () => cell.get_text(), setSource: (/** @type {string} */ text) => cell.set_text(text) },
    getMetadata: (/** @type {string} */ key) => cell.metadata?.[key],
  };
}

function adaptedOutputs(/** @type {any} */ area) {
  return {
    length: area.outputs.length,
    get: (/** @type {number} */ i) => ({ data: area.outputs[i].data, toJSON: () => area.outputs[i] }),
    set: (/** @type {number} */ i, /** @type {any} */ output) => rewriteOutput(area, i, output),
  };
}

/** Put other data into an output, and show them. */
function rewriteOutput(/** @type {any} */ area, /** @type {number} */ index, /** @type {any} */ { data, metadata }) {
  const { transient = { display_id: `attention-course-${index}` } } = area.outputs[index];
  const element = area.element.children(".output_area").eq(index); // of a notebook that was loaded
  area._display_id_targets[transient.display_id] ??= [{ index, element }];
  area.update_display_data({ output_type: "display_data", data, metadata, transient });
}
