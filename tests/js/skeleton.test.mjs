import assert from "node:assert/strict";
import { test } from "node:test";
import { inLines, programsInLines } from "../../attention_course/page/js/skeleton.js";

test("each line of code knows its indentation", () => {
  const line = (indent, html) => `<span class="ac-line" style="--indent:${indent}ch">${html}\n</span>`;
  const html = '<span class="k">if</span> x:\n<span class="w">    </span>y\n';
  assert.equal(
    inLines(html),
    line(0, '<span class="k">if</span> x:') + line(4, '<span class="w">    </span>y') + line(0, ""),
  );
});

test("each program in a text is brought into such lines", () => {
  const program = (code) => `<p>x</p><pre class="ac-code"><code>${code}</code></pre><pre class="ac-output">y\nz</pre>`;
  assert.equal(programsInLines(program("a\n  b") + program("c")), program(inLines("a\n  b")) + program(inLines("c")));
  assert.equal(programsInLines(""), "");
});
