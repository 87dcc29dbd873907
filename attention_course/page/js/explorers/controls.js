/** What the controls of several explorers share. */
import { escaped } from "../dom.js";

/** Is this a whole number of the range? */
export function isWhole(/** @type {any} */ value, /** @type {number} */ least, /** @type {number} */ most) {
  return Number.isInteger(value) && least <= value && value <= most;
}

/** Is this one of what is offered? */
export function isOneOf(/** @type {any} */ value, /** @type {any[]} */ offered) {
  return offered.includes(value);
}

/** Return the options of a menu, each a value, or a value and its name. */
export function options(/** @type {(string|number|[string|number, string])[]} */ offered) {
  return offered
    .map((one) => (Array.isArray(one) ? one : [one, String(one)]))
    .map(([value, name]) => `<option value="${escaped(String(value))}">${escaped(String(name))}</option>`)
    .join("");
}

/** Return a menu with its label. */
export function select(
  /** @type {string} */ id,
  /** @type {string} */ label,
  /** @type {(string|number|[string|number, string])[]} */ offered,
) {
  return `<span class="ac-menu"><label for="${id}">${label}</label>
    <select id="${id}">${options(offered)}</select></span>`;
}

/** Return a slider with its label and a place for its value. */
export function slider(
  /** @type {string} */ id,
  /** @type {string} */ label,
  /** @type {number} */ least,
  /** @type {number} */ most,
) {
  return `<div class="ac-slider"><label for="${id}">${label}</label>
    <input id="${id}" type="range" min="${least}" max="${most}" step="1"><output for="${id}"></output></div>`;
}
