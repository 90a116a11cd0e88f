// @ts-check
/** What scripts add to the thread: printing, copying the row, and the key that jumps to the search field. */

for (const button of document.querySelectorAll("[data-print]")) {
  if (button instanceof HTMLElement) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = button instanceof HTMLElement ? document.getElementById(button.dataset.copy ?? "") : null;
  if (!(button instanceof HTMLElement) || !(field instanceof HTMLTextAreaElement)) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = document.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without the right to the clipboard the text is selected, so that the keys of the browser copy it.
      field.select();
      return;
    }
    if (told instanceof HTMLElement) told.textContent = told.dataset.copied ?? "";
  });
}
