// @ts-check
/** The key "/" goes to the search field, unless somebody is typing or chose to have no single letters as keys. */

const field = document.querySelector("[data-search-field]");
const off = document.documentElement.dataset.keys === "off";

/** @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

if (field instanceof HTMLInputElement && !off) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (field.offsetParent === null) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
