/** Small helpers for elements. */

export const HANDLE = 'role="button" tabindex="0"'; // of a <span>, as Firefox drags no <button>

/** Return the elements within a root that a selector finds. */
export function all(/** @type {Element} */ root, /** @type {string} */ selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

/** Set an attribute, or take it away where the value is false. */
export function mark(/** @type {Element} */ node, /** @type {string} */ name, /** @type {string|boolean} */ value) {
  if (value === false) node.removeAttribute(name);
  else node.setAttribute(name, String(value));
}

/** Return a text as it stands in HTML. */
export function escaped(/** @type {string} */ text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const painted = new WeakMap();

/** Set an element's content only where it changed: what is open, selected or being pressed in the rest of it stays so. */
export function paint(/** @type {Element} */ node, /** @type {string} */ html) {
  if (painted.get(node) === html) return;
  painted.set(node, html);
  const fresh = /** @type {Element} */ (node.cloneNode(false));
  fresh.innerHTML = html;
  suppressShortcuts(fresh);
  renew(node, fresh);
}

/** Give a node the children of another one, but let those stay, in their order, that it has already. */
function renew(/** @type {Node} */ node, /** @type {Node} */ fresh) {
  let next = node.firstChild;
  for (const child of [...fresh.childNodes]) {
    let same = next;
    while (same && !same.isEqualNode(child)) same = same.nextSibling;
    if (!same) node.insertBefore(child, next);
    else {
      while (next !== same) next = removed(next);
      next = same.nextSibling;
    }
  }
  while (next) next = removed(next);
}

/** Take a node away, and return the one that stood after it. */
function removed(/** @type {any} */ node) {
  const { nextSibling } = node;
  node.remove();
  return nextSibling;
}

/** Keep the notebook's one-key shortcuts (x cuts the cell) from whatever here may hold the focus. */
export function suppressShortcuts(/** @type {Element} */ node) {
  for (const inner of all(node, "button, input, textarea, select, summary, pre, a, [tabindex]"))
    inner.setAttribute("data-lm-suppress-shortcuts", "true");
}

/** Bring elements into an order at the end of their parent; the focus stays where it is. */
export function arrange(/** @type {Element} */ parent, /** @type {HTMLElement[]} */ elements) {
  const now = [...parent.children].slice(-elements.length);
  if (elements.every((element, i) => element === now[i])) return;
  const focused = /** @type {HTMLElement|null} */ (elements.find((element) => element.contains(document.activeElement)));
  const holder = focused && /** @type {HTMLElement} */ (document.activeElement);
  parent.append(...elements);
  holder?.focus({ preventScroll: true });
}
