/** Saves of a notebook take turns: two at once raise a "File Changed" dialog. */

// anywidget imports the page's text once for each widget, so what all widgets share hangs on `globalThis`.
const SAVES = Symbol.for("attention-course.saves");

/**
 * Let a notebook's saves take turns, whoever asks for them (Ctrl+S, the menu and autosave, too). A save that waits its
 * turn serves all who asked meanwhile.
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
