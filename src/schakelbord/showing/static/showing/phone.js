// @ts-check
/**
 * A phone in the room: it follows the presenter, or looks around on its own; it says something through the outbox, so that nothing typed is lost.
 */

import { follow, serverNow } from "../live/stream.js";
import { forget, send, watch } from "../live/outbox.js";

/** @typedef {import("../live/stream.js").Frame} Frame */
/** @typedef {import("../live/outbox.js").Item} Item */

const root = /** @type {HTMLElement} */ (document.querySelector("[data-phone]"));
const words = document.getElementById("words")?.dataset ?? {};
const dialog = /** @type {HTMLDialogElement} */ (document.querySelector(".say-dialog"));
const JITTER = 400;
const STATES = { kept: "done", keeping: "waiting", failed: "waiting", refused: "late" };
const LONGEST_GAP = 90;

/** Gaps that this phone recognises, as far as it knows. */
const mine = new Set((root.dataset.mine ?? "").split(" ").filter(Boolean));
/** @type {{ choice: string, option: string }} */
const voted = { choice: "", option: "" };
let shown = Number(root.dataset.seq);
let fetching = false;
let stale = false;

const isFollowing = () => "follows" in root.dataset;

/** @param {Frame} frame */
function onFrame(frame) {
  if (frame.seq <= shown) return;
  shown = frame.seq;
  if (frame.verb === "session.ended") {
    location.assign(root.dataset.home ?? "");
    return;
  }
  if (!isFollowing() && frame.verb === "session.stepped") {
    offerScene(Number(frame.data.scene) + 1);
    return;
  }
  if (frame.verb === "gap.counted" && count(frame)) return;
  if (frame.verb === "branch.voted" && countVotes(frame)) return;
  const html = isFollowing() ? frame.html?.phone : undefined;
  if (html) put(html, true);
  else refresh();
}

/**
 * Others recognise a gap: only the number changes.
 * @param {Frame} frame
 */
function count(frame) {
  const card = document.querySelector(`[data-part="gaps"] [data-id="${CSS.escape(frame.node)}"] [data-count]`);
  if (!card) return false;
  const number = String(frame.data.count);
  card.textContent = (card.textContent ?? "").replace(/\d+/, number);
  return true;
}

/** @param {Frame} frame */
function countVotes(frame) {
  const votes = /** @type {number[]} */ (frame.data.votes ?? []);
  const places = document.querySelectorAll("[data-votes]");
  places.forEach((place) => (place.textContent = String(votes[Number(place.getAttribute("data-votes"))] ?? 0)));
  return places.length > 0;
}

/** @param {number} scene */
function offerScene(scene) {
  const bar = document.getElementById("new-scene");
  const text = bar?.querySelector("span");
  if (!bar || !text) return;
  text.textContent = (words.begun ?? "").replace("{n}", String(scene));
  bar.hidden = false;
}

/** Fetch this page anew, one request at a time, and not all phones at the same moment. */
function refresh() {
  if (fetching) {
    stale = true;
    return;
  }
  fetching = true;
  window.setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Schakelbord-Part": "phone" } });
      const page = await answer.text();
      if (answer.redirected) location.assign(answer.url);
      else if (answer.ok && page.includes("data-phone")) put(page, false);
      else if (answer.ok) location.reload();
    } catch {
      window.setTimeout(refresh, 1000 + Math.random() * 1000);
    } finally {
      fetching = false;
      if (stale) {
        stale = false;
        refresh();
      }
    }
  }, Math.random() * JITTER);
}

/**
 * Put the parts of a page or a fragment in place; who typed or stood somewhere keeps that place.
 * @param {string} html
 * @param {boolean} isFragment
 */
function put(html, isFragment) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-phone]");
  if (!isFragment && fresh) shown = Math.max(shown, Number(fresh.getAttribute("data-seq")));
  const before = document.querySelector("[data-part='scene']");
  const place = /** @type {HTMLElement | null} */ (document.activeElement);
  const [id, href] = [place?.id, place?.getAttribute("href")];
  const open = Array.from(document.querySelectorAll("details[data-ring][open]"), (ring) => ring.getAttribute("data-ring"));
  const step = `${before?.getAttribute("data-scene")}.${before?.getAttribute("data-beat")}`;
  document.querySelectorAll("[data-phone] [data-part]").forEach((part) => {
    const next = page.querySelector(`[data-part="${part.getAttribute("data-part")}"]`);
    if (!next || next.innerHTML === part.innerHTML) return;
    for (const { name, value } of Array.from(next.attributes)) part.setAttribute(name, value);
    part.replaceChildren(...document.adoptNode(next).childNodes);
  });
  for (const ring of open) document.querySelector(`details[data-ring="${ring}"]`)?.setAttribute("open", "");
  if (place && !place.isConnected) again(id, href)?.focus({ preventScroll: true });
  dress();
  const now = document.querySelector("[data-part='scene']");
  if (`${now?.getAttribute("data-scene")}.${now?.getAttribute("data-beat")}` !== step) tell(now, before?.getAttribute("data-scene") ?? "");
}

/**
 * The element that stands where another one stood.
 * @param {string | undefined} id
 * @param {string | null | undefined} href
 * @returns {HTMLElement | null}
 */
function again(id, href) {
  if (id) return document.getElementById(id);
  return href ? document.querySelector(`[data-phone] a[href="${CSS.escape(href)}"]`) : null;
}

/**
 * Say a step to who listens, as far as they want to hear it.
 * @param {Element | null} scene
 * @param {string} before
 */
function tell(scene, before) {
  const wish = document.documentElement.dataset.spoken;
  const isNew = scene?.getAttribute("data-scene") !== before;
  if (!scene || wish === "none" || (wish === "scenes" && !isNew)) return;
  const told = Array.from(scene.querySelectorAll(".told")).at(-1)?.textContent ?? "";
  const region = document.getElementById("announce");
  if (region) region.textContent = `${isNew ? scene.querySelector("h1")?.textContent : ""} ${told}`.trim();
}

/** What only this phone knows: what it recognises, how it voted, how many gaps there are, the clock. */
function dress() {
  document.querySelectorAll("[data-recognise]").forEach((button) => {
    button.setAttribute("aria-pressed", String(mine.has(button.getAttribute("data-recognise") ?? "")));
  });
  document.querySelectorAll("[data-vote]").forEach((button) => {
    const isMine = voted.choice === button.getAttribute("data-vote") && voted.option === button.getAttribute("data-option");
    button.setAttribute("aria-pressed", String(isMine));
  });
  const total = document.querySelector("[data-gap-count]");
  if (total) total.textContent = String(document.querySelectorAll("[data-part='gaps'] .gap-card").length);
  tick();
}

function tick() {
  document.querySelectorAll("[data-until]").forEach((clock) => {
    const left = Math.max(0, Math.round(Number(clock.getAttribute("data-until")) - serverNow() / 1000));
    clock.textContent = `${Math.floor(left / 60)}.${String(left % 60).padStart(2, "0")}`;
  });
}

/**
 * @param {string} verb
 * @param {Record<string, unknown>} body
 */
function say(verb, body) {
  return send({ url: `${root.dataset.say}${verb}`, body, order: root.dataset.room ?? "", room: root.dataset.room ?? "" });
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
  else if (kind) openForm(kind, link.getAttribute("data-about") ?? "", link.getAttribute("data-title") ?? "");
}

/** @param {string} gap */
function recognise(gap) {
  const isOn = !mine.has(gap);
  if (isOn) mine.add(gap);
  else mine.delete(gap);
  say(isOn ? "recognise" : "withdraw-recognition", { gap });
  dress();
}

/**
 * @param {string} choice
 * @param {string} option
 */
function vote(choice, option) {
  Object.assign(voted, { choice, option });
  say("vote-branch", { branch: choice, option: Number(option) });
  dress();
}

/**
 * @param {string} kind
 * @param {string} about
 * @param {string} title
 * @param {Record<string, unknown>} [typed] what was typed before, to correct it
 */
function openForm(kind, about, title, typed = {}) {
  const form = dialog.querySelector("form");
  if (!form) return;
  form.dataset.kind = kind;
  for (const [name, value] of Object.entries({ ...typed, kind, about })) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) field.value = String(value);
  }
  const heading = form.querySelector("[data-about-title]");
  if (heading) heading.textContent = title;
  problem("");
  dialog.showModal();
  textField().focus();
}

/** @returns {HTMLTextAreaElement} */
function textField() {
  return /** @type {HTMLTextAreaElement} */ (dialog.querySelector("textarea"));
}

/** @param {string} sentence */
function problem(sentence) {
  const place = /** @type {HTMLElement} */ (dialog.querySelector(".problem"));
  place.hidden = !sentence;
  const text = place.querySelector("span");
  if (text) text.textContent = sentence;
  textField().setAttribute("aria-invalid", String(Boolean(sentence)));
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !dialog.contains(form)) return;
  const button = event.submitter;
  if (button instanceof HTMLButtonElement && button.value === "cancel") return;
  const fields = Object.fromEntries(Array.from(new FormData(form), ([name, value]) => [name, String(value)]));
  const text = fields.text?.trim() ?? "";
  const most = fields.kind === "gap" ? LONGEST_GAP : 600;
  if (!text || text.length > most) {
    event.preventDefault();
    problem(form.querySelector("#zeg-over")?.textContent?.trim() ?? "");
    textField().focus();
    return;
  }
  const only = fields.kind === "gap" ? fields : { kind: fields.kind, about: fields.about };
  const scene = document.querySelector("[data-part='scene']");
  const place = { scene: Number(scene?.getAttribute("data-scene") ?? 1) - 1, beat: Number(scene?.getAttribute("data-beat") ?? 0) };
  say("submit", { ...only, text, ...place });
  form.reset();
}

/** @param {Item[]} items */
function onOutbox(items) {
  const here = items.filter((item) => item.room === root.dataset.room);
  const list = document.querySelector("#own ul");
  const box = document.getElementById("own");
  if (!list || !box) return;
  const said = here.filter((item) => typeof item.body.text === "string");
  list.replaceChildren(...said.map(rowOf));
  box.hidden = said.length === 0;
  const state = ["refused", "failed", "keeping"].find((name) => here.some((item) => item.state === name));
  const bar = document.getElementById("follow-state");
  bar?.setAttribute("data-outbox", state && state !== "refused" ? (words[state] ?? "") : "");
  for (const item of here) undo(item);
  status();
}

/**
 * A recognition that the server refused is no recognition.
 * @param {Item} item
 */
function undo(item) {
  if (item.state !== "refused" || typeof item.body.gap !== "string") return;
  if (item.url.endsWith("/recognise")) mine.delete(item.body.gap);
  forget(item.key);
  dress();
}

/** @param {Item} item */
function rowOf(item) {
  const row = document.createElement("li");
  const text = document.createElement("span");
  text.className = "voice";
  text.textContent = String(item.body.text);
  const state = document.createElement("span");
  state.className = `state ${STATES[item.state]}`;
  state.textContent = [words[item.state], item.sentence].filter(Boolean).join(". ");
  row.append(text, state);
  const flags = /** @type {{ nl: string, en: string }[]} */ (item.answer.flags ?? []);
  for (const flag of item.state === "kept" ? flags : []) {
    const hint = document.createElement("span");
    hint.className = "small";
    hint.textContent = document.documentElement.lang === "nl" ? flag.nl : flag.en;
    row.append(hint);
  }
  if (item.state === "refused" || flags.length) row.append(correction(item));
  return row;
}

/** @param {Item} item */
function correction(item) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = words.again ?? "";
  button.addEventListener("click", () => {
    forget(item.key);
    openForm(String(item.body.kind), String(item.body.about ?? ""), "", item.body);
  });
  return button;
}

/** @type {"live" | "polling" | "offline"} */
let connection = "live";

function status() {
  const bar = document.getElementById("follow-state");
  if (!bar) return;
  const waiting = bar.getAttribute("data-outbox");
  const dot = bar.querySelector(".live-dot");
  const text = waiting || (isFollowing() || connection !== "live" ? words[connection] : "");
  if (!text) return;
  bar.replaceChildren(...(dot && connection !== "offline" ? [dot] : []), text);
}

function begin() {
  document.documentElement.dataset.script = "yes";
  follow({
    room: root.dataset.room ?? "",
    seq: shown,
    onFrame,
    onResync: refresh,
    onStatus: (now) => {
      connection = now;
      status();
    },
  });
  watch(onOutbox);
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  textField().addEventListener("input", () => problem(""));
  window.setInterval(tick, 1000);
  dress();
}

begin();
