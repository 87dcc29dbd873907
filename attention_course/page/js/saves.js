/**
 * Saves of a notebook take turns: two at once raise a "File Changed" dialog, and a file that is renamed while it is saved
 * a "File Save Error". And what a save is known to have saved.
 */
import { idIn, METADATA_KEY } from "./record.js";
import { sharedFor } from "./shared.js";

/** @typedef {{last: Promise<void>|null, waiting: Promise<void>|null, id: string|null, listeners: Set<() => void>}} Queue
 *    `id` is the one that the notebook has on disk. */

/**
 * Let a notebook's saves and renames take turns, whoever asks for them (Ctrl+S, the menu and autosave, too). A save that
 * waits its turn serves all who asked meanwhile.
 */
export function takeTurns(/** @type {any} */ context) {
  return /** @type {Queue} */ (sharedFor("saves", context, () => queueOf(context)));
}

function queueOf(/** @type {any} */ context) {
  const id = () => idIn(context.model?.getMetadata?.(METADATA_KEY));
  const queue = /** @type {Queue} */ ({ last: null, waiting: null, id: id(), listeners: new Set() });
  const inTurn = (/** @type {() => Promise<void>} */ work) =>
    (queue.last = (async (previous) => {
      await previous?.catch(() => {});
      await work();
    })(queue.last));
  const saveNow = context.save.bind(context);
  const renameNow = context.rename?.bind(context);
  context.save = () =>
    (queue.waiting ??= inTurn(async () => {
      queue.waiting = null;
      const saved = id();
      await saveNow();
      queue.id = saved;
      for (const listener of queue.listeners) listener();
    }));
  if (renameNow) context.rename = (/** @type {string} */ name) => inTurn(() => renameNow(name));
  return queue;
}

/** Save a notebook when it is its turn. */
export function save(/** @type {any} */ context) {
  takeTurns(context);
  return context.save();
}

/** Return the id under which a notebook is saved, null before that. */
export function savedId(/** @type {any} */ context) {
  const { id } = takeTurns(context);
  return id === idIn(context.model?.getMetadata?.(METADATA_KEY)) ? id : null;
}

/** Do something after each save of a notebook; return what ends that. */
export function afterSaves(/** @type {any} */ context, /** @type {() => void} */ listener) {
  const { listeners } = takeTurns(context);
  listeners.add(listener);
  return () => listeners.delete(listener);
}
