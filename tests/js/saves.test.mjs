import assert from "node:assert/strict";
import { test } from "node:test";

const SAVES = "../../attention_course/page/js/saves.js";
const { afterSaves, save, savedId } = await import(SAVES);

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

test("a notebook is renamed when it has been saved, and saved when it has been renamed", async () => {
  const done = [];
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  const later = (what) => async () => {
    await turn();
    done.push(what);
  };
  const context = { save: later("saved"), rename: async (name) => later(name)() };
  const first = save(context);
  await new Promise((resolve) => queueMicrotask(resolve)); // it has begun
  const renamed = context.rename("mine");
  await Promise.all([first, renamed, context.save()]);
  assert.deepEqual(done, ["saved", "mine", "saved"]);
});

const METADATA_KEY = "attention_course";

/** A notebook whose saves can be made to fail. */
function saved(id) {
  const metadata = { [METADATA_KEY]: id && { id } };
  const context = { fails: false, model: { getMetadata: (key) => metadata[key] } };
  context.save = async () => {
    if (context.fails) throw new Error("disk full");
  };
  return { context, metadata };
}

test("an id that a notebook was loaded with is on disk, one that was given to it only after a save", async () => {
  assert.equal(savedId(saved("loaded").context), "loaded");
  const { context, metadata } = saved(null);
  assert.equal(savedId(context), null);
  metadata[METADATA_KEY] = { id: "given" };
  assert.equal(savedId(context), null);
  context.fails = true;
  await assert.rejects(save(context));
  assert.equal(savedId(context), null);
  context.fails = false;
  await save(context);
  assert.equal(savedId(context), "given");
});

test("where another notebook was put in its place, the old id is not its own", () => {
  const { context, metadata } = saved("old");
  assert.equal(savedId(context), "old");
  metadata[METADATA_KEY] = undefined; // a fresh copy, reloaded from disk
  assert.equal(savedId(context), null);
});

test("whoever asked for it hears of each save, and of no failed one, until it is ended", async () => {
  const { context } = saved(null);
  let heard = 0;
  const end = afterSaves(context, () => heard++);
  await save(context);
  assert.equal(heard, 1);
  context.fails = true;
  await assert.rejects(save(context));
  assert.equal(heard, 1);
  context.fails = false;
  end();
  await save(context);
  assert.equal(heard, 1);
});
