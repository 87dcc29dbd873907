import assert from "node:assert/strict";
import { test } from "node:test";
import { idIn, isLater, newId, recordIn, revisionOf, withId, withRecord } from "../../attention_course/page/js/record.js";
import { record } from "./documents.mjs";

test("a record is put beside the other questions' records", () => {
  const whole = { version: 1, lesson: "practice", answers: { other: record(4) } };
  const next = withRecord(whole, "practice", "scores", record(1));
  assert.deepEqual(Object.keys(next.answers), ["other", "scores"]);
  assert.deepEqual(Object.keys(whole.answers), ["other"], "what was there is not changed in place");
  assert.deepEqual(recordIn(next, "practice", "scores"), record(1));
});

test("a malformed or foreign whole is replaced, and reads as no record", () => {
  for (const whole of [
    undefined,
    null,
    7,
    "x",
    [],
    {},
    { version: 1, lesson: "practice", answers: [] },
    { version: 1, lesson: "other", answers: {} },
  ]) {
    assert.equal(recordIn(whole, "practice", "scores"), null);
    const expected = { version: 1, lesson: "practice", answers: { scores: record(1) } };
    assert.deepEqual(withRecord(whole, "practice", "scores", record(1)), expected);
  }
  assert.equal(recordIn({ version: 1, lesson: "practice", answers: {} }, "practice", "toString"), null);
});

test("an answer in a record may be any JSON value but none", () => {
  const at = "2026-03-01T09:41:00+01:00";
  for (const picks of [["a"], "def f(): ...", 0, { order: [1, 0] }])
    assert.equal(revisionOf({ revision: 3, attempts: [{ picks, at }] }), 3);
  for (const attempt of [5, null, { at }, { picks: null, at }, { picks: ["a"] }, { picks: ["a"], at: 7 }])
    assert.equal(revisionOf({ revision: 3, attempts: [attempt] }), -1);
});

test("of two records the one with the higher revision is later, and then the one answered last", () => {
  const at = (time, revision = 1) => ({ revision, attempts: [{ picks: ["a"], at: time }] });
  const [early, late] = ["2026-03-01T09:41:00+01:00", "2026-03-01T09:00:00+00:00"]; // the first is 08:41 there
  assert.ok(isLater(at(early, 2), at(late, 1)));
  assert.ok(!isLater(at(late, 1), at(early, 2)));
  assert.ok(isLater(at(late), at(early)));
  assert.ok(!isLater(at(early), at(late)));
  assert.ok(!isLater(at(early), at(early)));
  assert.ok(isLater(at(early), null));
  assert.ok(isLater(at(early), { revision: 9, attempts: [5] }), "a malformed one is none");
  assert.ok(!isLater({ revision: 0, attempts: [] }, null));
  assert.ok(!isLater(at("never"), at(early)));
});

test("the id stays with the record, and belongs to this lesson", () => {
  const whole = withId(undefined, "practice", "0d3f");
  assert.equal(idIn(withRecord(whole, "practice", "scores", record(1))), "0d3f");
  assert.equal(idIn(withRecord({ ...whole, lesson: "other" }, "practice", "scores", record(1))), null);
  for (const none of [undefined, null, {}, { id: 3 }, "x"]) assert.equal(idIn(none), null);
  assert.notEqual(newId(), newId());
});
