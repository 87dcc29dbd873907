/** JupyterLab 3: its notebooks keep metadata and cells in lists of their own, all else is as in JupyterLab 4. */
import { sharedFor } from "./shared.js";

/** Return a JupyterLab 3 context in the form of JupyterLab 4's, the same for each widget; null where it is none. */
export function lab3Notebook(/** @type {any} */ context) {
  const metadata = context?.model?.metadata;
  const isOne = typeof metadata?.set === "function" && typeof context.model.cells?.get === "function";
  return isOne ? sharedFor("lab3", context, () => adaptedContext(context)) : null;
}

function adaptedContext(/** @type {any} */ context) {
  const { metadata, cells } = context.model;
  const model = {
    getMetadata: (/** @type {string} */ key) => metadata.get(key),
    setMetadata: (/** @type {string} */ key, /** @type {any} */ value) => metadata.set(key, value),
    get cells() {
      return Array.from({ length: cells.length }, (_, i) => cells.get(i));
    },
    get dirty() {
      return context.model.dirty;
    },
  };
  return {
    model,
    pathChanged: context.pathChanged,
    get path() {
      return context.path;
    },
    get save() {
      return context.save.bind(context);
    },
    set save(save) {
      context.save = save; // so that the notebook's own commands save in turn, too
    },
  };
}
