/** The record of all answers as it stands in a notebook's metadata: pure functions. */

/** @typedef {import("./state.js").AnswerRecord} AnswerRecord */

export const METADATA_KEY = "attention_course";
const VERSION = 1;

/** Return how late a record is, -1 for none or a malformed one. */
export function revisionOf(/** @type {any} */ record) {
  const isAttempt = (/** @type {any} */ attempt) => (attempt?.picks ?? null) !== null && typeof attempt.at === "string";
  const isRecord =
    Number.isInteger(record?.revision) && Array.isArray(record.attempts) && record.attempts.every(isAttempt);
  return isRecord ? record.revision : -1;
}

/** Return whether a record is the later one of two: by its revision, and then by its last attempt. */
export function isLater(/** @type {AnswerRecord} */ record, /** @type {any} */ known) {
  const [revision, other] = [record.revision, Math.max(0, revisionOf(known))];
  return revision > other || (revision === other && answeredAt(record) > answeredAt(known));
}

function answeredAt(/** @type {any} */ record) {
  return (revisionOf(record) > 0 && Date.parse(record.attempts.at(-1)?.at)) || 0;
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

/** Return the id by which a notebook is told from others, null where it has none. */
export function idIn(/** @type {any} */ whole) {
  return typeof whole?.id === "string" ? whole.id : null;
}

/** Return the notebook's record with a question's part replaced; what is no record of this lesson is dropped. */
export function withRecord(
  /** @type {any} */ whole,
  /** @type {string} */ lesson,
  /** @type {string} */ name,
  /** @type {AnswerRecord} */ record,
) {
  const kept = ours(whole, lesson);
  return { ...kept, answers: { ...kept.answers, [name]: record } };
}

/** Return the notebook's record with an id. */
export function withId(/** @type {any} */ whole, /** @type {string} */ lesson, /** @type {string} */ id) {
  return { ...ours(whole, lesson), id };
}

function ours(/** @type {any} */ whole, /** @type {string} */ lesson) {
  return isOurs(whole, lesson) ? whole : { version: VERSION, lesson, answers: {} };
}

/** Return a new id. */
export function newId() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(12))]; // randomUUID is there on safe connections alone
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
