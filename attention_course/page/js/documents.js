/** The document around a widget, whatever front end it is: each is brought into the form of JupyterLab 4's context. */
import { classicNotebook } from "./classic.js";
import { lab3Notebook } from "./lab3.js";
import { isNotebook } from "./notebook.js";

/** Return the context of the notebook around a widget, in JupyterLab 4's form; anything else where none is reachable. */
export function contextOf(/** @type {any} */ manager) {
  const context = manager?.context;
  if (isNotebook(context)) return context;
  return lab3Notebook(context) ?? classicNotebook(globalThis.Jupyter?.notebook) ?? context;
}
