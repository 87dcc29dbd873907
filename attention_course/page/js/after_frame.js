/** What nobody waits for is done once the frame is painted that shows what everybody waits for. */

const LATEST = 100; // milliseconds: a page that is not seen paints no frame

/** Does things in their order after the next frame. */
export class AfterFrame {
  waiting = /** @type {(() => void)[]} */ ([]);
  timer = /** @type {any} */ (null);

  do(/** @type {() => void} */ action) {
    this.waiting.push(action);
    if (this.timer !== null) return;
    this.timer = setTimeout(() => this.now(), LATEST);
    globalThis.requestAnimationFrame?.(() => setTimeout(() => this.now()));
  }

  /** Do now what waits. */
  now() {
    clearTimeout(this.timer);
    this.timer = null;
    for (const action of this.waiting.splice(0)) action();
  }
}
