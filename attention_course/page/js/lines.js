/** Lines of a program that somebody arranges: pure functions. */

/** @typedef {{id: string, depth: number, chosen: string[]}} Placed  A line in the program, with what its blanks hold. */
/** @typedef {{id: string, texts: string[], pieces: string[], choices: string[][], opens: boolean}} Line  A line that is
 *    offered, in pieces (as texts, and as HTML) between which blanks stand; each blank takes one of its `choices`. A block
 *    follows where it `opens` one. */

/** Return what an answer says: lines that were offered, each once, at a depth that there is. */
export function placedLines(/** @type {unknown} */ picks, /** @type {Line[]} */ lines, /** @type {number} */ deepest) {
  const left = new Map(lines.map((line) => [line.id, line]));
  const placed = /** @type {Placed[]} */ ([]);
  for (const pick of Array.isArray(picks) ? picks : []) {
    const [place, ...texts] = String(pick).split("\t");
    const [, depth, id] = place.match(/^(\d):(.*)$/s) ?? [];
    const line = left.get(id);
    if (!line || Number(depth) > deepest) continue;
    left.delete(id);
    const chosen = line.choices.map((offered, i) => (offered.includes(texts[i]) ? texts[i] : ""));
    placed.push({ id, depth: Number(depth), chosen });
  }
  return placed;
}

/** Return placed lines as an answer has them. */
export function asPicks(/** @type {Placed[]} */ placed) {
  return placed.map(({ id, depth, chosen }) => [`${depth}:${id}`, ...chosen].join("\t"));
}

/** Return the lines with one of them at another place; one that is new there gets the depth that fits its place. */
export function moved(
  /** @type {Placed[]} */ placed,
  /** @type {Line} */ line,
  /** @type {number} */ to,
  /** @type {Line[]} */ lines,
) {
  const from = placed.findIndex(({ id }) => id === line.id);
  const rest = placed.filter((_, i) => i !== from);
  const place = Math.max(0, Math.min(to, rest.length));
  const fitting = { id: line.id, depth: depthAt(rest, place, lines), chosen: line.choices.map(() => "") };
  rest.splice(place, 0, from < 0 ? fitting : placed[from]);
  return rest;
}

/** Return the depth of the line before a place, and one more where that opens a block. */
function depthAt(/** @type {Placed[]} */ placed, /** @type {number} */ place, /** @type {Line[]} */ lines) {
  const before = placed[place - 1];
  if (!before) return 0;
  return before.depth + Number(lines.find(({ id }) => id === before.id)?.opens ?? false);
}

/** Return the lines with one of them deeper, or less deep, by some steps. */
export function indented(
  /** @type {Placed[]} */ placed,
  /** @type {number} */ i,
  /** @type {number} */ steps,
  /** @type {number} */ deepest,
) {
  const depth = Math.max(0, Math.min(placed[i].depth + steps, deepest));
  return placed.map((line, place) => (place === i ? { ...line, depth } : line));
}

/** Return the lines with a choice made in one of them. */
export function chosenIn(
  /** @type {Placed[]} */ placed,
  /** @type {string} */ id,
  /** @type {number} */ blank,
  /** @type {string} */ text,
) {
  const changed = (/** @type {Placed} */ line) => ({
    ...line,
    chosen: line.chosen.map((now, i) => (i === blank ? text : now)),
  });
  return placed.map((line) => (line.id === id ? changed(line) : line));
}

/** Return what a line reads, its blanks filled as far as they are. */
export function reading(/** @type {Line} */ { texts }, /** @type {string[]} */ chosen = []) {
  return texts.map((text, i) => text + (i < texts.length - 1 ? chosen[i] || "blank" : "")).join("");
}

/** Say where a line stands: "Line 2 of 5, indented 1 step: weights = …". */
export function position(/** @type {Placed[]} */ placed, /** @type {number} */ i, /** @type {string} */ text) {
  const { depth } = placed[i];
  const step = depth === 0 ? "not indented" : `indented ${depth} step${depth === 1 ? "" : "s"}`;
  return `Line ${i + 1} of ${placed.length}, ${step}: ${text}`;
}
