// @ts-check
/**
 * Clocks on the time of the server, so that a device whose clock is wrong shows the same as all others. `data-until` counts down,
 * `data-since` counts up; their words stand in the page, with 0 where the time goes.
 */

import { serverNow } from "../live/stream.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Set all clocks of the page, and keep them right. */
export function startClocks() {
  setClocks();
  window.setInterval(setClocks, SECOND / 2);
}

/** Set all clocks of the page once. */
export function setClocks() {
  document.querySelectorAll("[data-until]").forEach((part) => {
    const left = Number(part.getAttribute("data-until")) - serverNow();
    const words = left > 0 ? part.getAttribute("data-words")?.replace("0", read(left)) : part.getAttribute("data-over");
    part.classList.toggle("over", left <= 0);
    write(part, words ?? "");
  });
  document.querySelectorAll("[data-since]").forEach((part) => write(part, read(serverNow() - Number(part.getAttribute("data-since")))));
  document.querySelectorAll("[data-plan]").forEach(setPlan);
}

/**
 * Time used against the plan: a bar, and how far ahead or behind.
 * @param {Element} plan carries when the session began, its minutes, and how much of the story is told, in hundredths
 */
function setPlan(plan) {
  const planned = Number(plan.getAttribute("data-plan"));
  const used = Math.max(0, (serverNow() - Number(plan.getAttribute("data-begun"))) / MINUTE);
  const share = Math.min(100, (100 * used) / planned);
  plan.querySelector("rect.part")?.setAttribute("width", share.toFixed(1));
  const ahead = Math.round((planned * Number(plan.getAttribute("data-told"))) / 100 - used);
  const words = ahead > 0 ? "data-ahead" : ahead < 0 ? "data-behind" : "data-even";
  const one = Math.abs(ahead) === 1 ? "-one" : "";
  const used_words = plan.getAttribute("data-used")?.replace("0", String(Math.floor(used))) ?? "";
  const place = plan.getAttribute(words + one)?.replace("0", String(Math.abs(ahead))) ?? "";
  const text = plan.querySelector("p");
  if (text) write(text, `${used_words} ${place}`);
}

/**
 * A stretch of time as people read it on a clock: 06.40, and 1.02.15 from an hour.
 * @param {number} time in milliseconds
 */
function read(time) {
  const seconds = Math.max(0, Math.floor(time / SECOND));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  /** @param {number} number */
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}.${two(minutes)}.${two(rest)}` : `${two(minutes)}.${two(rest)}`;
}

/**
 * @param {Element} part
 * @param {string} text
 */
function write(part, text) {
  if (part.textContent !== text) part.textContent = text;
}
