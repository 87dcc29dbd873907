/** One question on the page: it shows what the kernel sends, and sends what the student answers. It knows no key. */
import { AfterFrame } from "./after_frame.js";
import { all } from "./dom.js";
import { HowSure } from "./how_sure.js";
import { Keeper } from "./keeper.js";
import { Kernel } from "./kernel.js";
import { onSaveKeys } from "./keyboard.js";
import { KINDS } from "./kinds.js";
import { leaveAtTop } from "./run_all.js";
import { paintActions, paintFeedback, paintPhase } from "./painting.js";
import { obstacle, phaseOf } from "./phase.js";
import { enter, leave } from "./registry.js";
import { build } from "./skeleton.js";
import { NOTHING_YET } from "./state.js";

/** @typedef {import("./kind.js").Kind} Kind */
/** @typedef {import("./state.js").Picks} Picks */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").View} View */

const FIRST = "[data-blank], [data-grip], [data-part-of-sketch], input:checked, input, textarea, button"; // what to begin with
const NOTHING_COUNTS = "Practice: nothing of this counts.";
const ON_THE_WAY = { practise: NOTHING_COUNTS, again: NOTHING_COUNTS, leave: "Back to the answer that counts." };

/** Small methods change the model or what is pending, and `draw` paints it all. */
export class QuestionPage {
  notice = "";
  goes = ""; // what the student has asked the kernel for, and not got yet: to "practise", "again", or to "leave" that
  awaits = false; // is a result to come, after the verdict?
  touched = false; // has the student answered anything since the page was loaded?

  afterFrame = new AfterFrame();

  constructor(model, /** @type {HTMLElement} */ el) {
    const uid = `ac-${Math.random().toString(36).slice(2)}`;
    this.model = model;
    this.el = el;
    this.view = /** @type {View} */ (model.get("view"));
    this.kind = /** @type {Kind} */ (new KINDS[this.view.kind](this.view));
    this.kind.page = this;
    this.parts = build(this.view, uid, this.kind);
    this.howSure = new HowSure(this);
    this.kernel = new Kernel(model, uid, this);
    this.kernel.patience = this.kind.patience || this.kernel.patience;
    this.kernel.silent = this.kind.silent || this.kernel.silent;
    this.keeper = new Keeper(this);
    this.listeners = {
      "change:picks": () => this.draw(),
      "change:state": () => this.stateChanged(),
      "change:document": () => this.documentChanged(),
      "msg:custom": (/** @type {any} */ message) => this.kernel.receive(message),
      comm_live_update: () => this.kernel.lose(), // the widget manager says so, once, when the kernel restarts
    };
  }

  show() {
    const { root, check, reset, practise, again } = this.parts;
    for (const [event, listener] of Object.entries(this.listeners)) this.model.on(event, listener);
    check.addEventListener("click", () => this.check());
    reset.addEventListener("click", () => this.reset());
    practise.addEventListener("click", () => this.practise(this.state.practising ? "leave" : "practise"));
    again.addEventListener("click", () => this.practise("again"));
    onSaveKeys(root, () => this.keeper.saveByHand());
    this.el.append(root);
    enter(this);
    this.kind.shown();
    this.draw();
    this.keeper.start();
    requestAnimationFrame(() => leaveAtTop(root, this.keeper.context)); // once the question is in its place
  }

  remove() {
    this.afterFrame.now(); // what is known is kept also where another page takes the place of this one
    leave(this);
    this.kind.removed();
    this.keeper.stop();
    this.kernel.stop();
    for (const [event, listener] of Object.entries(this.listeners)) this.model.off(event, listener);
    this.parts.root.remove();
  }

  // ---- what is known

  /** What the kernel knows, as long as it speaks of the page's own notebook. */
  get state() {
    const state = /** @type {State} */ ({ ...NOTHING_YET, ...this.model.get("state") });
    return this.keeper.ours ? state : { ...NOTHING_YET, order: state.order };
  }

  /** Does the kernel ask another question by now? It may tell the same view anew, where another tab asks for it. */
  get isOver() {
    const view = this.model.get("view");
    return view !== this.view && JSON.stringify(view) !== JSON.stringify(this.view);
  }

  /** The student's answer, checked or not. */
  get picks() {
    return this.keeper.ours || this.touched ? this.kind.fitted(this.model.get("picks")) : this.kind.empty;
  }

  get phase() {
    const { pending } = this.kernel;
    return phaseOf(this.state, this.picks, pending?.quiet ? null : pending, this.howSure.asked(this.kind));
  }

  /** Is the answer not to be changed now? */
  get locked() {
    return this.state.done || this.phase === "checking";
  }

  // ---- what the student does

  /** Take an answer that is not checked yet. */
  setPicks(/** @type {Picks} */ picks) {
    this.notice = "";
    this.touched = true;
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
    const reason = obstacle(this.phase, picks, this.howSure.asked(this.kind));
    if (reason) return this.tell(reason);
    this.keeper.greet(Infinity);
    this.notice = "";
    this.kind.letGo();
    this.say(this.kind.words.busy);
    this.kernel.check(picks, this.state.attempts, { ...this.keeper.about, ...this.kind.sent, ...this.howSure.sent });
  }

  /** Keep a change of an answer that is committed; nothing of it is announced. */
  amend(/** @type {Picks} */ picks) {
    this.keeper.greet(Infinity);
    this.setPicks(picks);
    this.kernel.check(picks, this.state.attempts, this.keeper.about, true);
  }

  /** Begin to practise the finished question, as it is or in other numbers, or leave that. */
  practise(/** @type {"practise"|"again"|"leave"} */ what) {
    this.notice = "";
    this.goes = what; // the focus follows once the kernel has asked it
    this.say(ON_THE_WAY[what]);
    this.kernel.practise(what);
  }

  /** Another page of this question has made way: go on where the student asked to go, with the focus and in words. */
  takePlace(/** @type {string} */ goes) {
    const { root, again } = this.parts;
    if (goes === "again") {
      root.scrollIntoView({ block: "start" });
      this.focusTitle(); // what is asked is new: it is to be read first
    } else if (goes === "leave") again.focus();
    if (goes) requestAnimationFrame(() => this.say(ON_THE_WAY[goes])); // a status is heard once it has been there
  }

  /** Bring the question into sight, with the focus where the student goes on. */
  lead() {
    this.parts.root.scrollIntoView({ block: "start" });
    this.focusBegin();
  }

  /** Let the title hold the focus, where what holds it goes away. */
  focusTitle() {
    this.parts.title.focus({ preventScroll: true });
  }

  focusBegin() {
    const { root, title } = this.parts;
    const places = all(root, FIRST).filter(({ tabIndex }) => tabIndex >= 0);
    (places[0] ?? title).focus({ preventScroll: true });
  }

  // ---- what the kernel answers

  judged(/** @type {object|undefined} */ receiptOfAll, isQuiet = false, text = "") {
    if (isQuiet) {
      this.draw();
      return this.keeper.keep(receiptOfAll);
    }
    this.notice = text ? this.kind.place(text) : "";
    this.awaits = this.state.running;
    this.draw();
    const left = this.parts.left.textContent;
    this.say(this.parts.verdict.textContent + (left && ` (${left})`));
    this.parts.actions.scrollIntoView({ block: "nearest" }); // the reasons stand below Check
    if (!this.state.practising) this.afterFrame.do(() => this.keeper.keep(receiptOfAll));
  }

  /** The worked solution is shown because the student asked for it, which is recorded. */
  solutionShown(/** @type {object|undefined} */ receiptOfAll) {
    this.draw();
    if (this.state.solution_html) this.parts.solution.scrollIntoView({ block: "nearest" });
    this.say(this.kind.words.shown);
    this.keeper.keep(receiptOfAll);
  }

  told(/** @type {number} */ number, /** @type {{numbers?: object, sentence?: string}} */ what) {
    this.kind.told(number, what);
  }

  stored(/** @type {string} */ document) {
    this.keeper.stored(document);
  }

  finished() {
    this.draw();
    if (this.awaits && this.state.result_html) this.say(this.kind.finishedSaying(this.parts.result));
    if (!this.state.practising) this.afterFrame.do(() => this.keeper.keepChanges());
  }

  stateChanged() {
    if (this.isOver) return;
    this.draw();
    this.afterFrame.do(() => this.keeper.update());
    const { practising } = this.state;
    if (this.goes !== (practising ? "practise" : "leave")) return;
    this.goes = "";
    if (practising) this.focusBegin();
  }

  documentChanged() {
    this.keeper.documentChanged();
    this.draw();
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
    if (this.isOver) return; // another question is asked: another page takes the place of this one
    paintPhase(this);
    this.kind.draw();
    this.howSure.draw();
    paintActions(this);
    paintFeedback(this);
  }
}
