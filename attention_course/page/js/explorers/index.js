/** Every explorer, by the name under which the kernel sends it. */
import { Cost } from "./cost.js";
import { Position } from "./position.js";
import { Scale } from "./scale.js";
import { Tape } from "./tape.js";

export const EXPLORERS = {
  scale: Scale,
  tape: Tape,
  position: Position,
  cost: Cost,
};
