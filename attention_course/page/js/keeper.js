/** Keeps what was judged in the notebook that the question stands in, and greets the kernel with what is kept there. */
import { contextOf } from "./documents.js";
import { identify, isNotebook, openNotebook, recordOf, store, storeOfAll } from "./notebook.js";
import { save, savedId, takeTurns } from "./saves.js";
import { Timers } from "./timers.js";
import { zoneMinutes } from "./zone.js";

/** @typedef {import("./question_page.js").QuestionPage} QuestionPage */

const WAITS = [20, 80, 200, 500, 1000, 2000]; // the receipt is shown after the widget: when to look for it
const UNSAVED = "Your answer is recorded in the notebook but could not be saved: save it yourself (Ctrl+S).";
const UNREACHED = "Your answer was judged but could not be put into the notebook: run this cell again.";
const FAILED = "The notebook could not be saved.";

/**
 * A kernel's answers may belong to another notebook than the page's: to a copy that lay in its place before, say. So
 * the page tells the kernel the id under which its notebook is saved (null before the first save), and what the kernel
 * says is `ours` once it names the same id.
 */
export class Keeper {
  greeted = false;
  timers = new Timers();
  renamed = () => {
    this.greeted = false; // the kernel knows the notebook by its old name
    this.greet();
  };

  constructor(/** @type {QuestionPage} */ page) {
    this.page = page;
    this.context = contextOf(page.model.widget_manager);
    this.ours = this.kernelMeansUs();
  }

  start() {
    this.greet();
    this.context?.pathChanged?.connect?.(this.renamed);
  }

  stop() {
    this.context?.pathChanged?.disconnect?.(this.renamed);
    this.timers.stop();
  }

  get notebook() {
    return openNotebook(this.context, this.page.view);
  }

  kernelMeansUs() {
    return !isNotebook(this.context) || (this.page.model.get("document") ?? null) === savedId(this.context);
  }

  /** What the kernel is told of this page. */
  get about() {
    const { notebook, context, page } = this;
    const zone = zoneMinutes();
    if (!notebook) return { notebook: false, document: null, record: null, path: null, zone };
    const path = context.localPath ?? context.path ?? null;
    return { notebook: true, document: savedId(context), record: recordOf(notebook, page.view), path, zone };
  }

  /** Tell the kernel that this page is there, and what its notebook knows, once its receipt has come. */
  greet(tries = 0) {
    if (this.greeted) return;
    const { notebook, page } = this;
    if (!notebook && isNotebook(this.context) && tries < WAITS.length)
      return this.timers.later(() => this.greet(tries + 1), WAITS[tries]);
    this.greeted = true;
    page.kernel.hello(this.about);
    this.update();
  }

  /** Put what the kernel knows by now into the notebook. */
  update() {
    const { notebook, page } = this;
    if (notebook && this.greeted && this.ours) store(notebook, page.view, page.state);
  }

  /** The kernel says to which notebook its answers belong from now on. */
  documentChanged() {
    this.ours = this.kernelMeansUs();
    this.update();
  }

  /** Another tab has saved this notebook, and its answers, for the first time. */
  stored(/** @type {string} */ document) {
    const { notebook, page } = this;
    if (!notebook || !this.ours || savedId(this.context) !== null) return;
    identify(this.context, page.view.lesson, document);
    takeTurns(this.context).id = document;
  }

  /** Put the record into the notebook and save it: done by the tab in which Check was pressed. */
  keep(/** @type {object|undefined} */ receiptOfAll) {
    const { notebook, page } = this;
    if (!notebook) return isNotebook(this.context) ? page.tell(UNREACHED) : undefined;
    store(notebook, page.view, page.state);
    if (receiptOfAll) storeOfAll(this.context, page.view.lesson, receiptOfAll);
    identify(this.context, page.view.lesson);
    save(this.context).then(
      () => this.saved(),
      () => page.tell(UNSAVED),
    );
  }

  saved() {
    const document = savedId(this.context);
    if (document !== (this.page.model.get("document") ?? null)) this.page.kernel.stored(document);
  }

  /** Keep it once more where the kernel has renewed the receipt in the meantime. */
  keepChanges() {
    if (this.context?.model?.dirty) this.keep();
  }

  /** Save because the student asks for it; false where this page cannot. */
  saveByHand() {
    const { notebook, page } = this;
    if (!notebook) return false;
    save(this.context).catch(() => page.tell(FAILED));
    return true;
  }
}
