import assert from "node:assert/strict";
import { test } from "node:test";

const SAVES = "../../attention_course/page/js/saves.js";
const { save } = await import(SAVES);

test("saves never overlap, those that wait are made one, and a failed one does not stop the next", async () => {
  const finish = [];
  let running = 0;
  let most = 0;
  const context = {
    save: () => {
      most = Math.max(most, ++running);
      return new Promise((resolve, reject) => finish.push({ resolve, reject })).finally(() => running--);
    },
  };
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  const first = save(context);
  await turn();
  const [second, third] = [save(context), save(context)];
  await turn();
  assert.equal(finish.length, 1);
  finish[0].reject(new Error("File Changed"));
  await assert.rejects(first);
  await turn();
  assert.equal(finish.length, 2, "the second and third are one save");
  finish[1].resolve();
  await Promise.all([second, third]);
  assert.equal(most, 1);
  const other = await import(`${SAVES}?of=another-widget`); // each widget has a copy of its own
  assert.notEqual(other.save, save);
  other.save(context);
  context.save(); // as Ctrl+S does
  await turn();
  assert.equal(
    finish.length,
    3,
    "another widget's copy of this module, and the notebook's own commands, share the queue",
  );
});
