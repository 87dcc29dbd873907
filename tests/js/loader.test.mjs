/** Where a question's widget finds the script and the style that it shares with all others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { assetsOf } from "../../attention_course/page/js/loader.js";

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
