/** Every explorer, by the name under which the kernel sends it. */
import { Cost } from "./cost.js";
import { Hull } from "./hull.js";
import { Mask } from "./mask.js";
import { Position } from "./position.js";
import { Scale } from "./scale.js";
import { Tape } from "./tape.js";

export const EXPLORERS = {
  hull: Hull,
  scale: Scale,
  mask: Mask,
  tape: Tape,
  position: Position,
  cost: Cost,
};
