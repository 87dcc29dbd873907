/** A small plot of two lines, told apart by colour and by dashes, with a dot on each where the state stands. */
import { all } from "../dom.js";

/** @typedef {[number, number]} Point  Shares of the plot, from its lower left corner. */

const SVG = '<svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 1 1">';

/** Return a plot's HTML; `names` are those of its lines, `along` what stands below it: at both ends, and between. */
export function curvesHtml(/** @type {string[]} */ names, /** @type {[string, string, string]} */ [from, what, to]) {
  const legend = names.map((name) => `<span>${SVG}<polyline points="0,.5 1,.5"/></svg> <span>${name}</span></span>`);
  const dots = names.map(() => '<span class="ac-dot"></span>');
  return `
    <div class="ac-curves" role="img">
      <div class="ac-plot"><div class="ac-axis"><span></span><span></span></div>
        <div class="ac-frame">${SVG}${"<polyline/>".repeat(names.length)}</svg>${dots.join("")}</div></div>
      <div class="ac-below"><span>${from}</span><span>${what}</span><span>${to}</span></div>
      <div class="ac-lines">${legend.join("")}</div>
    </div>`;
}

/** Draw lines with a dot each; `ends` stand at the upper and the lower end of the axis, `label` is what is heard. */
export function drawCurves(
  /** @type {Element} */ plot,
  /** @type {Point[][]} */ lines,
  /** @type {Point[]} */ dots,
  /** @type {[string, string]} */ ends,
  /** @type {string} */ label,
) {
  all(plot, ".ac-axis span").forEach((span, i) => (span.textContent = ends[i]));
  all(plot, ".ac-frame polyline").forEach((line, i) =>
    line.setAttribute("points", lines[i].map(([x, y]) => `${x.toFixed(4)},${(1 - y).toFixed(4)}`).join(" ")),
  );
  all(plot, ".ac-dot").forEach((dot, i) => {
    dot.style.left = `${100 * dots[i][0]}%`;
    dot.style.bottom = `${100 * dots[i][1]}%`;
  });
  plot.setAttribute("aria-label", label);
}
