/** What is due today, on the page: a summary whose entries lead to the cards, and files that the kernel makes. */
import { orderCards } from "../page/js/registry.js";
import { SummaryPage } from "../page/js/summary_page.js";
import { zoneMinutes } from "../page/js/zone.js";

const NO_KERNEL = "The kernel does not answer: run all cells, then try again.";
const FILE_PATIENCE = 10000; // milliseconds: the first picture may have to wait for torch

/** Return a file as the address of a link that holds all of it. */
export function dataAddress(/** @type {string} */ type, /** @type {string} */ text) {
  return `data:${type};charset=utf-8,${encodeURIComponent(text)}`;
}

export class TodayPage extends SummaryPage {
  asked = 0; // files that were asked for

  constructor(model, /** @type {HTMLElement} */ el) {
    super(model, el);
    this.root.setAttribute("aria-label", "Today");
    this.received = (/** @type {any} */ message) => this.receive(message);
  }

  show() {
    this.model.on("msg:custom", this.received);
    super.show();
  }

  remove() {
    clearTimeout(this.timer);
    this.model.off("msg:custom", this.received);
    super.remove();
  }

  look() {
    this.send({ kind: "look", zone: zoneMinutes() });
  }

  draw() {
    super.draw();
    orderCards(this.model.get("lesson"), this.model.get("due") ?? []);
  }

  saved() {} // what is saved changes no day

  keep() {} // of days that pass the notebook keeps nothing

  clicked(/** @type {Element} */ target) {
    const { file } = /** @type {HTMLElement} */ (target.closest("[data-file]"))?.dataset ?? {};
    if (file === undefined) return super.clicked(target);
    this.lost.textContent = "Making the file…";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.lost.textContent = NO_KERNEL), FILE_PATIENCE);
    this.send({ kind: "file", file, id: ++this.asked });
  }

  send(/** @type {object} */ message) {
    try {
      this.model.send(message);
    } catch {
      this.lost.textContent = NO_KERNEL;
    }
  }

  /** The file has come: hand it out, and leave a link to it, since a browser may refuse what nobody clicked on. */
  receive(/** @type {any} */ { kind, id, name, type, text } = {}) {
    if (kind !== "file" || id !== this.asked) return;
    clearTimeout(this.timer);
    const link = document.createElement("a");
    Object.assign(link, { href: dataAddress(type, text), download: name, textContent: name });
    link.setAttribute("data-lm-suppress-shortcuts", "true");
    this.lost.replaceChildren("Made: ", link);
    link.click();
  }
}
