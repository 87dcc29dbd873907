/** Every kind of exercise, by the name under which the kernel sends it. */
import { Blanks } from "./blanks.js";
import { Card } from "./card.js";
import { Choice } from "./choice.js";
import { Explain } from "./explain.js";
import { Explore } from "./explore.js";
import { Numeric } from "./numeric.js";
import { Order } from "./order.js";
import { Predict } from "./predict.js";
import { Shapes } from "./shapes.js";
import { Write } from "./write.js";

export const KINDS = {
  blanks: Blanks,
  card: Card,
  choice: Choice,
  explain: Explain,
  explore: Explore,
  numeric: Numeric,
  order: Order,
  predict: Predict,
  shapes: Shapes,
  write: Write,
};
