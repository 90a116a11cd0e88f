// @ts-check
/** Drag as an extra: scenes, steps and dolls to another place in their list, a doll on the stage to another place. */

/**
 * @param {{ after: (path: string, key: string) => void, live: (doll: string, place: string) => void }} wish
 */
export function drag(wish) {
  inLists(wish.after);
  onStage(wish.live);
}

/** @param {(path: string, key: string) => void} after */
function inLists(after) {
  /** @type {HTMLElement | null} */
  let held = null;
  document.addEventListener("dragstart", (event) => {
    const item = event.target instanceof Element ? event.target.closest("[data-item]") : null;
    if (!(item instanceof HTMLElement)) return;
    held = item;
    event.dataTransfer?.setData("text/plain", item.dataset.item ?? "");
    item.classList.add("dragging");
  });
  document.addEventListener("dragover", (event) => {
    const over = target(event);
    clean();
    if (!over) return;
    event.preventDefault();
    over.classList.add(isUpper(event, over) ? "drop-before" : "drop-after");
  });
  document.addEventListener("drop", (event) => {
    const over = target(event);
    if (!over || !held) return;
    event.preventDefault();
    const before = /** @type {HTMLElement | null} */ (isUpper(event, over) ? over.previousElementSibling : over);
    const path = held.dataset.item ?? "";
    const key = before?.dataset?.item?.split("/").pop() ?? "";
    if (before !== held) after(path, key);
  });
  document.addEventListener("dragend", () => {
    held?.classList.remove("dragging");
    held = null;
    clean();
  });

  /** The item of the same list under the pointer. @param {DragEvent} event */
  function target(event) {
    const item = event.target instanceof Element ? event.target.closest("[data-item]") : null;
    if (!held || !(item instanceof HTMLElement) || item.parentElement !== held.parentElement) return null;
    return item;
  }
}

/**
 * @param {DragEvent} event
 * @param {Element} over
 */
function isUpper(event, over) {
  const box = over.getBoundingClientRect();
  return event.clientY < box.top + box.height / 2;
}

function clean() {
  for (const item of document.querySelectorAll(".drop-before, .drop-after")) item.classList.remove("drop-before", "drop-after");
}

/** A doll that is dropped near the name of a place moves there in this step. @param {(doll: string, place: string) => void} live */
function onStage(live) {
  /** @type {{ token: SVGGElement, x: number, y: number } | null} */
  let held = null;
  document.addEventListener("pointerdown", (event) => {
    const token = event.target instanceof Element ? event.target.closest("[data-stage] .token.doll") : null;
    if (!(token instanceof SVGGElement) || !document.querySelector('[data-part="form"] [name$="/move/to"]')) return;
    held = { token, x: event.clientX, y: event.clientY };
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    const stage = held?.token.ownerSVGElement;
    const scale = stage?.getScreenCTM()?.a ?? 1;
    if (held) held.token.setAttribute("transform", `translate(${(event.clientX - held.x) / scale} ${(event.clientY - held.y) / scale})`);
  });
  document.addEventListener("pointerup", (event) => {
    if (!held) return;
    const { token, x } = held;
    held = null;
    token.removeAttribute("transform");
    const place = nearest(event.clientX, token);
    if (place && Math.abs(event.clientX - x) > 24) live(token.getAttribute("data-id") ?? "", place);
  });
}

/**
 * The place whose name stands nearest.
 * @param {number} x
 * @param {Element} token
 */
function nearest(x, token) {
  let best = "";
  let least = Infinity;
  const choice = document.querySelector('[data-part="form"] [name$="/move/to"]');
  const places = choice instanceof HTMLSelectElement ? [...choice.options].filter((option) => option.value) : [];
  for (const caption of token.ownerDocument.querySelectorAll("[data-stage] .caption")) {
    const name = caption.textContent?.trim().toLowerCase();
    const found = places.find((option) => option.text.trim().toLowerCase() === name);
    const box = caption.getBoundingClientRect();
    const away = Math.abs(x - (box.left + box.width / 2));
    if (found && away < least) [least, best] = [away, found.value];
  }
  return best;
}
