/** How sure a student is, chosen with an answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HowSure, howSureHtml } from "../../attention_course/page/js/how_sure.js";
import { phaseOf } from "../../attention_course/page/js/phase.js";

const kind = { empty: [""], obstacle: (picks) => (picks.includes("") ? "Type a number, then check." : "") };
const state = { attempts: 0, left: 1, outcome: "not attempted", done: false, checked_picks: [], practising: false };
const fieldset = { addEventListener() {} };

function sureOf(value, more = {}) {
  return new HowSure({ parts: { sure: fieldset }, state: { ...state, ...more }, model: { get: () => value } });
}

test("a question that does not ask shows nothing and sends nothing", () => {
  assert.equal(howSureHtml(undefined, "u"), "");
  const none = new HowSure({ parts: {}, state, model: { get: () => "" } });
  assert.deepEqual(none.sent, {});
  assert.equal(none.asked(kind), kind);
});

test("the choices are radio buttons of one group, with a legend", () => {
  const html = howSureHtml(["guess", "think", "sure"], "u");
  assert.equal(html.match(/name="u-sure"/g).length, 3);
  assert.match(html, /<legend>How sure are you\?<\/legend>/);
});

test("an answer is ready once it is said how sure it is", () => {
  assert.equal(phaseOf(state, ["1"], null, sureOf("").asked(kind)), "partly");
  assert.equal(sureOf("").asked(kind).obstacle(["1"]), "Say how sure you are, then check.");
  assert.equal(sureOf("").asked(kind).obstacle([""]), "Type a number, then check.");
  assert.equal(phaseOf(state, ["1"], null, sureOf("think").asked(kind)), "ready");
  assert.deepEqual(sureOf("think").sent, { sure: "think" });
});

test("nobody is asked while practising", () => {
  assert.deepEqual(sureOf("", { practising: true }).sent, {});
  assert.equal(sureOf("", { practising: true }).asked(kind), kind);
});
