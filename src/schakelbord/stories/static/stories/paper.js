// @ts-check
/** The button that opens the printer's window; without scripts people use the menu of their browser. */

const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-print]"));
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
