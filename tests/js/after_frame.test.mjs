/** What waits until a frame is painted: in its order, once, and also where no frame is ever painted. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { AfterFrame } from "../../attention_course/page/js/after_frame.js";

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
afterEach(() => delete globalThis.requestAnimationFrame);

test("things are done in their order after the frame, not before it", async () => {
  const frames = [];
  globalThis.requestAnimationFrame = (paint) => frames.push(paint);
  const [done, afterFrame] = [[], new AfterFrame()];
  afterFrame.do(() => done.push("store"));
  afterFrame.do(() => done.push("save"));
  await later(5);
  assert.deepEqual(done, []);
  assert.equal(frames.length, 1);
  frames[0]();
  assert.deepEqual(done, [], "the frame is about to be painted");
  await later(5);
  assert.deepEqual(done, ["store", "save"]);
  await later(150);
  assert.deepEqual(done, ["store", "save"], "once");
});

test("on a page that is not seen, which paints nothing, they are done all the same", async () => {
  globalThis.requestAnimationFrame = () => {};
  const [done, afterFrame] = [[], new AfterFrame()];
  afterFrame.do(() => done.push("save"));
  await later(200);
  assert.deepEqual(done, ["save"]);
});

test("where a question goes away, what waits is done at once", () => {
  const [done, afterFrame] = [[], new AfterFrame()];
  afterFrame.do(() => done.push("save"));
  afterFrame.now();
  assert.deepEqual(done, ["save"]);
});
