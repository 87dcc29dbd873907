/** Drag and drop within one question. */

/** @typedef {{label: string}} Dragged  What is dragged; the label is what another program gets where it is dropped. */
/**
 * @typedef {object} Moves  What a kind of exercise says about dragging.
 * @property {(node: HTMLElement, event: MouseEvent) => any} lifted  What is dragged with this element: null where it may not be dragged
 *    now, undefined where it is nothing to drag (a text, a picture).
 * @property {(node: Element, dragged: any) => HTMLElement|null} target  The element that takes it, null for none.
 * @property {(target: HTMLElement, dragged: any, event: MouseEvent) => void} drop  Take it.
 * @property {() => void} draw  A drag has begun or ended.
 */

export class Dragging {
  dragged = /** @type {any} */ (null);
  over = /** @type {HTMLElement|null} */ (null);

  constructor(/** @type {HTMLElement} */ root, /** @type {Moves} */ moves) {
    this.moves = moves;
    root.addEventListener("dragstart", (event) => this.started(event));
    root.addEventListener("dragover", (event) => this.moved(event));
    root.addEventListener("drop", (event) => this.dropped(event));
    root.addEventListener("dragleave", () => this.pointAt(null));
    root.addEventListener("dragend", () => this.ended());
  }

  started(/** @type {any} */ event) {
    const dragged = this.moves.lifted(event.target, event);
    if (dragged === undefined) return;
    if (dragged === null) return event.preventDefault();
    this.dragged = dragged;
    event.dataTransfer.setData("text/plain", dragged.label);
    event.dataTransfer.effectAllowed = "copyMove";
    this.moves.draw();
  }

  moved(/** @type {any} */ event) {
    const target = this.targetAt(event);
    this.pointAt(target);
    if (target) event.preventDefault(); // which says: may be dropped here
  }

  dropped(/** @type {any} */ event) {
    const target = this.targetAt(event);
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    this.moves.drop(target, this.dragged, event);
    this.ended();
  }

  ended() {
    this.dragged = null;
    this.pointAt(null);
    this.moves.draw();
  }

  targetAt(/** @type {any} */ event) {
    return this.dragged && this.moves.target(event.target, this.dragged);
  }

  pointAt(/** @type {HTMLElement|null} */ target) {
    if (target === this.over) return;
    this.over?.classList.remove("ac-over");
    target?.classList.add("ac-over");
    this.over = target;
  }
}
