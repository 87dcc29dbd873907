/** The record of all answers as it stands in a notebook's metadata: pure functions. */

/** @typedef {import("./state.js").AnswerRecord} AnswerRecord */

const VERSION = 1;

/** Return how late a record is, -1 for none or a malformed one. */
export function revisionOf(/** @type {any} */ record) {
  const isAttempt = (/** @type {any} */ attempt) => (attempt?.picks ?? null) !== null && typeof attempt.at === "string";
  const isRecord =
    Number.isInteger(record?.revision) && Array.isArray(record.attempts) && record.attempts.every(isAttempt);
  return isRecord ? record.revision : -1;
}

/** Does this metadata value hold answers to this lesson? */
function isOurs(/** @type {any} */ whole, /** @type {string} */ lesson) {
  const answers = whole?.answers;
  return (
    whole?.version === VERSION && whole.lesson === lesson && Object(answers) === answers && !Array.isArray(answers)
  );
}

/** Return a question's part of the notebook's record, null where there is none. */
export function recordIn(/** @type {any} */ whole, /** @type {string} */ lesson, /** @type {string} */ name) {
  return isOurs(whole, lesson) && Object.hasOwn(whole.answers, name) ? whole.answers[name] : null;
}

/** Return the notebook's record with a question's part replaced; what is no record of this lesson is dropped. */
export function withRecord(
  /** @type {any} */ whole,
  /** @type {string} */ lesson,
  /** @type {string} */ name,
  /** @type {AnswerRecord} */ record,
) {
  const kept = isOurs(whole, lesson) ? whole : { version: VERSION, lesson, answers: {} };
  return { ...kept, answers: { ...kept.answers, [name]: record } };
}
