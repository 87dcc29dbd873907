/** One question on the page: it shows what the kernel sends, and sends what the student answers. It knows no key. */
import { Keeper } from "./keeper.js";
import { Kernel } from "./kernel.js";
import { onSaveKeys } from "./keyboard.js";
import { KINDS } from "./kinds.js";
import { paintActions, paintFeedback, paintPhase } from "./painting.js";
import { obstacle, phaseOf } from "./phase.js";
import { build } from "./skeleton.js";
import { NOTHING_YET } from "./state.js";

/** @typedef {import("./kind.js").Kind} Kind */
/** @typedef {import("./state.js").Picks} Picks */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").View} View */

/** Small methods change the model or what is pending, and `draw` paints it all. */
export class QuestionPage {
  notice = "";

  constructor(model, /** @type {HTMLElement} */ el) {
    const uid = `ac-${Math.random().toString(36).slice(2)}`;
    this.model = model;
    this.el = el;
    this.view = /** @type {View} */ (model.get("view"));
    this.kind = /** @type {Kind} */ (new KINDS[this.view.kind](this.view));
    this.kind.page = this;
    this.parts = build(this.view, uid, this.kind);
    this.kernel = new Kernel(model, uid, this);
    this.keeper = new Keeper(this);
    this.listeners = {
      "change:picks": () => this.draw(),
      "change:state": () => this.stateChanged(),
      "msg:custom": (/** @type {any} */ message) => this.kernel.receive(message),
      comm_live_update: () => this.kernel.lose(), // the widget manager says so, once, when the kernel restarts
    };
  }

  show() {
    const { root, check, reset } = this.parts;
    for (const [event, listener] of Object.entries(this.listeners)) this.model.on(event, listener);
    check.addEventListener("click", () => this.check());
    reset.addEventListener("click", () => this.reset());
    onSaveKeys(root, () => this.keeper.saveByHand());
    this.el.append(root);
    this.draw();
    this.keeper.start();
  }

  remove() {
    this.kind.removed();
    this.keeper.stop();
    this.kernel.stop();
    for (const [event, listener] of Object.entries(this.listeners)) this.model.off(event, listener);
    this.parts.root.remove();
  }

  // ---- what is known

  get state() {
    return /** @type {State} */ ({ ...NOTHING_YET, ...this.model.get("state") });
  }

  /** The student's answer, checked or not. */
  get picks() {
    return this.kind.fitted(this.model.get("picks"));
  }

  get phase() {
    return phaseOf(this.state, this.picks, this.kernel.pending, this.kind);
  }

  /** Is the answer not to be changed now? */
  get locked() {
    return this.state.done || this.phase === "checking";
  }

  // ---- what the student does

  /** Take an answer that is not checked yet. */
  setPicks(/** @type {Picks} */ picks) {
    this.notice = "";
    this.model.set("picks", picks);
    this.model.save_changes();
    this.draw();
  }

  reset() {
    if (this.locked) return;
    this.kind.letGo();
    this.setPicks(this.kind.empty);
    this.say("Emptied.");
  }

  check() {
    if (this.locked) return;
    const { picks } = this;
    const reason = obstacle(this.phase, picks, this.kind);
    if (reason) return this.tell(reason);
    this.keeper.greet(Infinity);
    this.notice = "";
    this.kind.letGo();
    this.say("Checking…");
    this.kernel.check(picks, this.state.attempts);
  }

  // ---- what the kernel answers

  judged() {
    this.notice = "";
    this.draw();
    this.say(`${this.parts.verdict.textContent} (${this.parts.left.textContent})`);
    this.keeper.keep();
  }

  finished() {
    this.draw();
    if (this.state.result_html) this.say("The program's output is shown.");
    this.keeper.keepChanges();
  }

  stateChanged() {
    this.draw();
    this.keeper.update();
  }

  // ---- what is seen and heard

  /** Announce a text, also when it is the same as before. */
  say(/** @type {string} */ text) {
    const { status } = this.parts;
    status.textContent = status.textContent === text ? `${text}\u00a0` : text;
  }

  /** Show a sentence, and announce it. */
  tell(/** @type {string} */ sentence) {
    this.notice = sentence;
    this.say(sentence);
    this.draw();
  }

  /** Paint everything from the model. */
  draw() {
    paintPhase(this);
    this.kind.draw();
    paintActions(this);
    paintFeedback(this);
  }
}
