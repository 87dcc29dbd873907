/** A shape for each named tensor, typed in symbols or in numbers; the kernel refuses what is no shape. */
import { Fields } from "./fields.js";

export class Shapes extends Fields {
  get noun() {
    return "Its shape";
  }
}
