// @ts-check
/** The big screen: it follows its room, keeps its clocks, fits its list of gaps to one screen, and stays awake. */

import { setClocks, startClocks } from "./clock.js";
import { followRoom } from "./room.js";

/**
 * Leave out gaps from the first one on until the column fits, never the one in the light; say how many.
 */
function fit() {
  document.querySelectorAll("[data-fit]").forEach((column) => {
    const rows = Array.from(column.querySelectorAll("[data-gap-row]"));
    const more = column.querySelector("[data-more]");
    rows.forEach((row) => row.removeAttribute("hidden"));
    more?.setAttribute("hidden", "");
    const spare = rows.filter((row) => !row.hasAttribute("aria-current")).slice(0, Math.max(0, rows.length - 1));
    let left = 0;
    while (tooHigh(column) && left < spare.length) {
      spare[left]?.setAttribute("hidden", "");
      left += 1;
      if (more) {
        more.textContent = (more.getAttribute("data-more") ?? "").replace("0", String(left));
        more.removeAttribute("hidden");
      }
    }
  });
}

/** @param {Element} column */
function tooHigh(column) {
  const parts = [column, ...column.querySelectorAll(":scope > section")];
  return parts.some((part) => part.scrollHeight > part.clientHeight + 1);
}

/** Ask the device not to fall asleep while the page is seen. */
async function stayAwake() {
  if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
  await navigator.wakeLock.request("screen").catch(() => undefined);
}

function settle() {
  setClocks();
  fit();
}

followRoom({ after: settle });
startClocks();
fit();
document.fonts.ready.then(fit);
window.addEventListener("resize", fit);
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
