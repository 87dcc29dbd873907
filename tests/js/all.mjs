// Every test of the page's own, in one process: to start one for each file takes longer than all that they do.

import { readdirSync } from "node:fs";

const here = new URL("./", import.meta.url);

for (const name of readdirSync(here).sort()) {
  if (name.endsWith(".test.mjs")) await import(new URL(name, here));
}
