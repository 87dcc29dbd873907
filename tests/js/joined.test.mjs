/** The one text that anywidget is given, made of the files that the other tests import one by one. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

test("the joined script runs by itself", async () => {
  const printed = "from attention_course.page import assets; print(assets.question_script())";
  const script = execFileSync("python", ["-c", printed], { encoding: "utf8" });
  const page = await import(`data:text/javascript,${encodeURIComponent(script)}`);
  assert.deepEqual(Object.keys(page), ["default"]);
  assert.equal(typeof page.default.render, "function");
});
