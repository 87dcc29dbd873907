/** A plane with two axes: places in it are pairs of numbers, the second of which grows upwards. */
import { escaped } from "../dom.js";

const SIDE = 260; // pixels

/** @typedef {{least: number, most: number, across: string, up: string}} Axes */

export class Plane {
  constructor(/** @type {Axes} */ axes) {
    this.axes = axes;
  }

  /** Return where a place is drawn; one beyond the edge is drawn at the edge. */
  pixels(/** @type {number[]} */ [x, y]) {
    const { least, most } = this.axes;
    const share = (/** @type {number} */ value) => Math.min(1, Math.max(0, (value - least) / (most - least))) || 0;
    return [SIDE * share(x), SIDE * (1 - share(y))];
  }

  /** Return the place to which a pointer points. */
  pointedAt(/** @type {HTMLElement} */ node, /** @type {PointerEvent} */ { clientX, clientY }) {
    const { left, top, width, height } = node.getBoundingClientRect();
    const { least, most } = this.axes;
    return [least + ((clientX - left) / width) * (most - least), most - ((clientY - top) / height) * (most - least)];
  }

  /** Put an element, which stands above the picture, at a place. */
  put(/** @type {HTMLElement} */ node, /** @type {number[]} */ place) {
    const [x, y] = this.pixels(place);
    node.style.left = `${(100 * x) / SIDE}%`;
    node.style.top = `${(100 * y) / SIDE}%`;
  }

  /** Return the picture of axes, with what is drawn between them. */
  html(/** @type {string} */ drawn) {
    const [x0, y0] = this.pixels([0, 0]);
    const { across, up } = this.axes;
    return `
      <svg viewBox="0 0 ${SIDE} ${SIDE}" aria-hidden="true">
        <path class="ac-axes" d="M0 ${y0}H${SIDE}M${x0} 0V${SIDE}"/>
        <text class="ac-axis-said" x="${SIDE - 4}" y="${y0 + 16}" text-anchor="end">${escaped(across)} →</text>
        <text class="ac-axis-said" x="${x0 - 5}" y="13" text-anchor="end">${escaped(up)} ↑</text>
        ${drawn}
      </svg>`;
  }
}
