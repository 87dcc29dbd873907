import assert from "node:assert/strict";
import { test } from "node:test";
import { Dragging } from "../../attention_course/page/js/dragging.js";

/** A root element on which drags are played, with what became of them; `lifted` and `target` are what a kind says. */
function playground({ lifted, target }) {
  const root = Object.assign(new EventTarget(), { classList: new Set() });
  root.classList.remove = root.classList.delete;
  const [dropped, said] = [[], {}];
  const moves = { lifted: () => lifted, target: () => target && root, drop: (_, held) => dropped.push(held), draw() {} };
  const dragging = new Dragging(root, moves);
  const play = (name) => {
    const event = new Event(name, { cancelable: true });
    event.dataTransfer = { setData: (type, text) => (said[type] = text) };
    root.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { root, dropped, said, dragging, play };
}

test("what is dragged is dropped where it may be", () => {
  const held = { id: "n1", label: "key" };
  const { root, dropped, said, dragging, play } = playground({ lifted: held, target: true });
  assert.equal(play("dragstart"), false);
  assert.equal(said["text/plain"], "key", "another program gets the words, not the identity");
  assert.equal(play("dragover"), true, "which says: may be dropped here");
  assert.ok(root.classList.has("ac-over"));
  play("drop");
  assert.deepEqual(dropped, [held]);
  assert.equal(dragging.dragged, null);
  assert.ok(!root.classList.has("ac-over"));
});

test("what may not be moved is not dragged, and a text or a picture is the browser's", () => {
  assert.equal(playground({ lifted: null }).play("dragstart"), true);
  assert.equal(playground({ lifted: undefined }).play("dragstart"), false);
});

test("where it may not be dropped, and from another question, nothing is", () => {
  const nowhere = playground({ lifted: { label: "key" }, target: null });
  nowhere.play("dragstart");
  assert.equal(nowhere.play("dragover"), false);
  nowhere.play("drop");
  const other = playground({ lifted: { label: "key" }, target: true });
  assert.equal(other.play("dragover"), false, "its own drag has not begun");
  other.play("drop");
  assert.deepEqual([...nowhere.dropped, ...other.dropped], []);
});
