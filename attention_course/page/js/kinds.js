/** Every kind of exercise, by the name under which the kernel sends it. */
import { Blanks } from "./blanks.js";
import { Choice } from "./choice.js";
import { Write } from "./write.js";

export const KINDS = { blanks: Blanks, choice: Choice, write: Write };
