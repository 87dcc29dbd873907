/** A lesson's summary on the page: it follows the kernel, and its entries lead to their questions. */
import { contextOf } from "./documents.js";
import { paint } from "./dom.js";
import { onSaveKeys } from "./keyboard.js";
import { isNotebook, storeSummary } from "./notebook.js";
import { questionNamed } from "./registry.js";
import { afterSaves, save } from "./saves.js";

const UNSAVED_SUMMARY = "The notebook could not be saved.";

export class SummaryPage {
  constructor(model, /** @type {HTMLElement} */ el) {
    this.model = model;
    this.el = el;
    this.root = document.createElement("section");
    this.root.className = "attention-question attention-summary";
    this.root.setAttribute("aria-label", "Your result");
    this.root.innerHTML = '<div data-part="said"></div><p class="ac-lost" role="status"></p>';
    [this.said, this.lost] = /** @type {HTMLElement[]} */ ([...this.root.children]);
    const context = contextOf(model.widget_manager);
    this.notebook = isNotebook(context) ? context : null;
    this.changed = () => this.draw();
    this.told = (/** @type {any} */ message) => message?.kind === "begun" && this.begun();
    this.wasSaved = false;
  }

  show() {
    this.model.on("change:html", this.changed);
    this.model.on("msg:custom", this.told);
    this.root.addEventListener("click", (event) => this.clicked(/** @type {Element} */ (event.target)));
    onSaveKeys(this.root, () => this.saveByHand());
    this.el.append(this.root);
    this.ended = this.notebook && afterSaves(this.notebook, () => this.saved());
    this.draw();
    this.look();
  }

  remove() {
    this.ended?.();
    this.model.off("change:html", this.changed);
    this.model.off("msg:custom", this.told);
    this.root.remove();
  }

  saved() {
    this.wasSaved = true;
    this.look();
  }

  /** Have the kernel look whether the notebook holds every answer. */
  look() {
    try {
      this.model.send({ kind: "look" });
    } catch {
      // The kernel is gone: what was said last stays.
    }
  }

  draw() {
    const focused = /** @type {HTMLElement|null} */ (this.root.contains(document.activeElement) ? document.activeElement : null);
    const isOpen = this.said.querySelector("details")?.open;
    paint(this.said, this.model.get("html"));
    if (isOpen) this.said.querySelector("details")?.setAttribute("open", "");
    if (focused?.dataset.question) this.button(focused.dataset.question)?.focus({ preventScroll: true });
    this.keep();
  }

  /** Put it into the notebook; where a save has brought a change, that is saved, too. */
  keep() {
    if (!this.notebook) return;
    const isNew = storeSummary(this.notebook, this.model.get("lesson"), this.model.get("saved_bundle"));
    if (isNew && this.wasSaved) save(this.notebook).catch(() => {}); // the question that was answered has said so
    this.wasSaved = false;
  }

  button(/** @type {string} */ question) {
    return /** @type {HTMLElement|null} */ (this.said.querySelector(`[data-question="${CSS.escape(question)}"]`));
  }

  /** Other questions are asked now, in the same cells: keep what was answered before, and lead to the first of them. */
  begun() {
    if (this.notebook) save(this.notebook).catch(() => (this.lost.textContent = UNSAVED_SUMMARY));
    /** @type {HTMLElement|null} */ (this.said.querySelector("[data-question]"))?.click();
    this.lost.textContent = "Another form has begun: the questions above are new.";
  }

  clicked(/** @type {Element} */ target) {
    if (target.closest("[data-sit]")) return this.model.send({ kind: "sit" });
    const { question } = /** @type {HTMLElement} */ (target.closest("[data-question]"))?.dataset ?? {};
    if (question === undefined) return;
    const page = questionNamed(this.model.get("lesson"), question, this.model.widget_manager);
    page?.lead();
    this.lost.textContent = page ? "" : `${target.textContent} is not on this page: run its cell, or scroll up to it.`;
  }

  saveByHand() {
    if (!this.notebook) return false;
    save(this.notebook).catch(() => (this.lost.textContent = UNSAVED_SUMMARY));
    return true;
  }
}
