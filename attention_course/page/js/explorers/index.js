/** Every explorer, by the name under which the kernel sends it. */
import { Scale } from "./scale.js";

export const EXPLORERS = { scale: Scale };
