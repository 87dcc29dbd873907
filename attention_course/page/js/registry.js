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
