// Print, and one open choice at a time. Everything works without it.

for (const button of document.querySelectorAll("[data-print]")) {
  if (button instanceof HTMLButtonElement) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

const picks = /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.pick"));
for (const pick of picks) {
  pick.addEventListener("toggle", () => {
    if (!pick.open) return;
    for (const other of picks) if (other !== pick) other.open = false;
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const pick of picks) {
    if (!pick.open) continue;
    pick.open = false;
    pick.querySelector("summary")?.focus();
  }
});
document.addEventListener("click", (event) => {
  for (const pick of picks) if (event.target instanceof Node && !pick.contains(event.target)) pick.open = false;
});
