/** An answer that is code: which cell of a notebook holds it, and what is sent of the notebook. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerIn, candidates, codeCells, defines, fill, isUntouched, placeOf, putBack } from "../../attention_course/page/js/cells.js";
import { attemptsLine, canCheck, obstacle, phaseOf } from "../../attention_course/page/js/phase.js";
import { Write } from "../../attention_course/page/js/write.js";

const STARTER = 'def f(x):\n    raise NotImplementedError("…")';
const VIEW = { lesson: "l", name: "task", defines: ["f"], starter: STARTER, examples: [] };
const cell = (source, grade_id = "", ours = false) => ({ grade_id, source, ours });
const own = (source) => cell(source, "task-code");

test("the marked cell is the answer, whatever it defines", () => {
  assert.equal(answerIn([own("f = 1"), cell("def f(): ...")], VIEW), "f = 1");
});

test("a marked cell that nobody worked on gives way to another one that defines the name", () => {
  assert.equal(answerIn([own(`${STARTER}\n\n`), cell("def f(): ..."), cell("def f(x): ...")], VIEW), "def f(x): ...");
  assert.equal(answerIn([own(STARTER), cell("def g(): ...")], VIEW), STARTER);
  assert.equal(answerIn([cell("def g(): ...")], VIEW), null);
});

test("of two marked cells the last one counts that was worked on", () => {
  assert.equal(answerIn([own("def f(): 1"), own("def f(): 2"), own("")], VIEW), "def f(): 2");
});

test("a cell of the lesson's own is nobody's answer", () => {
  const lesson = cell("def f(): ...", "shown", true);
  assert.equal(answerIn([lesson], VIEW), null);
  assert.deepEqual(candidates([lesson, cell("x = 1"), cell("f = torch.compile(g)")], VIEW).length, 1);
});

test("a definition is told by its look", () => {
  for (const text of ["def f(x):", "class f:", "async  def f():", "f = 1", "x = 1\nf: int = 2"]) assert.ok(defines(text, "f"), text);
  for (const text of ["  def f(x):", "def fg():", "f == 1", "# def f", "print(f)"]) assert.ok(!defines(text, "f"), text);
});

test("a very long cell is cut off before it is sent", () => {
  const [sent] = candidates([own("x".repeat(5_000_000))], VIEW);
  assert.equal(sent.source.length, 200_000);
});

test("cells are read in JupyterLab 4 and 3, and nowhere where the page reaches no notebook", () => {
  const lab4 = {
    type: "code",
    sharedModel: { getSource: () => "4" },
    getMetadata: (key) => ({ nbgrader: { grade_id: "a", locked: true } })[key],
  };
  const lab3 = { type: "code", value: { text: "3" }, metadata: { get: () => undefined } };
  const model = { cells: [lab4, { type: "markdown" }, lab3], getMetadata() {}, setMetadata() {} };
  assert.deepEqual(codeCells({ model, save() {} }), [cell("4", "a", true), cell("3")]);
  assert.equal(codeCells({}), null);
  assert.equal(codeCells(undefined), null);
});

test("a lost answer is put into a cell above its question", () => {
  const inserted = [];
  const outputs = {};
  const model = { cells: [{}, { outputs }], sharedModel: { insertCell: (...given) => inserted.push(given) } };
  assert.ok(putBack({ model }, placeOf({ model }, outputs), "def f(): ...", VIEW));
  assert.equal(inserted[0][0], 1);
  assert.equal(inserted[0][1].metadata.nbgrader.grade_id, "task-code");
  assert.ok(!putBack({ model: {} }, 1, "", VIEW));
  assert.ok(!putBack({ model }, -1, "", VIEW));
});

test("what was brought is written into the answer's cell, where the page reaches it", () => {
  const cellOf = (more, grade_id = "task-code") => ({ type: "code", getMetadata: () => ({ grade_id }), ...more });
  const contextOf = (...cells) => ({ model: { cells, getMetadata() {}, setMetadata() {} }, save() {} });
  const written = [];
  const shared = { sharedModel: { setSource: (text) => written.push(text) } };
  const value = { text: "" };
  assert.ok(fill(contextOf(cellOf(shared), cellOf({}, "task")), "f = 1", VIEW));
  assert.ok(fill(contextOf(cellOf({ value })), "f = 2", VIEW));
  assert.deepEqual([...written, value.text], ["f = 1", "f = 2"]);
  assert.ok(!fill(contextOf(cellOf({}, "other-code")), "f = 3", VIEW));
  assert.ok(!fill({}, "f = 4", VIEW));
});

test("code is brought into a cell that nobody worked on, and with that Check alone", () => {
  const kind = new Write({ ...VIEW, brings: "code" });
  const sent = [];
  const said = [];
  kind.page = { picks: [STARTER], check: () => sent.push(kind.sent.bring, kind.obstacle([STARTER])), tell: (text) => said.push(text) };
  Object.defineProperty(kind, "context", { value: {} });
  kind.bringMine();
  assert.deepEqual([...sent, kind.sent.bring], [true, "", false]);
  assert.match(kind.place("f = 1"), /Your code is recorded and counts/);
  kind.page.picks = ["def f(): ..."];
  kind.bringMine();
  assert.match(said[0], /empty it first/);
  assert.equal(sent.length, 2);
  assert.match(kind.html("u"), /Bring mine from code\.ipynb/);
  assert.doesNotMatch(new Write(VIEW).html("u"), /Bring/);
});

test("a kernel counts as silent only after what an answer may take", () => {
  assert.deepEqual([new Write(VIEW).patience, new Write({ ...VIEW, seconds: 30 }).patience], [20_000, 120_000]);
});

test("what cannot be checked is said", () => {
  const kind = new Write(VIEW);
  assert.match(kind.obstacle([" \n"]), /Write your code in the cell above/);
  assert.match(kind.obstacle([STARTER]), /as it was at the beginning/);
  assert.equal(kind.obstacle(["def f(): ..."]), "");
  assert.equal(kind.obstacle(null), "", "the kernel looks for itself");
  assert.ok(!isUntouched("def f(): ...", { ...VIEW, starter: null }));
});

test("the same code may be checked again, and attempts are counted, not limited", () => {
  const kind = new Write(VIEW);
  const state = { attempts: 2, left: null, outcome: "wrong", done: false, checked_picks: ["x"] };
  const phase = phaseOf(state, ["x"], null, kind);
  assert.equal(phase, "wrong");
  assert.equal(obstacle(phase, ["x"], kind), "");
  assert.ok(canCheck(phase, kind));
  assert.equal(phaseOf(state, null, null, kind), "ready");
  assert.equal(attemptsLine(state, { allowed: null }), "checked 2 times");
  assert.equal(attemptsLine({ ...state, attempts: 0 }, { allowed: null }), "check as often as you like");
});
