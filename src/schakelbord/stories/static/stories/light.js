// @ts-check
/**
 * How a gap lights up. Both ends get a ring and the rest goes quiet; a line is drawn from both ends and stops short of the middle; the
 * hatching fades in and the broken chain drops into the opening; the label unfolds. A gap that closes is stitched from end to end. No
 * shake, no flash; the next step may come at any moment, because it replaces the drawing in which all this happens.
 */

import { isStill } from "./motion.js";

const RING = 500;
const LINE = 600;
const HATCH = 400;
const LABEL = 400;
const WHOLE = 2300;
const EASE = "cubic-bezier(.3, .1, .2, 1)";

/** @typedef {Map<string, boolean>} Gaps key of each gap, and whether it is mended */

/**
 * The gaps on a stage.
 * @param {ParentNode | null} stage
 * @returns {Gaps}
 */
export function gapsOn(stage) {
  /** @type {Gaps} */
  const found = new Map();
  stage?.querySelectorAll(".token.gap").forEach((gap) => {
    for (const key of (gap.getAttribute("data-finding") ?? "").split(" ")) found.set(key, gap.classList.contains("mended"));
  });
  return found;
}

/**
 * Light up what was not there before, and stitch what was open before.
 * @param {SVGSVGElement} stage the new drawing
 * @param {Gaps} before
 */
export function lightUp(stage, before) {
  if (isStill()) return;
  const changed = Array.from(stage.querySelectorAll(".token.gap:not(.quiet)")).filter((gap) => {
    const was = before.get(gap.getAttribute("data-id") ?? "");
    return was === undefined || was !== gap.classList.contains("mended");
  });
  const opened = changed.filter((gap) => !gap.classList.contains("mended"));
  changed.forEach((gap) => draw(stage, gap));
  if (opened.length) quieten(stage, opened);
}

/**
 * @param {SVGSVGElement} stage
 * @param {Element} gap
 */
function draw(stage, gap) {
  const bar = stage.querySelector(`.gap-bar[data-finding="${CSS.escape(gap.getAttribute("data-id") ?? "")}"]`);
  const mended = gap.classList.contains("mended");
  bar?.querySelectorAll(".edge").forEach((half) => grow(/** @type {SVGPathElement} */ (half)));
  bar?.querySelectorAll(".fill, .leader").forEach((part) => appear(part, RING + LINE, HATCH));
  gap.querySelectorAll(".disc, .picture, .number").forEach((part) => drop(part, RING + LINE, mended));
  gap.querySelectorAll(".label, .side").forEach((part) => unfold(part, RING + LINE + HATCH));
  gap.querySelectorAll(".heading, .title").forEach((part) => appear(part, RING + LINE + HATCH + LABEL / 2, LABEL));
}

/**
 * A half is drawn from its end toward the opening; its path ends where the opening is, or begins there.
 * @param {SVGPathElement} half
 */
function grow(half) {
  const length = half.getTotalLength();
  const first = half === half.parentElement?.querySelector(".edge");
  half.animate(
    { strokeDasharray: [`0 ${length}`, `${length} 0`], strokeDashoffset: first ? [0, 0] : [-length, 0] },
    { duration: LINE, delay: RING, easing: EASE, fill: "backwards" },
  );
}

/**
 * @param {Element} part
 * @param {number} delay
 * @param {number} duration
 */
function appear(part, delay, duration) {
  part.animate({ opacity: [0, 1] }, { duration, delay, easing: EASE, fill: "backwards" });
}

/**
 * @param {Element} part
 * @param {number} delay
 * @param {boolean} mended a stitch grows in its place, a broken chain drops into it
 */
function drop(part, delay, mended) {
  const from = mended ? "0 0" : "0 -28px";
  part.animate({ translate: [from, "0 0"], opacity: [0, 1] }, { duration: HATCH, delay, easing: EASE, fill: "backwards" });
}

/**
 * @param {Element} part
 * @param {number} delay
 */
function unfold(part, delay) {
  part.animate(
    { clipPath: ["inset(0 100% 0 0)", "inset(0 0 0 0)"], opacity: [0, 1] },
    { duration: LABEL, delay, easing: EASE, fill: "backwards" },
  );
}

/**
 * Both ends get a ring; the others are quiet until the gap is there.
 * @param {SVGSVGElement} stage
 * @param {Element[]} gaps
 */
function quieten(stage, gaps) {
  const ends = new Set(gaps.flatMap((gap) => endsOf(stage, gap.getAttribute("data-id") ?? "")));
  const loud = getComputedStyle(stage).getPropertyValue("--gap");
  stage.querySelectorAll(".token").forEach((token) => {
    if (gaps.includes(token)) return;
    if (!ends.has(token.getAttribute("data-id") ?? "")) {
      token.animate({ opacity: [1, 0.35, 0.35, 1], offset: [0, 0.2, 0.75, 1] }, { duration: WHOLE });
      return;
    }
    const halo = token.querySelector(".halo");
    halo?.animate({ stroke: [loud, loud], strokeWidth: ["0px", "4px", "4px", "0px"] }, { duration: WHOLE, easing: EASE });
  });
}

/**
 * @param {SVGSVGElement} stage
 * @param {string} key
 */
function endsOf(stage, key) {
  const bar = stage.querySelector(`.gap-bar[data-finding="${CSS.escape(key)}"]`);
  return bar ? [bar.getAttribute("data-from") ?? "", bar.getAttribute("data-to") ?? ""] : [];
}
