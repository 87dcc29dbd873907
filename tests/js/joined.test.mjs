/** The one text that anywidget is given, made of the files that the other tests import one by one. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const PACKED = `
from attention_course.instructor.release.bare_files import bare
from attention_course.instructor.release.embed_package import package_files
from attention_course.page import joining
files = bare(package_files("attention_course.training attention_course.recall"), set())
print(joining.script("ENTRY.js", lambda name: files[f"attention_course/{name}"]))`;

function runs(name, printed) {
  test(name, async () => {
    const script = execFileSync("python", ["-c", printed], { encoding: "utf8" });
    const page = await import(`data:text/javascript,${encodeURIComponent(script)}`);
    assert.deepEqual(Object.keys(page), ["default"]);
    assert.equal(typeof page.default.render, "function");
  });
}

for (const [what, entry] of [
  ["question", "widget"],
  ["loader", "loader"],
  ["summary", "summary"],
]) {
  const printed = `from attention_course.page import assets; print(assets.${what}_script())`;
  runs(`the joined script of a ${what} runs by itself`, printed);
  runs(`the script of a ${what} as a release carries it runs, too`, PACKED.replace("ENTRY", `page/js/${entry}`));
}
runs(
  "the joined script of a scrubber runs by itself",
  "from attention_course.training.scrubber import ScrubberWidget; print(ScrubberWidget._esm)",
);
runs("the script of a scrubber as a release carries it runs, too", PACKED.replace("ENTRY", "training/scrubber"));
runs(
  "the joined script of what is due today runs by itself",
  "from attention_course.recall.today_widget import TodayWidget; print(TodayWidget._esm)",
);
runs("the script of what is due today as a release carries it runs, too", PACKED.replace("ENTRY", "recall/today"));
