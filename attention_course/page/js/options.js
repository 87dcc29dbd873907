/** Options, as the kinds share them that offer some. */

/** @typedef {{id: string, letter: string, label: string, html: string}} Option  `id` is what is recorded as a pick,
 *    `letter` and `html` are what is shown, `label` is the plain text that is read out. */

/** Return options in an order of ids, which gives them their letters; those that it does not name come last. */
export function inOrder(/** @type {Omit<Option, "letter">[]} */ options, /** @type {string[]} */ order) {
  const place = (/** @type {string} */ id) => (order.includes(id) ? order.indexOf(id) : order.length);
  const sorted = [...options].sort((one, other) => place(one.id) - place(other.id));
  return /** @type {Option[]} */ (sorted.map((option, i) => ({ ...option, letter: String.fromCharCode(65 + i) })));
}

/** Return one pick for each part of an answer, "" where there is none that was offered. */
export function offered(/** @type {unknown} */ picks, /** @type {Option[]} */ options, /** @type {number} */ parts) {
  const ids = new Set(options.map(({ id }) => id));
  const given = Array.isArray(picks) ? picks : [];
  return Array.from({ length: parts }, (_, i) => /** @type {string} */ (ids.has(given[i]) ? given[i] : ""));
}
