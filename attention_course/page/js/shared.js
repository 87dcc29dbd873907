/** What all widgets of a page share: anywidget imports the page's text once for each widget, so it hangs on `globalThis`. */

/** Return what the widgets of a page have in common under a name; whoever asks first makes it. */
export function shared(/** @type {string} */ name, /** @type {() => any} */ make) {
  return (globalThis[Symbol.for(`attention-course.${name}`)] ??= make());
}

/** Return what they have in common for one object, which may be sealed; whoever asks first makes it. */
export function sharedFor(/** @type {string} */ name, /** @type {object} */ object, /** @type {() => any} */ make) {
  const all = shared(name, () => new WeakMap());
  if (!all.has(object)) all.set(object, make());
  return all.get(object);
}
