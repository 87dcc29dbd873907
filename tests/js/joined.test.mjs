/** The one text that anywidget is given, made of the files that the other tests import one by one. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

// All of them by one Python: to start it, and to pack the files, takes longer than to join them.
const JOINED = `
import json
from attention_course.instructor.release.bare_files import bare
from attention_course.instructor.release.embed_package import package_files
from attention_course.page import assets, joining
from attention_course.recall.today_widget import TodayWidget
from attention_course.training.scrubber import ScrubberWidget
files = bare(package_files("attention_course.training attention_course.recall"), set())
packed = {
    what: joining.script(f"{entry}.js", lambda name: files[f"attention_course/{name}"])
    for what, entry in json.loads('ENTRIES').items()
}
joined = {
    "a question": assets.question_script(),
    "a loader": assets.loader_script(),
    "a summary": assets.summary_script(),
    "a scrubber": ScrubberWidget._esm,
    "what is due today": TodayWidget._esm,
}
print(json.dumps([{what: str(script) for what, script in each.items()} for each in (joined, packed)]))`;
const ENTRIES = {
  "a question": "page/js/widget",
  "a loader": "page/js/loader",
  "a summary": "page/js/summary",
  "a scrubber": "training/scrubber",
  "what is due today": "recall/today",
};
let scripts = null;

function allScripts() {
  const program = JOINED.replace("ENTRIES", JSON.stringify(ENTRIES));
  scripts ??= JSON.parse(execFileSync("python", ["-c", program], { encoding: "utf8", maxBuffer: 1 << 26 }));
  return scripts;
}

function runs(name, which) {
  test(name, async () => {
    const page = await import(`data:text/javascript,${encodeURIComponent(which(allScripts()))}`);
    assert.deepEqual(Object.keys(page), ["default"]);
    assert.equal(typeof page.default.render, "function");
  });
}

for (const what of Object.keys(ENTRIES)) {
  runs(`the joined script of ${what} runs by itself`, ([joined]) => joined[what]);
  runs(`the script of ${what} as a release carries it runs, too`, ([, packed]) => packed[what]);
}
