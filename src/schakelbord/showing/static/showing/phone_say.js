// @ts-check
/** What a phone says: recognise a gap, vote, send something in. All of it goes through the outbox, so that nothing typed is lost. */

import { forget, send, watch } from "../live/outbox.js";
import { openForm, startForm } from "./phone_form.js";

/** @typedef {import("../live/outbox.js").Item} Item */
/** @typedef {{ item: string, state: string, settled: boolean, words: string, body: Record<string, unknown> | null }} Fate */

const root = /** @type {HTMLElement} */ (document.querySelector("[data-phone]"));
const room = root.dataset.room ?? "";
const words = document.getElementById("words")?.dataset ?? {};
const STATES = { kept: "done", keeping: "waiting", failed: "waiting", refused: "late" };

/** Gaps that this phone recognises, as far as it knows. */
const mine = new Set((root.dataset.mine ?? "").split(" ").filter(Boolean));
/** The choice that is open and the way that this phone wants. */
let voted = root.dataset.voted ?? "";
/** @type {Item[]} */
let items = [];
/** What the desk did with what was sent. @type {Map<string, Fate>} */
const fates = new Map();
/** @type {number | undefined} */
let looking;
let mustLook = root.hasAttribute("data-asked");
let changed = () => {};

/**
 * @param {() => void} onChange called when something is kept, sent or refused
 */
export function startSaying(onChange) {
  changed = onChange;
  watch(onOutbox);
  document.addEventListener("click", onClick);
  startForm((body, replaces) => {
    say("submit", body, `say/${body.kind}`);
    if (replaces) forget(replaces);
  });
  document.addEventListener("visibilitychange", () => lookAtFates());
}

/** Forget what was begun in forms and not sent: the meeting has ended. */
export { forgetDrafts } from "./phone_form.js";

/** What is not sent yet, in words; empty when everything is kept. */
export function waitingWords() {
  const state = ["failed", "keeping"].find((name) => items.some((item) => item.state === name));
  return state ? (words[state] ?? "") : "";
}

/** Show on the buttons what this phone recognises and how it voted. */
export function dressSaid() {
  document.querySelectorAll("[data-recognise]").forEach((button) => {
    button.setAttribute("aria-pressed", String(mine.has(button.getAttribute("data-recognise") ?? "")));
  });
  document.querySelectorAll("[data-vote]").forEach((button) => {
    const way = `${button.getAttribute("data-vote")}:${button.getAttribute("data-option")}`;
    button.setAttribute("aria-pressed", String(way === voted));
  });
}

/**
 * @param {string} verb
 * @param {Record<string, unknown>} body
 * @param {string} order what must come one after another
 */
function say(verb, body, order) {
  return send({ url: `${root.dataset.say}${verb}`, body, order: `${room}/${order}`, room });
}

/** @param {MouseEvent} event */
function onClick(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.ctrlKey || event.metaKey) return;
  const gap = link.getAttribute("data-recognise");
  const choice = link.getAttribute("data-vote");
  const kind = link.getAttribute("data-say-kind");
  if (!gap && !choice && !kind) return;
  event.preventDefault();
  if (gap) recognise(gap);
  else if (choice) vote(choice, link.getAttribute("data-option") ?? "");
  else if (kind) openForm({ kind, about: link.getAttribute("data-about") ?? "" }, link.getAttribute("data-title") ?? "");
}

/** @param {string} gap */
function recognise(gap) {
  const isOn = !mine.has(gap);
  if (isOn) mine.add(gap);
  else mine.delete(gap);
  say(isOn ? "recognise" : "withdraw-recognition", { gap }, `gap/${gap}`);
  dressSaid();
}

/**
 * @param {string} choice
 * @param {string} option
 */
function vote(choice, option) {
  voted = `${choice}:${option}`;
  say("vote-branch", { branch: choice, option: Number(option) }, `vote/${choice}`);
  dressSaid();
}

/** @param {Item[]} all */
function onOutbox(all) {
  items = all.filter((item) => item.room === room);
  for (const item of items) remember(item);
  showItems();
  lookAtFates();
  dressSaid();
  changed();
}

/**
 * What is not kept by the server yet is so here already, also after a reload; what it refused is not so.
 * @param {Item} item
 */
function remember(item) {
  const { gap, branch, option } = item.body;
  const isWaiting = item.state === "keeping" || item.state === "failed";
  if (isWaiting && typeof gap === "string") mine[item.url.endsWith("/recognise") ? "add" : "delete"](gap);
  if (isWaiting && typeof branch === "string") voted = `${branch}:${option}`;
  if (item.state !== "refused" || typeof item.body.text === "string") return;
  if (typeof gap === "string") mine[item.url.endsWith("/recognise") ? "delete" : "add"](gap);
  if (typeof branch === "string") voted = "";
  const region = document.getElementById("announce");
  if (region) region.textContent = item.sentence;
  forget(item.key);
}

function said() {
  return items.filter((item) => typeof item.body.text === "string");
}

function showItems() {
  const box = document.getElementById("own");
  const list = box?.querySelector("ul");
  if (!box || !list) return;
  const place = document.activeElement?.id;
  const known = new Set(said().map((item) => item.answer.item));
  const elsewhere = [...fates.values()].filter((fate) => fate.body && !known.has(fate.item));
  list.replaceChildren(...said().map(rowOf), ...elsewhere.map(askedRow));
  box.hidden = list.children.length === 0;
  if (place && document.activeElement === document.body) document.getElementById(place)?.focus({ preventScroll: true });
}

/** @param {Item} item */
function rowOf(item) {
  const row = document.createElement("li");
  const fate = item.state === "kept" ? fates.get(String(item.answer.item)) : undefined;
  const flags = /** @type {{ nl: string, en: string }[]} */ (item.state === "kept" && !fate?.settled ? (item.answer.flags ?? []) : []);
  const state = [fate?.words ?? words[item.state], item.sentence].filter(Boolean).join(". ");
  const looks = fate?.state === "asked" ? "waiting" : fate?.settled ? "done" : STATES[item.state];
  row.append(part("voice", String(item.body.text)), part(`state ${looks}`, state));
  for (const flag of flags) row.append(part("small", document.documentElement.lang === "nl" ? flag.nl : flag.en));
  const mayCorrect = item.state === "refused" || flags.length || fate?.state === "asked" || fate?.state === "refused";
  if (mayCorrect) row.append(buttonsOf(item));
  return row;
}

/**
 * A message that the desk asks other words for and that this browser does not keep any more.
 * @param {Fate} fate
 */
function askedRow(fate) {
  const row = document.createElement("li");
  const body = fate.body ?? {};
  const buttons = part("buttons", "");
  buttons.append(button(`verbeter-${fate.item}`, "button quiet", words.again ?? "", () => openForm(body, words.other ?? "", "", fate.item)));
  row.append(part("voice", String(body.text)), part("state waiting", fate.words), buttons);
  return row;
}

/**
 * @param {string} looks
 * @param {string} text
 */
function part(looks, text) {
  const found = document.createElement("span");
  found.className = looks;
  found.textContent = text;
  return found;
}

/** @param {Item} item */
function buttonsOf(item) {
  const found = part("buttons", "");
  const atDesk = String((item.state === "kept" ? item.answer.item : item.body.instead_of) ?? "");
  const title = fates.get(atDesk)?.state === "asked" ? (words.other ?? "") : "";
  found.append(
    button(`verbeter-${item.key}`, "button quiet", words.again ?? "", () => openForm(item.body, title, item.key, atDesk)),
    button(`weg-${item.key}`, "button plain", words.drop ?? "", () => forget(item.key)),
  );
  return found;
}

/**
 * @param {string} id
 * @param {string} looks
 * @param {string} text
 * @param {() => void} act
 */
function button(id, looks, text, act) {
  const found = document.createElement("button");
  Object.assign(found, { id, type: "button", className: looks, textContent: text });
  found.addEventListener("click", act);
  return found;
}

/**
 * Ask what the desk did with what this phone sent. A phone that sent nothing asks nothing, and not all ask at the same moment.
 * @param {boolean} [anew] also when the desk seemed to be done with it: it may have been undone
 */
export function lookAtFates(anew = false) {
  const kept = said().filter((item) => item.state === "kept");
  const isOver = kept.every((item) => fates.get(String(item.answer.item))?.settled);
  if (anew && (kept.length || fates.size)) mustLook = true;
  if ((isOver && !mustLook) || document.visibilityState !== "visible") return;
  const isFirst = kept.some((item) => !fates.has(String(item.answer.item)));
  window.clearTimeout(looking);
  looking = window.setTimeout(fetchFates, isFirst ? 0 : 200 + Math.random() * 800);
}

async function fetchFates() {
  mustLook = false;
  const answer = await fetch(root.dataset.fates ?? "", { signal: AbortSignal.timeout(10_000) }).catch(() => null);
  if (!answer?.ok) {
    mustLook = true;
    looking = window.setTimeout(lookAtFates, 2000 + Math.random() * 2000);
    return;
  }
  /** @type {Fate[]} */
  const found = (await answer.json()).items;
  fates.clear();
  for (const fate of found) fates.set(fate.item, fate);
  showItems();
}
