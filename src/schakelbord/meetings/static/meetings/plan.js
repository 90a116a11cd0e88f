// @ts-check
/** The table plan: somebody dragged to a table shows what that would change; a plan that is being worked out is followed. Every drag has a form. */

const AGAIN = 1000;
let held = "";

document.addEventListener("dragstart", (event) => {
  const one = event.target instanceof Element ? event.target.closest("[data-who]") : null;
  held = one?.getAttribute("data-who") ?? "";
  event.dataTransfer?.setData("text/plain", held);
});
document.addEventListener("dragover", (event) => {
  if (held && event.target instanceof Element && event.target.closest("[data-table]")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const table = target?.closest("[data-table]");
  if (!held || !table) return;
  event.preventDefault();
  const other = target?.closest("[data-who]")?.getAttribute("data-who") ?? "";
  const address = new URL(location.href);
  address.searchParams.set("wie", held);
  if (other && other !== held) {
    address.searchParams.set("wissel", other);
    address.searchParams.delete("naar");
  } else {
    address.searchParams.set("naar", table.getAttribute("data-table") ?? "");
    address.searchParams.delete("wissel");
  }
  location.assign(address);
});

/** Follow a plan that is being worked out, without losing where somebody is on the page. */
async function look() {
  const place = document.querySelector("[data-proposal]");
  if (place?.getAttribute("data-proposal") !== "running") return;
  const answer = await fetch(location.href).catch(() => undefined);
  const next = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-proposal]") : null;
  if (next && place.innerHTML !== next.innerHTML) place.replaceWith(document.adoptNode(next));
  window.setTimeout(look, AGAIN);
}

window.setTimeout(look, AGAIN);
