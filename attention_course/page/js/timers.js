/** Timers that end with the page. */
export class Timers {
  running = new Set();

  /** Do something later, unless the page is gone by then. */
  later(/** @type {() => void} */ action, /** @type {number} */ milliseconds) {
    const timer = setTimeout(() => {
      this.running.delete(timer);
      action();
    }, milliseconds);
    this.running.add(timer);
  }

  /** Let nothing more happen. */
  stop() {
    for (const timer of this.running) clearTimeout(timer);
  }
}
