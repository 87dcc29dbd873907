/** One or several numbers, typed as people write them; what is no number the kernel refuses, at the cost of nothing. */
import { Fields } from "./fields.js";

export class Numeric extends Fields {
  get noun() {
    return "Your number";
  }
}
