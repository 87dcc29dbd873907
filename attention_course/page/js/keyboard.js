/** Keys: what a key does in a question is done once, and the notebook around it does not hear of it. */

const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** Do `meant(key, target)` at each key on what a selector finds; it says whether the key means anything there. */
export function onKeys(
  /** @type {HTMLElement} */ root,
  /** @type {string} */ selector,
  /** @type {(key: string, target: HTMLElement) => boolean} */ meant,
) {
  root.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || !target.matches(selector)) return;
    if (meant(event.key, target)) keepToItself(event);
  });
}

/** Do `save()` at Ctrl+S or Cmd+S; it says whether it could, for else the page's own shortcut may. */
export function onSaveKeys(/** @type {HTMLElement} */ root, /** @type {() => boolean} */ save) {
  root.addEventListener("keydown", (event) => {
    const command = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (command && event.key.toLowerCase() === "s" && save()) keepToItself(event);
  });
}

/** Return the element of a row to which an arrow key leads, from its end to its beginning; null for other keys. */
export function neighbour(
  /** @type {HTMLElement[]} */ row,
  /** @type {HTMLElement} */ node,
  /** @type {string} */ key,
) {
  const step = STEPS[key];
  return step ? row[(row.indexOf(node) + step + row.length) % row.length] : null;
}

function keepToItself(/** @type {Event} */ event) {
  event.preventDefault();
  event.stopPropagation();
}
