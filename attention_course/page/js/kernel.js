/** What is said between the page and the kernel: an attempt is sent, and what became of it comes back. */
import { same } from "./phase.js";
import { Timers } from "./timers.js";

/** @typedef {import("./state.js").Picks} Picks */
/** @typedef {{id: string, picks: Picks, silent: boolean, quiet: boolean}} Pending  An attempt that the kernel has not
 *    answered; a `quiet` one changes an answer that is committed. */
/**
 * @typedef {object} Listener  Who hears of it.
 * @property {(receiptOfAll: object|undefined, quiet: boolean, text?: string) => void} judged  The attempt that was pending is judged;
 *    with it comes the receipt of the whole lesson, and perhaps a text for the notebook.
 * @property {() => void} finished  What takes longer than the verdict is there, too.
 * @property {(receiptOfAll?: object) => void} solutionShown  The worked solution is there, as it was asked for.
 * @property {(document: string) => void} stored  The answers stand in a saved notebook, which has this id.
 * @property {(number: number, what: {numbers?: object, sentence?: string}) => void} told  What the student's own function
 *    makes of a state, or why not.
 * @property {(sentence: string) => void} tell  Something stands in the way.
 * @property {() => void} draw  Something has changed that is to be seen.
 */

const PATIENCE = 8000;
const RUN_ALL = "run all cells, the first one first; what you had checked is kept.";
const SILENT = `The kernel does not answer. If it is busy, the answer will come; if it was restarted, ${RUN_ALL}`;
const ASKED = "-asked-"; // before the number of a question to the student's own function
const REFUSED = "This could not be checked.";
export const GONE = `The kernel was restarted or has gone. To go on, ${RUN_ALL}`;

export class Kernel {
  pending = /** @type {Pending|null} */ (null);
  lost = false;
  sent = 0; // how many attempts were given an id
  answered = new Set();
  quiet = new Set(); // ids of attempts of which nothing is announced
  patience = PATIENCE; // milliseconds until a kernel counts as silent
  silent = SILENT; // what is said then
  timers = new Timers();

  constructor(model, /** @type {string} */ uid, /** @type {Listener} */ listener) {
    this.model = model;
    this.uid = uid;
    this.listener = listener;
  }

  /** Say who is there: what is to be known of the page and its notebook. */
  hello(/** @type {object} */ about) {
    this.send({ kind: "hello", ...about });
  }

  /** Say that the notebook is saved, and with which id. */
  stored(/** @type {string|null} */ document) {
    this.send({ kind: "stored", document });
  }

  /** Ask the finished question once more, for practice, as it is or in other numbers, or leave that. */
  practise(/** @type {"practise"|"again"|"leave"} */ kind) {
    const isSent = this.send({ kind });
    if (!isSent || this.lost) this.listener.tell(GONE);
  }

  /** Ask for the worked solution; `about` says who asks. */
  showSolution(/** @type {object} */ about) {
    const isSent = this.send({ kind: "show_solution", id: `${this.uid}-solution`, ...about });
    if (!isSent || this.lost) this.listener.tell(GONE);
  }

  /** Ask what the student's own function makes of a state; what is told of it has the same number. */
  ask(/** @type {number} */ number, /** @type {object} */ state) {
    return this.send({ kind: "ask", id: `${this.uid}${ASKED}${number}`, state });
  }

  /** Send an answer to be judged; `attempt` is how many there were before, and `about` once more who asks. */
  check(
    /** @type {Picks} */ picks,
    /** @type {number} */ attempt,
    /** @type {object} */ about,
    quiet = false,
  ) {
    const again = this.pending && same(this.pending.picks, picks); // the same id: the kernel's answer to either will do
    const id = again ? this.pending.id : `${this.uid}-${++this.sent}`;
    this.pending = { id, picks, silent: false, quiet };
    if (quiet) this.quiet.add(id);
    this.listener.draw();
    this.timers.later(() => this.waited(id, this.silent), this.patience);
    if (!this.send({ kind: "check", id, picks, attempt, ...about }) || this.lost) this.waited(id, GONE);
  }

  send(/** @type {object} */ message) {
    try {
      this.model.send(message);
      return true;
    } catch {
      return false; // the connection is closed
    }
  }

  /** Take what the kernel sent: an attempt is `checked`, `refused` or `failed`, and later `finished`. */
  receive(/** @type {any} */ { kind: what, id, sentence, document, receipt_of_all: receiptOfAll, numbers, text } = {}) {
    this.lost = false;
    if (what === "stored") return this.listener.stored(document);
    if (!String(id).startsWith(this.uid)) return; // another tab's
    const [, asked] = String(id).split(ASKED);
    if (asked) return this.listener.told(Number(asked), { numbers, sentence });
    if (what === "finished") return this.listener.finished();
    if (what === "shown") return this.listener.solutionShown(receiptOfAll);
    if (this.answered.has(id)) return; // sent twice, and answered before
    this.answered.add(id);
    if (this.pending?.id === id) this.pending = null;
    if (what === "checked") this.listener.judged(receiptOfAll, this.quiet.has(id), text);
    else this.listener.tell(sentence || REFUSED);
  }

  /** Say once that an attempt is not answered. */
  waited(/** @type {string} */ id, /** @type {string} */ sentence) {
    if (this.pending?.id !== id || this.pending.silent) return;
    this.pending.silent = true;
    this.listener.tell(sentence);
  }

  /** The kernel has restarted, or is gone. */
  lose() {
    this.lost = true;
    if (this.pending) this.waited(this.pending.id, GONE);
    this.listener.draw();
  }

  stop() {
    this.timers.stop();
  }
}
