/** The questions on this page, so that a summary can lead to them: each widget has a script of its own. */
import { shared } from "./shared.js";

/** @typedef {import("./question_page.js").QuestionPage} QuestionPage */

function pages() {
  return /** @type {Set<QuestionPage>} */ (shared("questions", () => new Set()));
}

/** A question is on the page. */
export function enter(/** @type {QuestionPage} */ page) {
  pages().add(page);
}

/** A question is on the page no more. */
export function leave(/** @type {QuestionPage} */ page) {
  pages().delete(page);
}

/** Return a question of a notebook that is on the page, undefined where there is none. */
export function questionNamed(
  /** @type {string} */ lesson,
  /** @type {string} */ name,
  /** @type {any} */ manager,
) {
  const isMeant = (/** @type {QuestionPage} */ { view, model }) =>
    view.lesson === lesson && view.name === name && model.widget_manager === manager;
  return [...pages()].find(isMeant);
}

/** The cards that are due, by lesson, in the order in which they come. */
function due() {
  return /** @type {Map<string, string[]>} */ (shared("due", () => new Map()));
}

/** Note in which order a lesson's cards come. */
export function orderCards(/** @type {string} */ lesson, /** @type {string[]} */ names) {
  due().set(lesson, names);
}

/** Return the next card of a card's notebook that is due and on the page, undefined where there is none. */
export function nextCard(/** @type {QuestionPage} */ { view, model }) {
  const isMeant = (/** @type {QuestionPage} */ other) =>
    other.view.lesson === view.lesson && other.model.widget_manager === model.widget_manager && other.view.kind === "card";
  const order = due().get(view.lesson) ?? [];
  const place = (/** @type {QuestionPage} */ { view: { name } }) => (order.indexOf(name) + order.length) % order.length || 0;
  const cards = [...pages()].filter((other) => isMeant(other) && other.view.name !== view.name && !other.state.done);
  return cards.sort((one, other) => place(one) - place(other))[0];
}
