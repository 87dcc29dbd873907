import assert from "node:assert/strict";
import { test } from "node:test";
import { Card, reviewed } from "../../attention_course/page/js/card.js";
import { attemptsLine } from "../../attention_course/page/js/phase.js";
import { enter, leave, nextCard, orderCards } from "../../attention_course/page/js/registry.js";
import { dataAddress } from "../../attention_course/recall/today_page.js";
import { zoneMinutes } from "../../attention_course/page/js/zone.js";

test("a review is a text, a rating and a wait, and nothing where it is another thing", () => {
  assert.deepEqual(reviewed(["a", "good", "3"]), ["a", "good", "3"]);
  for (const bad of [null, "a", ["a", "good"], ["a", "good", 3], [1, "", ""]]) assert.deepEqual(reviewed(bad), ["", "", ""]);
});

test("nothing is shown before something is written", () => {
  const card = new Card({ missing: "Write." });
  assert.equal(card.obstacle(["  ", "", ""]), "Write.");
  assert.equal(card.obstacle(["?", "", ""]), "");
  assert.deepEqual(card.empty, ["", "", ""]);
});

test("the next card is the first that is due in the notebook, by the order in which they come", () => {
  const manager = {};
  const page = (name, done = false, kind = "card", lesson = "recall") => ({
    view: { lesson, name, kind },
    model: { widget_manager: manager },
    state: { done },
  });
  const pages = [page("a"), page("b"), page("c", true), page("d"), page("e", false, "choice"), page("f", false, "card", "x")];
  pages.forEach(enter);
  assert.equal(nextCard(pages[0]).view.name, "b");
  orderCards("recall", ["d", "a"]);
  assert.equal(nextCard(pages[0]).view.name, "d");
  assert.equal(nextCard(pages[3]).view.name, "a");
  pages[0].state.done = pages[3].state.done = true;
  assert.equal(nextCard(pages[0]).view.name, "b");
  assert.equal(nextCard(pages[1]), undefined);
  pages.forEach(leave);
});

test("what is said of attempts is the kind's own where it has a word", () => {
  const state = { attempts: 0 };
  assert.equal(attemptsLine(state, { allowed: null, committed: true, once: "nobody judges it" }), "nobody judges it");
  assert.equal(attemptsLine(state, { allowed: 1, committed: true }), "once, and nobody judges it");
});

test("a link holds a file whole, whatever letters it has", async () => {
  const text = "a,b#c%\r\nü √";
  assert.equal(await (await fetch(dataAddress("text/calendar", text))).text(), text);
});

test("the zone is a whole number of minutes, never a negative nothing", () => {
  assert.ok(Number.isInteger(zoneMinutes()));
  assert.ok(!Object.is(zoneMinutes(), -0));
});
