/**
 * The page of one question: shows what the kernel sends, sends what the student picks.
 *
 * The kernel judges and keeps the record; this page knows no key. It paints `view`, `picks` and `state` of the model,
 * and puts the record into the notebook it stands in, where it can reach it. anywidget imports this text once for each
 * widget, so whatever all widgets of a page share hangs on `globalThis`.
 */

/** @typedef {{letter: string, text: string, html: string}} Option */
/** @typedef {{lesson: string, name: string, title: string, kind: "blanks"|"choice", difficulty: string, allowed: number,
 *    judged: boolean, prompt_html: string, code_html: string, options: Option[], blank_count: number, hint_html: string,
 *    mistakes_html: string[]}} View */
/** @typedef {{revision: number, attempts: {picks: string[], at: string}[]}} AnswerRecord */
/** @typedef {{attempts: number, left: number, outcome: string, done: boolean, problem: string, verdict_html: string,
 *    result_html: string, solution_html: string, running: boolean, checked_picks: string[], record: AnswerRecord,
 *    receipt: object, worth?: string}} State  `worth` says what a right answer gives, where a rule of the lesson does. */
/** @typedef {{text: string, from: number|null}} Held  What is picked up: an option's text, and the blank it sits in. */
/** @typedef {{id: string, picks: string[], silent: boolean}} Pending  An attempt that the kernel has not answered. */

const METADATA_KEY = "attention_course";
const RECEIPT_MIME = "application/vnd.attention-course.receipt+json";
const VERSION = 1;
const PATIENCE = 8000; // milliseconds until a kernel counts as silent
const WAITS = [20, 80, 200, 500, 1000, 2000]; // the receipt is shown after the widget: when to look for it
const SAVES = Symbol.for("attention-course.saves");

const SILENT =
  "The kernel does not answer. If it is busy, the answer will come; if it was restarted, run this cell again; " +
  "what you had checked is kept.";
const GONE = "The kernel was restarted or has gone. To go on, run this cell again; what you had checked is kept.";
const UNSAVED = "Your answer is recorded in the notebook but could not be saved: save it yourself (Ctrl+S).";
const UNREACHED = "Your answer was judged but could not be put into the notebook: run this cell again.";
const HANDLE = 'role="button" tabindex="0"'; // a <span>, as Firefox drags no <button>
const HOW = "Drag an option into a blank, or click one and then the other.";

/** @type {State} */
const NOTHING_YET = {
  attempts: 0,
  left: 0,
  outcome: "not attempted",
  done: false,
  problem: "",
  verdict_html: "",
  result_html: "",
  solution_html: "",
  running: false,
  checked_picks: [],
  record: { revision: 0, attempts: [] },
  receipt: {},
};

// ---------------------------------------------------------------------------------------------------- picks (pure)

/** Return one pick for each blank, "" where there is none that was offered. */
export function fitted(/** @type {unknown} */ picks, /** @type {View} */ view) {
  const offered = new Set(view.options.map((option) => option.text));
  const given = Array.isArray(picks) ? picks : [];
  return Array.from({ length: view.blank_count || 1 }, (_, i) => (offered.has(given[i]) ? given[i] : ""));
}

/** Return the picks with an option put into a blank; one that comes from another blank changes places. */
export function placed(/** @type {string[]} */ picks, to, text, from = null) {
  const next = [...picks];
  if (from !== null) next[from] = picks[to];
  next[to] = text;
  return next;
}

/** Return the picks with a blank emptied. */
export function emptied(/** @type {string[]} */ picks, blank) {
  return placed(picks, blank, "");
}

/** Are these the same picks? */
export function same(/** @type {string[]} */ a, /** @type {string[]} */ b) {
  return a.length === b.length && a.every((pick, i) => pick === b[i]);
}

/** Name the state a question is in; every one looks different on the page. */
export function phaseOf(
  /** @type {State} */ state,
  /** @type {string[]} */ picks,
  /** @type {Pending|null} */ pending,
) {
  if (pending) return pending.silent ? "silent" : "checking";
  if (state.done) return state.outcome === "wrong" ? "spent" : state.outcome;
  if (state.attempts > 0 && same(picks, state.checked_picks)) return state.outcome;
  if (picks.every((pick) => pick === "")) return "untouched";
  return picks.includes("") ? "partly" : "ready";
}

/** Say why nothing can be checked now, or "". */
export function obstacle(/** @type {string} */ phase, /** @type {View} */ view) {
  if (phase === "untouched" || phase === "partly")
    return view.kind === "choice" ? "Pick an option, then check." : "Fill every blank, then check.";
  if (phase === "wrong" || phase === "recorded") return "This is what you checked last: change your answer first.";
  return "";
}

/** Say how many attempts are left, or how the question ended, and what a right answer gives where a rule says so. */
export function attemptsLine(/** @type {State} */ state, /** @type {View} */ view) {
  const left = state.attempts ? state.left : view.allowed;
  const open = left === 0 ? "no attempts left" : `${left} attempt${left === 1 ? "" : "s"} left`;
  const line = state.outcome === "right" ? `right at attempt ${state.attempts} of ${view.allowed}` : open;
  return state.worth ? `${line} · ${state.worth}` : line;
}

// ------------------------------------------------------------------------------------- the record in the notebook

/** Return how late a record is, -1 for none or a malformed one. */
export function revisionOf(/** @type {any} */ record) {
  const isAttempt = (/** @type {any} */ attempt) => Array.isArray(attempt?.picks) && typeof attempt.at === "string";
  const isRecord = Number.isInteger(record?.revision) && Array.isArray(record.attempts) && record.attempts.every(isAttempt);
  return isRecord ? record.revision : -1;
}

/** Does this metadata value hold answers to this lesson? */
function isOurs(/** @type {any} */ whole, lesson) {
  const answers = whole?.answers;
  return (
    whole?.version === VERSION && whole.lesson === lesson && Object(answers) === answers && !Array.isArray(answers)
  );
}

/** Return a question's part of the notebook's record, null where there is none. */
export function recordIn(/** @type {any} */ whole, lesson, name) {
  return isOurs(whole, lesson) && Object.hasOwn(whole.answers, name) ? whole.answers[name] : null;
}

/** Return the notebook's record with a question's part replaced; what is no record of this lesson is dropped. */
export function withRecord(/** @type {any} */ whole, lesson, name, /** @type {AnswerRecord} */ record) {
  const kept = isOurs(whole, lesson) ? whole : { version: VERSION, lesson, answers: {} };
  return { ...kept, answers: { ...kept.answers, [name]: record } };
}

/** Return where a question's receipts stand among the outputs of these cells. */
export function receiptsIn(/** @type {Iterable<any>} */ cells, lesson, name) {
  const found = [];
  for (const { outputs } of cells) {
    for (let index = 0; index < (outputs?.length ?? 0); index++) {
      const carried = outputs.get(index)?.data?.[RECEIPT_MIME];
      if (carried?.lesson === lesson && carried.question === name)
        found.push({ outputs, index, record: carried.record });
    }
  }
  return found;
}

/** Is this the context of a notebook? VS Code offers a dummy. */
function isNotebook(/** @type {any} */ context) {
  const model = context?.model;
  const methods = [model?.getMetadata, model?.setMetadata, model?.cells?.[Symbol.iterator], context?.save];
  return methods.every((method) => typeof method === "function");
}

/** Return the notebook this page stands in: null where none is reachable that holds the question's own receipt. */
export function openNotebook(/** @type {any} */ context, lesson, name) {
  if (!isNotebook(context)) return null;
  const receipts = receiptsIn(context.model.cells, lesson, name);
  if (receipts.length === 0) return null;
  return { context, receipts, whole: context.model.getMetadata(METADATA_KEY) };
}

/** Put a record into the notebook's metadata and receipts where it is later than theirs. */
export function store(notebook, /** @type {View} */ { lesson, name }, /** @type {State} */ { record, receipt }) {
  const isLater = (/** @type {any} */ known) => record.revision > Math.max(0, revisionOf(known));
  if (isLater(recordIn(notebook.whole, lesson, name)))
    notebook.context.model.setMetadata(METADATA_KEY, withRecord(notebook.whole, lesson, name, record));
  for (const { outputs, index, record: known } of notebook.receipts)
    if (isLater(known)) outputs.set(index, { ...outputs.get(index).toJSON(), data: receipt });
}

/**
 * Let a notebook's saves take turns, whoever asks for them (Ctrl+S, the menu and autosave, too): two at once raise a
 * "File Changed" dialog. A save that waits its turn serves all who asked meanwhile.
 */
export function takeTurns(/** @type {any} */ context) {
  const queues = (globalThis[SAVES] ??= new WeakMap());
  if (queues.has(context)) return;
  const queue = { last: null, waiting: null };
  const saveNow = context.save.bind(context);
  const inTurn = async (/** @type {Promise<void>|null} */ previous) => {
    await previous?.catch(() => {});
    queue.waiting = null;
    await saveNow();
  };
  queues.set(context, queue);
  context.save = () => (queue.waiting ??= queue.last = inTurn(queue.last));
}

/** Save a notebook when it is its turn. */
export function save(/** @type {any} */ context) {
  takeTurns(context);
  return context.save();
}

// ------------------------------------------------------------------------------------------------------- elements

/** Give each line of highlighted code an element that knows its indentation, so that a long line wraps below itself. */
export function inLines(/** @type {string} */ html) {
  const indentation = (/** @type {string} */ line) => line.replace(/<[^>]*>/g, "").search(/\S|$/);
  const block = (/** @type {string} */ line) =>
    `<span class="ac-line" style="--indent:${indentation(line)}ch">${line}\n</span>`;
  return html.split("\n").map(block).join("");
}

/** Return the question's elements as HTML; `data-part` names those that `QuestionPage.draw` paints from then on. */
function skeleton(/** @type {View} */ view, /** @type {string} */ uid) {
  const mistakes = view.mistakes_html.map((mistake) => `<li>${mistake}</li>`).join("");
  return `
    <header class="ac-head">
      <h3 class="ac-title" id="${uid}-title" data-part="title"></h3>
      <span class="ac-difficulty ac-${view.difficulty}">${view.difficulty}</span>
    </header>
    <div class="ac-prompt">${view.prompt_html}</div>
    ${view.code_html && `<pre class="ac-code" data-part="code"><code>${inLines(view.code_html)}</code></pre>`}
    ${view.kind === "choice" ? choices(view, uid) : bank(view, uid)}
    <div class="ac-actions">
      <button type="button" class="ac-check" data-part="check">Check</button>
      <button type="button" class="ac-reset" data-part="reset">Reset</button>
      <span class="ac-left" id="${uid}-left" data-part="left"></span>
    </div>
    <p class="ac-notice" data-part="notice"></p>
    <div class="ac-help">
      ${disclosure("Hint", view.hint_html)}
      ${disclosure("Common mistakes", mistakes && `<ul>${mistakes}</ul>`)}
    </div>
    <div class="ac-feedback" data-part="feedback">
      <p class="ac-label" data-part="which"></p>
      <div data-part="verdict"></div>
      <div data-part="result"></div>
      <div data-part="solution"></div>
    </div>
    <p class="ac-status" role="status" data-part="status"></p>`;
}

/** Return the options to put into blanks. */
function bank(/** @type {View} */ { options }, /** @type {string} */ uid) {
  const chip = (/** @type {Option} */ { letter, html }, /** @type {number} */ i) =>
    `<span ${HANDLE} class="ac-chip" data-option="${i}"><span class="ac-letter">${letter}</span> <code>${html}</code></span>`;
  return `
    <div class="ac-answer">
      <p class="ac-caption" id="${uid}-how" data-part="caption"></p>
      <div class="ac-bank" role="group" aria-label="Options" aria-describedby="${uid}-how" data-part="bank">
        ${options.map(chip).join("")}
      </div>
    </div>`;
}

/** Return the options to choose one of. */
function choices(/** @type {View} */ { options }, /** @type {string} */ uid) {
  const choice = (/** @type {Option} */ { letter, text, html }) => `
    <label class="ac-choice">
      <input type="radio" name="${uid}-choice" value="${text}">
      <span class="ac-letter">${letter}</span> <span class="ac-words">${html}</span>
    </label>`;
  return `<fieldset class="ac-answer"><legend>Choose one</legend>${options.map(choice).join("")}</fieldset>`;
}

function disclosure(/** @type {string} */ label, /** @type {string} */ html) {
  return html && `<details><summary>${label}</summary><div class="ac-disclosed">${html}</div></details>`;
}

/** Make the question's elements, once; return those that are painted by name. */
function build(/** @type {View} */ view, /** @type {string} */ uid) {
  const root = document.createElement("section");
  root.className = "attention-question";
  root.setAttribute("aria-labelledby", `${uid}-title`);
  root.innerHTML = skeleton(view, uid);
  for (const place of root.querySelectorAll(".ac-code [data-blank]"))
    place.outerHTML = `<span ${HANDLE} class="ac-blank" data-blank="${place.getAttribute("data-blank")}"></span>`;
  suppressShortcuts(root);
  const parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  parts.title.textContent = view.title;
  const all = (/** @type {string} */ selector) => [...root.querySelectorAll(selector)];
  return { ...parts, root, blanks: all(".ac-blank"), chips: all(".ac-chip"), choices: all(".ac-choice") };
}

/** Keep the notebook's one-key shortcuts (x cuts the cell) from whatever here may hold the focus. */
function suppressShortcuts(/** @type {Element} */ node) {
  for (const inner of node.querySelectorAll("button, input, summary, pre, a, [tabindex]"))
    inner.setAttribute("data-lm-suppress-shortcuts", "true");
}

/** Set an attribute, or take it away where the value is false. */
function mark(/** @type {Element} */ node, name, /** @type {string|boolean} */ value) {
  if (value === false) node.removeAttribute(name);
  else node.setAttribute(name, String(value));
}

// ------------------------------------------------------------------------------------------------------- the page

/** One question on the page: small methods change the model or `held` and `pending`, and `draw` paints it all. */
class QuestionPage {
  held = /** @type {Held|null} */ (null);
  dragged = /** @type {Held|null} */ (null);
  pending = /** @type {Pending|null} */ (null);
  notice = "";
  greeted = false;
  lost = false;
  answered = new Set();
  painted = new Map();
  timers = new Set();
  renamed = () => {
    this.greeted = false; // the kernel knows the notebook by its old name
    this.greet();
  };

  constructor(model, /** @type {HTMLElement} */ el) {
    this.model = model;
    this.el = el;
    this.uid = `ac-${Math.random().toString(36).slice(2)}`;
    this.view = /** @type {View} */ (model.get("view"));
    this.parts = build(this.view, this.uid);
    this.listeners = {
      "change:picks": () => this.draw(),
      "change:state": () => this.stateChanged(),
      "msg:custom": (/** @type {any} */ message) => this.receive(message),
      comm_live_update: () => this.lose(), // the widget manager says so, once, when the kernel restarts
    };
  }

  show() {
    const { root } = this.parts;
    for (const [event, listener] of Object.entries(this.listeners)) this.model.on(event, listener);
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("change", (event) => this.chosen(event));
    root.addEventListener("keydown", (event) => this.keyPressed(event));
    root.addEventListener("dragstart", (event) => this.dragStarted(event));
    root.addEventListener("dragover", (event) => this.draggedOver(event));
    root.addEventListener("drop", (event) => this.dropped(event));
    root.addEventListener("dragleave", () => this.pointAt(null));
    root.addEventListener("dragend", () => this.letGo());
    this.el.append(root);
    this.draw();
    this.greet();
    this.context?.pathChanged?.connect?.(this.renamed);
  }

  remove() {
    this.context?.pathChanged?.disconnect?.(this.renamed);
    for (const [event, listener] of Object.entries(this.listeners)) this.model.off(event, listener);
    for (const timer of this.timers) clearTimeout(timer);
    this.parts.root.remove();
  }

  later(action, milliseconds) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      action();
    }, milliseconds);
    this.timers.add(timer);
  }

  // ---- what is known

  get state() {
    return /** @type {State} */ ({ ...NOTHING_YET, ...this.model.get("state") });
  }

  get picks() {
    return fitted(this.model.get("picks"), this.view);
  }

  get phase() {
    return phaseOf(this.state, this.picks, this.pending);
  }

  get locked() {
    return this.state.done || this.phase === "checking";
  }

  get context() {
    return this.model.widget_manager?.context;
  }

  get notebook() {
    return openNotebook(this.context, this.view.lesson, this.view.name);
  }

  // ---- what the student does

  setPicks(/** @type {string[]} */ picks) {
    this.notice = "";
    this.held = null;
    this.model.set("picks", picks);
    this.model.save_changes();
    this.draw();
  }

  put(/** @type {number} */ blank, /** @type {Held} */ { text, from }) {
    this.setPicks(placed(this.picks, blank, text, from));
    this.say(text ? `Blank ${blank + 1}: ${text}` : `Blank ${blank + 1} is empty.`);
  }

  empty(/** @type {number} */ blank) {
    this.setPicks(emptied(this.picks, blank));
    this.say(`Blank ${blank + 1} is empty.`);
  }

  reset() {
    if (this.locked) return;
    this.setPicks(this.picks.map(() => ""));
    this.say("Emptied.");
  }

  hold(/** @type {Held|null} */ held) {
    this.held = held;
    if (held)
      this.say(
        held.from === null ? `${held.text} picked up: choose a blank.` : `Blank ${held.from + 1}: choose an option.`,
      );
    this.draw();
  }

  pickOption(/** @type {number} */ i) {
    const { text } = this.view.options[i];
    if (this.held && this.held.from !== null) this.put(this.held.from, { text, from: null });
    else this.hold(this.held?.text === text ? null : { text, from: null });
  }

  pickBlank(/** @type {number} */ i) {
    if (this.held?.from === i) this.hold(null);
    else if (this.held?.text) this.put(i, this.held);
    else this.hold({ text: this.picks[i], from: i });
  }

  // ---- events of the page

  clicked(/** @type {any} */ event) {
    if (this.locked && event.target.closest("fieldset")) event.preventDefault(); // `disabled` would lose the focus
    if (event.target === this.parts.check) this.check();
    else if (event.target === this.parts.reset) this.reset();
    else this.activated(event.target);
  }

  activated(/** @type {Element} */ target) {
    const { option, blank } = /** @type {HTMLElement} */ (target.closest("[data-option], [data-blank]"))?.dataset ?? {};
    if (this.locked) return;
    if (option !== undefined) this.pickOption(Number(option));
    else if (blank !== undefined) this.pickBlank(Number(blank));
  }

  chosen(/** @type {any} */ event) {
    if (event.target.type === "radio" && !this.locked) this.setPicks([event.target.value]);
  }

  keyPressed(/** @type {any} */ event) {
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s") return this.saveByHand(event);
    if (command || event.altKey || !event.target.matches("[data-option], [data-blank]")) return;
    if (!this.keyMeant(event.key, event.target)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Do what a key means on an option or a blank; return whether it means anything. */
  keyMeant(/** @type {string} */ key, /** @type {HTMLElement} */ target) {
    const row = target.dataset.blank === undefined ? this.parts.chips : this.parts.blanks;
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
    const letter = this.view.options.findIndex((option) => option.letter === key.toUpperCase());
    if (key === "Enter" || key === " ") this.activated(target);
    else if (step) row[(row.indexOf(target) + step + row.length) % row.length].focus();
    else if (key === "Escape" && this.held) this.hold(null);
    else if (row !== this.parts.blanks || this.locked) return false;
    else if (key === "Delete" || key === "Backspace") this.empty(Number(target.dataset.blank));
    else if (letter >= 0) this.put(Number(target.dataset.blank), { text: this.view.options[letter].text, from: null });
    else return false;
    return true;
  }

  saveByHand(/** @type {any} */ event) {
    const { notebook } = this;
    if (!notebook) return; // the page's own shortcut may do it
    event.preventDefault();
    event.stopPropagation();
    save(notebook.context).catch(() => this.tell("The notebook could not be saved."));
  }

  dragStarted(/** @type {any} */ event) {
    const { option, blank } = event.target.dataset ?? {};
    if (option === undefined && blank === undefined) return; // a text or a picture
    const from = blank === undefined ? null : Number(blank);
    const text = option === undefined ? this.picks[from ?? -1] : this.view.options[Number(option)].text;
    if (this.locked || !text) return event.preventDefault();
    this.dragged = { text, from };
    this.held = null;
    event.dataTransfer.setData("text/plain", text);
    event.dataTransfer.effectAllowed = "copyMove";
    this.draw();
  }

  draggedOver(/** @type {any} */ event) {
    const target = this.dropTarget(event.target);
    this.pointAt(target);
    if (target) event.preventDefault(); // which says: may be dropped here
  }

  dropped(/** @type {any} */ event) {
    const target = this.dropTarget(event.target);
    if (!target || !this.dragged) return;
    event.preventDefault();
    event.stopPropagation();
    if (target !== this.parts.bank) this.put(Number(target.dataset.blank), this.dragged);
    else if (this.dragged.from !== null) this.empty(this.dragged.from);
    this.letGo();
  }

  /** Return the blank (anywhere in the code where there is but one) or the bank of options under a drag. */
  dropTarget(/** @type {Element} */ target) {
    const { code, bank, blanks } = this.parts;
    if (!this.dragged || this.locked) return null;
    if (bank.contains(target)) return bank;
    if (blanks.length === 1 && code.contains(target)) return blanks[0];
    return /** @type {HTMLElement|null} */ (target.closest("[data-blank]"));
  }

  pointAt(/** @type {Element|null} */ target) {
    for (const place of [...this.parts.blanks, this.parts.bank]) place?.classList.toggle("ac-over", place === target);
  }

  letGo() {
    this.dragged = null;
    this.pointAt(null);
    this.draw();
  }

  // ---- the kernel

  /** Tell the kernel that this page is there, and what its notebook knows, once its receipt has come. */
  greet(tries = 0) {
    if (this.greeted) return;
    const { notebook } = this;
    if (!notebook && isNotebook(this.context) && tries < WAITS.length)
      return this.later(() => this.greet(tries + 1), WAITS[tries]);
    this.greeted = true;
    const record = notebook && recordIn(notebook.whole, this.view.lesson, this.view.name);
    this.send({ kind: "hello", record, path: (notebook && this.context.path) ?? null });
    if (!notebook) return;
    takeTurns(notebook.context);
    store(notebook, this.view, this.state);
  }

  check() {
    if (this.locked) return;
    const [phase, picks] = [this.phase, this.picks];
    const reason = obstacle(phase, this.view) || (picks.includes("") ? obstacle("partly", this.view) : "");
    if (reason) return this.tell(reason);
    this.greet(Infinity);
    const again = this.pending && same(this.pending.picks, picks); // the same id: the kernel's answer to either will do
    const id = again ? this.pending.id : `${this.uid}-${Date.now().toString(36)}`;
    this.pending = { id, picks, silent: false };
    this.notice = "";
    this.held = null;
    this.say("Checking…");
    this.draw();
    this.later(() => this.waited(id, SILENT), PATIENCE);
    if (!this.send({ kind: "check", id, picks, attempt: this.state.attempts }) || this.lost) this.waited(id, GONE);
  }

  send(message) {
    try {
      this.model.send(message);
      return true;
    } catch {
      return false; // the connection is closed
    }
  }

  waited(/** @type {string} */ id, /** @type {string} */ sentence) {
    if (this.pending?.id !== id || this.pending.silent) return;
    this.pending.silent = true;
    this.tell(sentence);
  }

  lose() {
    this.lost = true;
    if (this.pending) this.waited(this.pending.id, GONE);
    this.draw();
  }

  receive(/** @type {any} */ { kind, id, sentence } = {}) {
    this.lost = false;
    if (!String(id).startsWith(this.uid)) return; // another tab's
    if (kind === "finished") return this.finished();
    if (this.answered.has(id)) return; // sent twice, and answered before
    this.answered.add(id);
    if (this.pending?.id === id) this.pending = null;
    if (kind !== "checked") return this.tell(sentence || "This could not be checked.");
    this.notice = "";
    this.draw();
    this.say(`${this.parts.verdict.textContent} (${this.parts.left.textContent})`);
    this.keep();
  }

  /** Put the record into the notebook and save it: done by the tab in which Check was pressed. */
  keep() {
    const { notebook } = this;
    if (!notebook) return isNotebook(this.context) ? this.tell(UNREACHED) : undefined;
    store(notebook, this.view, this.state);
    save(notebook.context).catch(() => this.tell(UNSAVED));
  }

  finished() {
    this.draw();
    if (this.state.result_html) this.say("The program's output is shown.");
    if (this.context?.model?.dirty) this.keep(); // the kernel renewed the receipt in the meantime
  }

  stateChanged() {
    this.draw();
    const { notebook } = this;
    if (notebook && this.greeted) store(notebook, this.view, this.state);
  }

  // ---- what is seen and heard

  /** Announce a text, also when it is the same as before. */
  say(/** @type {string} */ text) {
    const { status } = this.parts;
    status.textContent = status.textContent === text ? `${text}\u00a0` : text;
  }

  tell(/** @type {string} */ sentence) {
    this.notice = sentence;
    this.say(sentence);
    this.draw();
  }

  /** Paint everything from the model; no element that may hold the focus is ever replaced. */
  draw() {
    const { root, notice, left } = this.parts;
    root.dataset.phase = this.phase;
    mark(root, "data-outcome", this.state.outcome);
    mark(root, "aria-busy", this.phase === "checking");
    this.drawBlanks();
    this.drawChoices();
    this.drawActions();
    left.textContent = attemptsLine(this.state, this.view);
    notice.textContent = this.notice || (this.lost && !this.state.done ? GONE : this.state.problem);
    notice.hidden = !notice.textContent;
    this.drawFeedback();
  }

  drawBlanks() {
    const { blanks, chips, caption, root } = this.parts;
    const [held, picks, { done, outcome }] = [this.held, this.picks, this.state];
    blanks.forEach((blank, i) => {
      const option = this.view.options.find(({ text }) => text === picks[i]);
      this.paint(blank, option ? `<code>${option.html}</code>` : `<span class="ac-number">${i + 1}</span>`);
      blank.classList.toggle("ac-filled", Boolean(option));
      blank.classList.toggle("ac-right", outcome === "right");
      blank.classList.toggle("ac-wrong", blanks.length === 1 && ["wrong", "spent"].includes(this.phase));
      mark(blank, "aria-label", `Blank ${i + 1}: ${picks[i] || "empty"}`);
      mark(blank, "draggable", String(Boolean(option) && !this.locked));
      mark(blank, "aria-pressed", String(held?.from === i));
    });
    chips.forEach((chip, i) => {
      mark(chip, "draggable", String(!this.locked));
      mark(chip, "aria-pressed", String(held?.from === null && held.text === this.view.options[i].text));
    });
    for (const node of [...blanks, ...chips]) {
      mark(node, "aria-disabled", this.locked);
      mark(node, "tabindex", done ? "-1" : "0");
    }
    root.classList.toggle("ac-holding", Boolean(held?.text || this.dragged));
    const where =
      held &&
      (held.from === null
        ? `${held.text} goes where? Choose a blank.`
        : `What goes into blank ${held.from + 1}? Choose an option.`);
    if (!caption) return; // a choice
    caption.textContent = where || HOW;
    caption.hidden = done;
  }

  drawChoices() {
    const { outcome, checked_picks, attempts } = this.state;
    for (const choice of this.parts.choices) {
      const radio = choice.querySelector("input");
      radio.checked = this.picks[0] === radio.value;
      mark(radio, "aria-disabled", this.locked);
      mark(choice, "data-checked", attempts > 0 && checked_picks[0] === radio.value ? outcome : false);
    }
  }

  drawActions() {
    const { check, reset } = this.parts;
    const [phase, { done, worth }] = [this.phase, this.state];
    check.textContent = done ? "Finished" : ({ checking: "Checking…", silent: "Try again" }[phase] ?? "Check");
    mark(check, "aria-disabled", phase !== "ready" && phase !== "silent");
    mark(check, "tabindex", done ? "-1" : "0"); // it stays, as a word, because it may hold the focus
    mark(check, "aria-describedby", Boolean(worth) && `${this.uid}-left`);
    mark(reset, "aria-disabled", this.locked || this.picks.every((pick) => pick === ""));
    reset.hidden = done && document.activeElement !== reset;
  }

  drawFeedback() {
    const { feedback, which, verdict, result, solution } = this.parts;
    const state = this.state;
    const changed = !state.done && !same(this.picks, state.checked_picks);
    feedback.hidden = !state.verdict_html;
    feedback.classList.toggle("ac-past", changed);
    which.textContent = `Attempt ${state.attempts} of ${this.view.allowed}${changed ? ", before your change" : ""}`;
    this.paint(verdict, state.verdict_html);
    this.paint(result, state.running ? '<p class="ac-label ac-running">Running your program…</p>' : state.result_html);
    this.paint(solution, state.solution_html);
    mark(result, "aria-busy", state.running);
  }

  /** Set an element's content only where it changed: what is open or selected in it stays so. */
  paint(/** @type {Element} */ node, /** @type {string} */ html) {
    if (this.painted.get(node) === html) return;
    this.painted.set(node, html);
    node.innerHTML = html;
    suppressShortcuts(node);
  }
}

/** Show a question; return what takes it away again. */
function render({ model, el }) {
  const page = new QuestionPage(model, el);
  page.show();
  return () => page.remove();
}

export default { render };
