// @ts-check
/**
 * Motion on the stage: old place to new place. The new drawing is already in the page; what stood elsewhere starts there and walks to where
 * it belongs. A next step may come at any moment: places are read as they are on the screen, halfway a walk included.
 */

const MOVE = 600;
const STAGGER = 80;
const LONGEST = 2500;
const FADE = 120;
const EASE = "cubic-bezier(.3, .1, .2, 1)";
const MOST_TRAVELLERS = 14;

/** @typedef {Map<string, DOMRect>} Places */

/** @returns {boolean} true when somebody asked for no movement, on the device or on the page */
export function isStill() {
  return document.documentElement.dataset.motion === "none" || matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Where everything on the stage stands on the screen now.
 * @param {ParentNode | null} stage
 * @returns {Places}
 */
export function placesOn(stage) {
  /** @type {Places} */
  const places = new Map();
  stage?.querySelectorAll("[data-id]").forEach((token) => {
    const id = token.getAttribute("data-id");
    if (id && !places.has(id)) places.set(id, token.getBoundingClientRect());
  });
  return places;
}

/**
 * Let everything walk from its old place to its new one; what is new fades in.
 * @param {SVGSVGElement} stage
 * @param {Places} before
 */
export function walk(stage, before) {
  if (isStill()) {
    stage.animate({ opacity: [0, 1] }, { duration: FADE });
    return;
  }
  const scale = stage.getScreenCTM()?.a || 1;
  let turn = 0;
  stage.querySelectorAll("[data-id]").forEach((token) => {
    const old = before.get(token.getAttribute("data-id") ?? "");
    const now = token.getBoundingClientRect();
    if (!old) {
      token.animate({ opacity: [0, 1] }, { duration: MOVE / 2, delay: MOVE / 2, fill: "backwards" });
      return;
    }
    const x = (middle(old).x - middle(now).x) / scale;
    const y = (middle(old).y - middle(now).y) / scale;
    if (Math.hypot(x, y) < 2) return;
    token.animate({ translate: [`${x}px ${y}px`, "0 0"] }, timing(turn++));
  });
}

/**
 * @typedef {object} Journey
 * @property {string} from id of the sender
 * @property {string} to id of the receiver
 * @property {string} hue class of the doll's colour
 */

/**
 * Pieces travel from sender to receiver, one after another.
 * @param {SVGSVGElement} stage
 * @param {Journey[]} journeys
 */
export function travel(stage, journeys) {
  if (isStill()) return;
  const matrix = stage.getScreenCTM()?.inverse();
  const pattern = /** @type {SVGUseElement | null} */ (document.querySelector("#piece-pattern use"));
  if (!matrix || !pattern) return;
  const href = pattern.getAttribute("href") ?? "";
  journeys.slice(0, MOST_TRAVELLERS).forEach((journey, turn) => {
    const from = stage.querySelector(`[data-id="${CSS.escape(journey.from)}"]`);
    const to = stage.querySelector(`[data-id="${CSS.escape(journey.to)}"]`);
    if (!from || !to) return;
    const start = inside(from, matrix);
    const end = inside(to, matrix);
    const piece = document.createElementNS("http://www.w3.org/2000/svg", "use");
    for (const [name, value] of Object.entries({ href, width: 26, height: 26, x: -13, y: -13, class: `traveller ${journey.hue}` })) {
      piece.setAttribute(name, String(value));
    }
    piece.setAttribute("aria-hidden", "true");
    stage.append(piece);
    const path = { translate: [`${start.x}px ${start.y}px`, `${end.x}px ${end.y}px`], opacity: [1, 1, 0.2] };
    piece.animate(path, { ...timing(turn), fill: "both" }).finished.then(() => piece.remove(), () => piece.remove());
  });
}

/**
 * @param {number} turn how many went before
 * @returns {KeyframeAnimationOptions}
 */
function timing(turn) {
  return { duration: MOVE, delay: Math.min(turn * STAGGER, LONGEST - MOVE), easing: EASE, fill: "backwards" };
}

/** @param {DOMRect} box */
function middle(box) {
  return new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
}

/**
 * The middle of an element in the measure of the drawing.
 * @param {Element} element
 * @param {DOMMatrix} matrix
 */
function inside(element, matrix) {
  return middle(element.getBoundingClientRect()).matrixTransform(matrix);
}
