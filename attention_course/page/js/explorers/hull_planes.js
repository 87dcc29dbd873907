/** The two planes of the explorer `hull`, and the points in them: that of the keys, and that of the values. */
import { FARTHEST, SENTENCE } from "./hull_numbers.js";
import { Plane } from "./plane.js";

export const KEY_PLANE = new Plane({ least: -FARTHEST, most: FARTHEST, across: "animal", up: "feeling" });
export const VALUE_PLANE = new Plane({ least: -0.9, most: 3.6, across: "furry", up: "weary" });

/** Return the places of several points, with the names of all that lie there. */
export function placesOf(/** @type {number[][]} */ points) {
  const found = /** @type {Map<string, {place: number[], members: number[]}>} */ (new Map());
  points.forEach((place, i) => {
    if (!found.has(String(place))) found.set(String(place), { place, members: [] });
    found.get(String(place)).members.push(i);
  });
  return [...found.values()];
}

/** Return points with their names; those at the origin, of which there are several, have them below. */
export function pointsHtml(/** @type {Plane} */ plane, /** @type {number[][]} */ points, /** @type {string} */ role) {
  const point = (/** @type {{place: number[], members: number[]}} */ { place, members }) => {
    const [x, y] = plane.pixels(place);
    const isMany = members.length > 1;
    const label = members.map((i) => SENTENCE[i]).join(", ");
    const below = plane === KEY_PLANE ? [-4, 20, "end"] : [-4, 38, "start"]; // further, where the dot may grow
    const [dx, dy, anchor] = isMany ? below : [7, -8, "start"];
    return `<circle class="ac-point" data-role="${role}" cx="${x}" cy="${y}" r="5"/>
      <text class="ac-point-said" data-role="${role}" x="${x + dx}" y="${y + dy}" text-anchor="${anchor}">${label}</text>`;
  };
  return placesOf(points).map(point).join("");
}
