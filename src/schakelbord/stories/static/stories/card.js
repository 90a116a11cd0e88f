// @ts-check
/**
 * A card in a dialog. The server puts the card in the page as a section, so that it can be read without scripts; with scripts that same
 * section stands in a dialog over the page, and Escape brings back whoever opened it.
 */

/** @returns {HTMLDialogElement | null} */
function dialog() {
  return document.querySelector("dialog.card-dialog");
}

/** @type {(() => void) | undefined} */
let back;

/** @returns {boolean} */
export function isCardOpen() {
  return dialog()?.open ?? false;
}

/**
 * Show the card that is in the page, or close the dialog when there is none.
 * @param {() => void} leave called when the reader closes the dialog
 * @returns {boolean} true when a card is shown
 */
export function showCard(leave) {
  const box = dialog();
  const card = document.querySelector("[data-part='card'] .card");
  if (!box) return false;
  if (!card) {
    if (box.open) closeCard();
    return false;
  }
  box.setAttribute("aria-labelledby", card.getAttribute("aria-labelledby") ?? "");
  if (!box.matches(":modal")) {
    back = opener();
    box.close();
    box.oncancel = (event) => {
      event.preventDefault();
      leave();
    };
    box.onclick = (event) => {
      if (event.target === box) leave();
    };
    box.showModal();
  }
  box.scrollTop = 0;
  return true;
}

/** Close the dialog and give the focus back. */
export function closeCard() {
  const box = dialog();
  if (!box) return;
  box.querySelector("[data-part='card']")?.replaceChildren();
  if (box.open) box.close();
  back?.();
  back = undefined;
}

/** Remember who had the focus, by name: the element itself may be replaced while the card is open. */
function opener() {
  const active = document.activeElement;
  const id = active?.getAttribute("data-id") ?? "";
  const place = active?.closest("svg.stage") ? "svg.stage" : "[data-player]";
  const selector = id ? `${place} [data-id="${CSS.escape(id)}"]` : active?.id ? `#${CSS.escape(active.id)}` : "";
  return () => {
    const again = selector ? document.querySelector(selector) : active;
    if (again instanceof HTMLElement || again instanceof SVGElement) again.focus();
  };
}
