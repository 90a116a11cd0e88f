// @ts-check
/**
 * One state of the stage put in place of another. The parts of a page (`data-part`) are exchanged for those of the page that was fetched;
 * then what moved walks, pieces travel, and a gap that was not there before lights up. The story, the presenter's desk and the big screen
 * all move by this module.
 */

import { gapsOn, lightUp } from "./light.js";
import { placesOn, travel, walk } from "./motion.js";

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
  const before = placesOn(stageIn());
  const scene = stageIn()?.getAttribute("data-scene");
  const held = piecesHeld(document);
  const open = gapsOn(stageIn());
  document.querySelectorAll("[data-part]").forEach((part) => {
    const next = page.querySelector(`[data-part="${part.getAttribute("data-part")}"]`);
    if (!next || next.innerHTML === part.innerHTML || !mayChange(part)) return;
    part.replaceChildren(...document.adoptNode(next).childNodes);
  });
  const drawing = stageIn();
  return { isNewScene: drawing?.getAttribute("data-scene") !== scene, play };

  function play() {
    if (!drawing) return;
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
