import assert from "node:assert/strict";
import { test } from "node:test";
import { inLines } from "../../attention_course/page/js/skeleton.js";

test("each line of code knows its indentation", () => {
  const line = (indent, html) => `<span class="ac-line" style="--indent:${indent}ch">${html}\n</span>`;
  const html = '<span class="k">if</span> x:\n<span class="w">    </span>y\n';
  assert.equal(
    inLines(html),
    line(0, '<span class="k">if</span> x:') + line(4, '<span class="w">    </span>y') + line(0, ""),
  );
});
