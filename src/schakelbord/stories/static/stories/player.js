// @ts-check
/**
 * The player of a story. Every step, day, gap, card and repair is a link or a form that works by itself; this module fetches the same
 * address, puts the new parts in place, moves what moved, and keeps the address and the focus right.
 */

import { announce } from "./announce.js";
import { closeCard, isCardOpen, showCard } from "./card.js";
import { exchange, stageIn } from "./parts.js";
import { holdFocus, watchStage } from "./stage.js";

const SLIDER_PAUSE = 120;

/** @type {AbortController | undefined} */
let underWay;

/**
 * @typedef {object} Way
 * @property {"push" | "replace" | "none"} history what becomes of the list of visited addresses
 * @property {string} [focus] id of what gets the focus afterwards
 */

/** @returns {HTMLElement | null} */
function player() {
  return document.querySelector("[data-player]");
}

/**
 * Go to another state of the page.
 * @param {string} address
 * @param {Way} way
 */
async function go(address, way) {
  underWay?.abort();
  const run = (underWay = new AbortController());
  const root = player();
  root?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { "X-Schakelbord-Part": "story" }, signal: run.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (run !== underWay) return;
    const clean = page.querySelector("[data-address]")?.getAttribute("data-address") || address;
    if (way.history === "push") history.pushState({}, "", clean);
    if (way.history === "replace") history.replaceState({}, "", clean);
    put(page, way.focus);
  } catch (problem) {
    if (run.signal.aborted) return;
    location.assign(address);
  } finally {
    if (run === underWay) player()?.removeAttribute("aria-busy");
  }
}

/**
 * Put all parts of a fetched page in place, with the motion that explains the difference.
 * @param {Document} page
 * @param {string} [focus]
 */
function put(page, focus) {
  const held = holdFocus();
  const change = exchange(page);
  setSlider(page);
  const root = player();
  const next = page.querySelector("[data-player]");
  if (root && next) root.dataset.view = next.getAttribute("data-view") ?? "";
  document.title = page.title || document.title;
  watchStage(step);
  change.play();
  held(focus);
  showCard(leaveCard);
  tell(change.isNewScene);
}

/**
 * Say the step to people who listen, as far as they want to hear it.
 * @param {boolean} isNewScene
 */
function tell(isNewScene) {
  const wish = document.documentElement.dataset.spoken;
  if (wish === "none" || (wish === "scenes" && !isNewScene)) return;
  announce(document.querySelector("[data-part='say']")?.textContent ?? "");
}

/** Close the card: the address goes back to the page without it. */
function leaveCard() {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-part='card'] [data-close]"));
  if (link) history.replaceState({}, "", link.href);
  closeCard();
}

/**
 * Follow one of the links of the step buttons.
 * @param {string} name `before`, `after`, `first` or `last`
 */
function step(name) {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(`[data-step="${name}"][href]`));
  if (link) go(link.href, { history: "push" });
}

/** @returns {HTMLInputElement | null} */
function slider() {
  return document.querySelector("[data-player] input[type=range]");
}

/**
 * The slider stays the same element, so that a hand on it keeps hold.
 * @param {Document} page
 */
function setSlider(page) {
  const here = slider();
  const next = /** @type {HTMLInputElement | null} */ (page.querySelector("input[type=range]"));
  if (!here || !next) return;
  here.setAttribute("aria-valuetext", next.getAttribute("aria-valuetext") ?? "");
  if (!here.matches(":active")) here.value = next.getAttribute("value") ?? here.value;
}

/**
 * The address that a form leads to.
 * @param {HTMLFormElement} form
 */
function addressOf(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) query.append(name, String(value));
  return `${form.getAttribute("action")}?${query}`;
}

/** @param {MouseEvent} event */
function onClick(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  const address = link?.getAttribute("href") ?? "";
  if (!link || !link.closest("[data-player], dialog") || link.hasAttribute("download")) return;
  if (link.matches("[data-close]")) {
    event.preventDefault();
    leaveCard();
    return;
  }
  const target = new URL(address, location.href);
  if (address.startsWith("#") || target.pathname !== location.pathname) return;
  event.preventDefault();
  go(target.href, { history: "push", focus: link.getAttribute("data-focus") ?? undefined });
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "get" || !form.closest("[data-player]")) return;
  event.preventDefault();
  go(addressOf(form), { history: "push" });
  if (form.hasAttribute("data-show")) stageIn()?.scrollIntoView({ block: "nearest" });
}

/** @type {number | undefined} */
let slideTimer;

/** @param {Event} event */
function onSlide(event) {
  const range = event.target;
  if (!(range instanceof HTMLInputElement) || range !== slider() || !range.form) return;
  const address = addressOf(range.form);
  window.clearTimeout(slideTimer);
  if (event.type === "change") go(address, { history: "push" });
  else slideTimer = window.setTimeout(() => go(address, { history: "replace" }), SLIDER_PAUSE);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isCardOpen()) return;
  if (event.target instanceof Element && event.target.matches("input, select, textarea")) return;
  const name = { PageDown: "after", PageUp: "before" }[event.key];
  if (!name) return;
  event.preventDefault();
  step(name);
}

/** Begin: listen, and open the card that the address asks for. */
function begin() {
  if (!player()) return;
  document.documentElement.dataset.script = "yes";
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", onSlide);
  document.addEventListener("change", onSlide);
  document.addEventListener("keydown", onKey);
  window.addEventListener("popstate", () => go(location.href, { history: "none" }));
  watchStage(step);
  showCard(leaveCard);
}

begin();
