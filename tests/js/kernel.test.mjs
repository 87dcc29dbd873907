import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Kernel } from "../../attention_course/page/js/kernel.js";

/** A kernel with what it was sent, and what the page heard of it. */
function talk(send = () => {}) {
  const [sent, heard] = [[], []];
  const model = { send: (message) => (send(message), sent.push(message)) };
  const listener = {
    judged: (receiptOfAll) => heard.push(receiptOfAll ? `judged, ${receiptOfAll}` : "judged"),
    finished: () => heard.push("finished"),
    stored: (document) => heard.push(`stored as ${document}`),
    tell: (sentence) => heard.push(sentence),
    draw: () => {},
  };
  return { kernel: new Kernel(model, "page-1", listener), sent, heard };
}

test("an attempt is sent, judged and finished", () => {
  const { kernel, sent, heard } = talk();
  kernel.check(["a"], 2, { notebook: true, document: "0d3f" });
  const [{ id, ...message }] = sent;
  assert.deepEqual(message, { kind: "check", picks: ["a"], attempt: 2, notebook: true, document: "0d3f" });
  assert.equal(kernel.pending.silent, false);
  kernel.receive({ kind: "checked", id, receipt_of_all: "all of it" });
  kernel.receive({ kind: "finished", id });
  assert.deepEqual(heard, ["judged, all of it", "finished"]);
  assert.equal(kernel.pending, null);
  kernel.stop();
});

test("an attempt that was sent twice is judged once, and what is another tab's is not heard", () => {
  const { kernel, sent, heard } = talk();
  kernel.check(["a"], 0);
  kernel.check(["a"], 0);
  assert.equal(sent[0].id, sent[1].id, "the kernel's answer to either will do");
  kernel.receive({ kind: "checked", id: "page-2-x" });
  kernel.receive({ kind: "checked", id: sent[0].id });
  kernel.receive({ kind: "refused", id: sent[0].id, sentence: "Answered elsewhere." });
  assert.deepEqual(heard, ["judged"]);
  kernel.stop();
});

test("a refusal is told in the kernel's words", () => {
  const { kernel, sent, heard } = talk();
  kernel.check(["a"], 0);
  kernel.receive({ kind: "refused", id: sent[0].id, sentence: "Look again." });
  assert.deepEqual(heard, ["Look again."]);
  assert.equal(kernel.pending, null);
  kernel.stop();
});

test("a kernel that is silent is said to be, once", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { kernel, heard } = talk();
  kernel.check(["a"], 0);
  mock.timers.tick(7999);
  assert.deepEqual(heard, []);
  mock.timers.tick(1);
  assert.match(heard[0], /does not answer.* run all cells, the first one first; what you had checked is kept\./);
  assert.equal(kernel.pending.silent, true);
  mock.timers.tick(20000);
  assert.equal(heard.length, 1);
  mock.timers.reset();
});

test("a kernel that is gone is said to be at once", () => {
  const gone = talk(() => {
    throw new Error("closed");
  });
  gone.kernel.check(["a"], 0);
  assert.match(gone.heard[0], /restarted or has gone\. To go on, run all cells, the first one first;/);
  const restarted = talk();
  restarted.kernel.check(["a"], 0);
  restarted.kernel.lose();
  assert.match(restarted.heard[0], /restarted or has gone/);
  for (const { kernel } of [gone, restarted]) kernel.stop();
});

test("that the answers stand in a saved notebook is every tab's news", () => {
  const { kernel, sent, heard } = talk();
  kernel.receive({ kind: "stored", document: "0d3f" });
  assert.deepEqual(heard, ["stored as 0d3f"]);
  kernel.stored("0d3f");
  assert.deepEqual(sent, [{ kind: "stored", document: "0d3f" }]);
});

test("practice is begun and left by a message, and a kernel that is gone is said to be", () => {
  const { kernel, sent, heard } = talk();
  kernel.practise("practise");
  kernel.practise("again");
  kernel.practise("leave");
  assert.deepEqual(sent, [{ kind: "practise" }, { kind: "again" }, { kind: "leave" }]);
  assert.deepEqual(heard, []);
  kernel.lose();
  kernel.practise("practise");
  assert.match(heard[0], /restarted or has gone/);
});
