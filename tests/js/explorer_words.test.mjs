/** What a state says is said twice, in Python for records and here for the page: in the very same words. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { costInWords } from "../../attention_course/page/js/explorers/cost.js";
import { positionInWords } from "../../attention_course/page/js/explorers/position.js";
import { tapeInWords } from "../../attention_course/page/js/explorers/tape_numbers.js";

const PRINT = `
import itertools, json
from attention_course.exercises.explorers import EXPLORERS
from attention_course.exercises.explorers.cost import OFFERED
from attention_course.exercises.explorers.tape import HEADS, TOKENS, WAYS
states = {
    "tape": [dict(zip(("step", "way", "heads", "tokens"), one)) for one in itertools.product(range(5), WAYS, HEADS, TOKENS)],
    "position": [dict(zip(("scheme", "query", "key", "shift", "head"), one)) for one in itertools.product(
        ("sinusoid", "rope", "alibi"), (0, 12, 32), range(0, 33, 4), (0, 1, 100), (1, 8))],
    "cost": [dict(zip(OFFERED, one)) for one in itertools.product(
        (64, 1024, 131072), (1, 12, 96), (1, 12, 64), (1,), (8, 128, 256), (1, 2, 4))],
}
print(json.dumps({name: [[state, EXPLORERS[name].words(state)] for state in some] for name, some in states.items()}))`;

test("every explorer says its states in the page as in Python", () => {
  const said = JSON.parse(execFileSync("python", ["-c", PRINT], { encoding: "utf8", maxBuffer: 2 ** 24 }));
  for (const [name, words] of Object.entries({ tape: tapeInWords, position: positionInWords, cost: costInWords })) {
    assert.ok(said[name].length > 200);
    for (const [state, text] of said[name]) assert.equal(words(state), text);
  }
});
