/** Keeps what was judged in the notebook that the question stands in, and greets the kernel with what is kept there. */
import { isNotebook, openNotebook, recordOf, store } from "./notebook.js";
import { save, takeTurns } from "./saves.js";
import { Timers } from "./timers.js";

/** @typedef {import("./question_page.js").QuestionPage} QuestionPage */

const WAITS = [20, 80, 200, 500, 1000, 2000]; // the receipt is shown after the widget: when to look for it
const UNSAVED = "Your answer is recorded in the notebook but could not be saved: save it yourself (Ctrl+S).";
const UNREACHED = "Your answer was judged but could not be put into the notebook: run this cell again.";
const FAILED = "The notebook could not be saved.";

export class Keeper {
  greeted = false;
  timers = new Timers();
  renamed = () => {
    this.greeted = false; // the kernel knows the notebook by its old name
    this.greet();
  };

  constructor(/** @type {QuestionPage} */ page) {
    this.page = page;
  }

  start() {
    this.greet();
    this.context?.pathChanged?.connect?.(this.renamed);
  }

  stop() {
    this.context?.pathChanged?.disconnect?.(this.renamed);
    this.timers.stop();
  }

  get context() {
    return this.page.model.widget_manager?.context;
  }

  get notebook() {
    return openNotebook(this.context, this.page.view);
  }

  /** Tell the kernel that this page is there, and what its notebook knows, once its receipt has come. */
  greet(tries = 0) {
    if (this.greeted) return;
    const { notebook, page } = this;
    if (!notebook && isNotebook(this.context) && tries < WAITS.length)
      return this.timers.later(() => this.greet(tries + 1), WAITS[tries]);
    this.greeted = true;
    page.kernel.hello(notebook && recordOf(notebook, page.view), (notebook && this.context.path) ?? null);
    if (!notebook) return;
    takeTurns(notebook.context);
    store(notebook, page.view, page.state);
  }

  /** Put what the kernel knows by now into the notebook. */
  update() {
    const { notebook, page } = this;
    if (notebook && this.greeted) store(notebook, page.view, page.state);
  }

  /** Put the record into the notebook and save it: done by the tab in which Check was pressed. */
  keep() {
    const { notebook, page } = this;
    if (!notebook) return isNotebook(this.context) ? page.tell(UNREACHED) : undefined;
    store(notebook, page.view, page.state);
    save(notebook.context).catch(() => page.tell(UNSAVED));
  }

  /** Keep it once more where the kernel has renewed the receipt in the meantime. */
  keepChanges() {
    if (this.context?.model?.dirty) this.keep();
  }

  /** Save because the student asks for it; false where this page cannot. */
  saveByHand() {
    const { notebook, page } = this;
    if (!notebook) return false;
    save(notebook.context).catch(() => page.tell(FAILED));
    return true;
  }
}
