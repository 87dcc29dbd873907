/** Where a question's widget finds the script and the style that it shares with all others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import loader, { assetsOf } from "../../attention_course/page/js/loader.js";

const HELD = { script: "the script", style: "the style" };

/** A widget's model in a front end that finds other models in one way or another; the kernel answers if it is asked. */
function model(find) {
  const listeners = new Set();
  const asked = [];
  return {
    asked,
    listeners,
    get: (name) => ({ shared: "IPY_MODEL_0d3f" })[name],
    on: (_, listener) => listeners.add(listener),
    off: (_, listener) => listeners.delete(listener),
    send: (message) => {
      asked.push(message);
      for (const listener of [...listeners]) listener({ kind: "finished" });
      for (const listener of [...listeners]) listener({ kind: "assets", ...HELD });
    },
    widget_manager: { get_model: find },
  };
}

test("the model that holds them is found by its id, and the kernel is not asked", async () => {
  const one = model(async (id) => ({ get: (name) => (id === "0d3f" ? HELD[name] : undefined) }));
  assert.deepEqual(await assetsOf(one), HELD);
  assert.deepEqual(one.asked, []);
});

for (const [how, find] of [
  ["refuses", async () => Promise.reject(new Error("widget model not found"))],
  ["knows nothing of it", () => undefined],
  ["cannot look", undefined],
])
  test(`where the front end ${how}, the kernel sends them`, async () => {
    const one = model(find);
    assert.deepEqual(await assetsOf(one), HELD);
    assert.deepEqual(one.asked, [{ kind: "assets" }]);
    assert.equal(one.listeners.size, 0);
  });

test("where the front end never answers, the kernel is asked after three seconds", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const one = model(() => new Promise(() => {}));
  const found = assetsOf(one);
  t.mock.timers.tick(2999);
  await Promise.resolve();
  assert.deepEqual(one.asked, []);
  t.mock.timers.tick(1);
  assert.deepEqual(await found, HELD);
  assert.deepEqual(one.asked, [{ kind: "assets" }]);
});

test("two widgets import the script once, put the style into the page once, and are each shown and taken away", async (t) => {
  const script = `const imports = (globalThis.imports = (globalThis.imports ?? 0) + 1);
    export default { render: ({ el }) => (el.shown = imports, () => (el.shown = 0)) };`;
  const head = [];
  const elements = { getElementById: (id) => head.find((one) => one.id === id) ?? null, createElement: () => ({}) };
  const { Blob, document } = globalThis;
  globalThis.Blob = class {
    constructor([text]) {
      this.text = text;
    }
  };
  globalThis.document = { ...elements, head: { append: (style) => head.push(style) } };
  t.mock.method(URL, "createObjectURL", ({ text }) => `data:text/javascript,${encodeURIComponent(text)}`);
  t.after(() => Object.assign(globalThis, { Blob, document }));
  const shared = { script, style: ".ac-title {}" };
  const [one, two] = [{}, {}];
  const find = async () => ({ get: (name) => shared[name] });
  const ends = await Promise.all([one, two].map((el) => loader.render({ model: model(find), el })));
  assert.deepEqual([one.shown, two.shown, globalThis.imports], [1, 1, 1]);
  assert.deepEqual(head.map(({ id, textContent }) => [id, textContent]), [["attention-course-style", ".ac-title {}"]]);
  ends[0]();
  assert.deepEqual([one.shown, two.shown], [0, 1]);
});
