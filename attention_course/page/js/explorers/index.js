/** Every explorer, by the name under which the kernel sends it. */
import { Hull } from "./hull.js";
import { Mask } from "./mask.js";
import { Scale } from "./scale.js";

export const EXPLORERS = {
  hull: Hull,
  mask: Mask,
  scale: Scale,
};
