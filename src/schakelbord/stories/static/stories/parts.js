// @ts-check
/**
 * One state of the stage put in place of another. The parts of a page (`data-part`) are exchanged for those of the page that was fetched;
 * then what moved walks, pieces travel, and a gap that was not there before lights up. The story, the presenter's desk and the big screen
 * all move by this module.
 */

import { gapsOn, lightUp } from "./light.js";
import { placesOn, travel, walk } from "./motion.js";

/** What each part was given last: scripts may have set tab stops and classes in it since. @type {WeakMap<Element, string>} */
const given = new WeakMap();
document.querySelectorAll("[data-part]").forEach((part) => given.set(part, part.innerHTML));

/**
 * @param {ParentNode} [root]
 * @returns {SVGSVGElement | null}
 */
export function stageIn(root = document) {
  return root.querySelector("[data-player] svg.stage");
}

/**
 * Exchange the parts of this page for those of a fetched one, and show the difference by motion.
 * @param {Document} page
 * @param {(part: Element) => boolean} [mayChange] false keeps a part as it is, for instance while somebody types in it
 * @returns {{ isNewScene: boolean, play: () => void }} `play` begins the motion; call it when the page is whole again
 */
export function exchange(page, mayChange = () => true) {
  const old = stageIn();
  const before = placesOn(old);
  const scene = old?.getAttribute("data-scene");
  const held = piecesHeld(document);
  const open = gapsOn(old);
  document.querySelectorAll("[data-part]").forEach((part) => {
    const next = page.querySelector(`[data-part="${part.getAttribute("data-part")}"]`);
    const content = next?.innerHTML ?? "";
    if (!next || content === given.get(part) || !mayChange(part)) return;
    given.set(part, content);
    part.replaceChildren(...document.adoptNode(next).childNodes);
  });
  const drawing = stageIn();
  return { isNewScene: drawing?.getAttribute("data-scene") !== scene, play };

  function play() {
    if (!drawing || drawing === old) return;
    walk(drawing, before);
    travel(drawing, journeysSince(held));
    if (before.size) lightUp(drawing, open);
  }
}

/**
 * Ids of all pieces that somebody holds, as the list tells.
 * @param {ParentNode} root
 */
function piecesHeld(root) {
  return new Set(Array.from(root.querySelectorAll("[data-piece]"), (row) => row.getAttribute("data-piece")));
}

/**
 * Pieces that were passed on since the last state.
 * @param {Set<string | null>} known
 */
function journeysSince(known) {
  return Array.from(document.querySelectorAll("[data-piece][data-from]"))
    .filter((row) => !known.has(row.getAttribute("data-piece")))
    .map((row) => ({
      from: row.getAttribute("data-from") ?? "",
      to: row.getAttribute("data-holder") ?? "",
      hue: row.getAttribute("data-hue") ?? "",
    }));
}
