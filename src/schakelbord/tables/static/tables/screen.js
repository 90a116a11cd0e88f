// @ts-check
/** A screen of a meeting: its parts are put in place when they changed, its forms become commands. */

import { Refused, command } from "../live/command.js";
import { bodyOfForm, forgetDraft } from "./fields.js";

const JITTER = 500;
const SOON = 120;
const root = /** @type {HTMLElement} */ (document.querySelector("[data-meeting]"));
const words = document.getElementById("words")?.dataset ?? {};
let shown = Number(root.dataset.seq);
let wanted = shown;

/** The newest event that this screen shows. */
export function shownSeq() {
  return shown;
}

/** There is an event that this screen does not show yet. @param {number} seq */
export function wantSeq(seq) {
  wanted = Math.max(wanted, seq);
}

/** @type {number | undefined} */
let timer;
let busy = false;

/** The address of a command. @param {string} verb */
export function addressOf(verb) {
  return `${root.dataset.do}${verb}`;
}

/** Say something to who listens. @param {string} text */
export function announce(text) {
  const place = document.getElementById("announce");
  if (place) place.textContent = text;
}

/** Fetch this page soon; whoever only looks waits a little, so that not all ask at once. @param {boolean} [now] */
export function refresh(now = false) {
  window.clearTimeout(timer);
  const wait = now || "host" in root.dataset || "wall" in root.dataset ? SOON : Math.random() * JITTER;
  timer = window.setTimeout(fetchParts, wait);
}

async function fetchParts() {
  if (busy) return refresh();
  busy = true;
  const asked = wanted;
  try {
    const answer = await fetch(location.href, { headers: { "X-Schakelbord-Part": "screen" } });
    if (answer.redirected || [403, 404].includes(answer.status)) location.assign(answer.redirected ? answer.url : location.href);
    else if (answer.ok) put(await answer.text());
  } catch {
    window.setTimeout(refresh, 1000 + Math.random() * 1000);
  } finally {
    busy = false;
    if (wanted > asked) refresh();
  }
}

/** Put the parts of a page in place, but never under somebody's hands. @param {string} html */
function put(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-meeting]");
  if (!fresh) {
    // Another page stands here now: the meeting has ended, or this device takes part no longer.
    location.reload();
    return;
  }
  shown = Math.max(shown, Number(fresh.getAttribute("data-seq")));
  const open = new Map(Array.from(document.querySelectorAll("details[data-open]"), (part) => [part.getAttribute("data-open"), part.hasAttribute("open")]));
  const place = /** @type {HTMLElement | null} */ (document.activeElement);
  const find = place && place !== document.body ? trail(place) : null;
  document.querySelectorAll("[data-face]").forEach((area) => {
    const next = page.querySelector(`#${CSS.escape(area.id)}`);
    const face = next?.getAttribute("data-face") ?? "";
    if (!next || face === area.getAttribute("data-face")) return;
    if (face === "written") return location.reload(); // its form is there again, and wants its script
    area.setAttribute("data-face", face);
    area.replaceChildren(...document.adoptNode(next).childNodes);
  });
  document.querySelectorAll("[data-part]").forEach((part) => {
    if (!part.isConnected) return;
    const next = page.querySelector(`[data-part="${part.getAttribute("data-part")}"]`);
    if (!next || next.innerHTML === part.innerHTML || isTyping(part) || part.closest("form[data-changed]")) return;
    for (const { name, value } of Array.from(next.attributes)) part.setAttribute(name, value);
    part.replaceChildren(...document.adoptNode(next).childNodes);
  });
  document.querySelectorAll("details[data-open]").forEach((part) => {
    const was = open.get(part.getAttribute("data-open"));
    if (was !== undefined) part.toggleAttribute("open", was);
  });
  document.dispatchEvent(new CustomEvent("meeting:shown")); // what listens makes notes reachable, before one gets the focus back
  if (find && place && !place.isConnected) find()?.focus({ preventScroll: true });
}

/** Whether somebody writes in this part now. @param {Element} part */
function isTyping(part) {
  const active = document.activeElement;
  if (!active || !part.contains(active)) return false;
  return (active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.type !== "checkbox")) && active.value !== active.defaultValue;
}

/**
 * How to find the same place in a fresh part. A button that is gone (its deed is done) leaves the focus to what its part offers now, so that
 * somebody at a keyboard never falls back to the top of the page.
 * @param {HTMLElement} place
 * @returns {() => HTMLElement | null}
 */
function trail(place) {
  const part = place.closest("[data-part]");
  const section = /** @type {HTMLElement | null} */ (place.closest("section[aria-labelledby]"));
  const around = place.closest("[data-id]");
  const within = around && around !== place ? `[data-id="${CSS.escape(around.getAttribute("data-id") ?? "")}"] ` : "";
  const form = place.closest("form");
  const action = form ? `form[action="${CSS.escape(form.getAttribute("action") ?? "")}"] ` : "";
  const name = place.getAttribute("name");
  const chosen = place instanceof HTMLButtonElement || (place instanceof HTMLInputElement && ["radio", "checkbox"].includes(place.type));
  const value = name && chosen ? `[value="${CSS.escape(place.getAttribute("value") ?? "")}"]` : "";
  const selector = place.id ? `#${CSS.escape(place.id)}` : `${within}${action}${place.localName}${name ? `[name="${CSS.escape(name)}"]${value}` : ""}`;
  const about = form ? hiddenOf(form) : "";
  return () => {
    const alike = Array.from(/** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector)));
    const same = alike.find((each) => !form || hiddenOf(/** @type {HTMLFormElement} */ (each.closest("form"))) === about);
    if (same) return same;
    const next = part?.isConnected ? part.querySelector("button, a[href], summary, input:not([type=hidden])") : null;
    if (next instanceof HTMLElement && next.checkVisibility()) return next;
    const area = section?.isConnected ? section : root;
    area.setAttribute("tabindex", "-1");
    return area;
  };
}

/** About what a form is: its hidden fields, without what changes with each page. @param {HTMLFormElement | null} form */
function hiddenOf(form) {
  const fields = Array.from(form?.querySelectorAll("input[type=hidden]") ?? []);
  const kept = fields.filter((field) => !["csrfmiddlewaretoken", "key", "version"].includes(field.getAttribute("name") ?? ""));
  return kept.map((field) => `${field.getAttribute("name")}=${field.getAttribute("value")}`).join("&");
}

/** @param {HTMLFormElement} form @param {string} sentence */
export function tellProblem(form, sentence) {
  const place = form.querySelector("[data-problem]");
  if (!(place instanceof HTMLElement)) return announce(sentence);
  place.hidden = !sentence;
  place.textContent = sentence;
  place.setAttribute("role", "alert");
}

/**
 * Send a form as a command.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @returns {Promise<Record<string, unknown> | undefined>} the answer, or nothing when it was refused
 */
export async function sendForm(form, submitter) {
  tellProblem(form, "");
  form.setAttribute("aria-busy", "true");
  const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  try {
    const answer = await command(address, bodyOfForm(form, submitter));
    forgetDraft(form);
    return answer;
  } catch (problem) {
    tellProblem(form, problem instanceof Refused ? problem.message : (words.failed ?? ""));
    return undefined;
  } finally {
    form.removeAttribute("aria-busy");
  }
}
