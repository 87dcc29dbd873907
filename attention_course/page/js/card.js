/**
 * A card: something is written from memory, then the answer is shown, then one rates oneself. An answer is the text, the
 * rating and the wait in days, which the kernel reckons; while the card rests, its answer stays in sight.
 */
import { all, escaped, mark, paint } from "./dom.js";
import { onKeys } from "./keyboard.js";
import { Kind } from "./kind.js";
import { nextCard } from "./registry.js";

/** @typedef {{rating: string, then: string}} Rating  A rating, and when the card comes again then. */

/** Return an answer of the right form. */
export function reviewed(/** @type {unknown} */ picks) {
  const isOne = Array.isArray(picks) && picks.length === 3 && picks.every((part) => typeof part === "string");
  return /** @type {[string, string, string]} */ (isOne ? picks : ["", "", ""]);
}

export class Card extends Kind {
  words = { check: "Show the answer", busy: "Looking…", done: "", running: "", shown: "" };
  resets = false;
  looks = false; // was the answer asked for here, so that the focus goes to it?
  rates = false; // was it rated here, so that what comes of it is said?

  get empty() {
    return ["", "", ""];
  }

  fitted(/** @type {unknown} */ picks) {
    return reviewed(picks);
  }

  obstacle(/** @type {string[]} */ [text]) {
    return text.trim() ? "" : this.view.missing;
  }

  html(/** @type {string} */ uid) {
    return `
      <div class="ac-answer ac-card">
        <div class="ac-yours">
          <label for="${uid}-text">From memory</label>
          <textarea id="${uid}-text" rows="2" maxlength="${this.view.longest}" autocomplete="off" autocapitalize="off"
            aria-describedby="${uid}-about" spellcheck="false"></textarea>
          <p class="ac-caption" id="${uid}-about"></p>
        </div>
        <div class="ac-model" hidden>
          <h4 tabindex="-1">The answer</h4>
          <div class="ac-card-text"></div>
          <div class="ac-card-picture"></div>
          <div class="ac-ratings" role="group" aria-label="How well did you know it?">
            <span aria-hidden="true">How well did you know it?</span>
            <span class="ac-rating-buttons"></span>
          </div>
          <details class="ac-reviews"><summary></summary><ul></ul></details>
          <button type="button" class="ac-next-card">Next card that is due</button>
        </div>
      </div>`;
  }

  built(/** @type {HTMLElement} */ root) {
    const names = ["yours", "model", "card-text", "card-picture", "ratings", "rating-buttons", "reviews", "next-card"];
    const found = names.map((name) => [name, all(root, `.ac-card .ac-${name}`)[0]]);
    this.parts = /** @type {{[name: string]: HTMLElement}} */ (Object.fromEntries(found));
    this.text = /** @type {HTMLTextAreaElement} */ (all(root, ".ac-card textarea")[0]);
    [this.about] = all(root, ".ac-card .ac-caption");
    [this.heading] = all(root, ".ac-card h4");
    this.text.addEventListener("input", () => {
      if (!this.page.locked) this.page.setPicks([this.text.value, "", ""]);
    });
    onKeys(root, ".ac-card textarea", (key) => key === "Enter" && this.entered());
    this.parts["rating-buttons"].addEventListener("click", (event) => this.clicked(/** @type {Element} */ (event.target)));
    this.parts["next-card"].addEventListener("click", () => nextCard(this.page)?.lead());
  }

  /** The answer was asked for: once it is there, the focus goes to it. */
  letGo() {
    this.looks = true;
  }

  entered() {
    this.page.check();
    return true;
  }

  clicked(/** @type {Element} */ target) {
    const { rating } = /** @type {HTMLElement} */ (target.closest("[data-rating]"))?.dataset ?? {};
    const { picks, kernel, state } = this.page;
    if (!rating || kernel.pending || (rating === picks[1] && state.checked_picks?.[1] === rating)) return;
    this.page.amend([picks[0], rating, ""]);
    this.rates = true;
  }

  // ---- what is seen

  draw() {
    const { picks, state, locked, kernel } = this.page;
    const { revealed } = state;
    this.checks = !state.done; // what there is to do then is to rate
    if (this.text.value !== picks[0]) this.text.value = picks[0];
    mark(this.text, "readonly", locked);
    this.about.textContent = state.done ? "" : (state.since || "New") + ". Nothing comes? Write ?";
    this.parts.model.hidden = !revealed;
    if (!revealed && !kernel.pending) this.looks = false; // it was refused
    if (!revealed) return;
    paint(this.parts["card-text"], revealed.answer_html);
    paint(this.parts["card-picture"], revealed.picture_html);
    this.drawRatings(revealed.ratings, picks[1]);
    this.drawReviews(revealed.reviews);
    this.parts["next-card"].hidden = !picks[1] || !nextCard(this.page);
    if (kernel.pending) return;
    if (this.looks) this.heading.focus({ preventScroll: true });
    if (this.rates) this.page.say(this.page.parts.verdict.textContent);
    this.looks = this.rates = false;
  }

  /** Paint the ratings: the buttons stay the same ones, since one of them holds the focus. */
  drawRatings(/** @type {Rating[]} */ ratings, /** @type {string} */ chosen) {
    const { ratings: group, "rating-buttons": place } = this.parts;
    group.hidden = ratings.length === 0;
    const button = ({ rating, then }) =>
      `<button type="button" data-rating="${rating}"><span>${rating}</span><small>${escaped(then)}</small></button>`;
    paint(place, ratings.map(button).join(""));
    for (const made of all(place, "button")) mark(made, "aria-pressed", String(made.dataset.rating === chosen));
  }

  drawReviews(/** @type {string[]} */ reviews) {
    const [summary, list] = /** @type {HTMLElement[]} */ ([...this.parts.reviews.children]);
    summary.textContent = `${reviews.length} review${reviews.length === 1 ? "" : "s"}`;
    paint(list, reviews.map((review) => `<li>${escaped(review)}</li>`).join(""));
  }
}
