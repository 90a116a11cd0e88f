// @ts-check
/** A phone in the room: it follows the presenter, or looks around on its own and may come back. Nothing here takes the focus away. */

import { follow, serverNow } from "../live/stream.js";
import { hurry } from "../live/outbox.js";
import { put } from "./phone_parts.js";
import { dressSaid, forgetDrafts, lookAtFates, startSaying, waitingWords } from "./phone_say.js";

/** @typedef {import("../live/stream.js").Frame} Frame */

const root = /** @type {HTMLElement} */ (document.querySelector("[data-phone]"));
const words = document.getElementById("words")?.dataset ?? {};
const JITTER = 400;
// What changes the screen of others only.
const NOT_HERE = new Set(["session.spotlight", "session.count"]);
const MAY_SETTLE = new Set(["item.shown", "gap.told", "gap.changed", "session.undone"]);

let shown = Number(root.dataset.seq);
let roomScene = Number(root.dataset.roomScene);
let fetching = false;
let stale = false;
/** @type {"live" | "polling" | "offline"} */
let connection = "live";

const isFollowing = () => "follows" in root.dataset;

/** @param {Frame} frame */
function onFrame(frame) {
  if (frame.seq <= shown) return;
  shown = frame.seq;
  if (frame.verb === "session.ended") leave();
  else if (frame.verb === "session.stepped" && !isFollowing()) offerScene(Number(frame.data.scene) + 1);
  else if (frame.verb === "gap.counted") count(frame);
  else if (frame.verb === "branch.voted") countVotes(frame);
  else if (frame.verb === "room.answered") lookAtFates(true);
  else if (!NOT_HERE.has(frame.verb)) show(frame);
  if (MAY_SETTLE.has(frame.verb)) lookAtFates();
}

/** @param {Frame} frame */
function show(frame) {
  const html = isFollowing() ? frame.html?.phone : undefined;
  if (!html) {
    refresh();
    return;
  }
  put(html);
  dress();
}

function leave() {
  forgetDrafts();
  location.assign(root.dataset.home ?? "");
}

/**
 * Somebody recognises a gap: only the numbers change.
 * @param {Frame} frame
 */
function count(frame) {
  const card = document.querySelector(`[data-part="gaps"] [data-id="${CSS.escape(frame.node)}"]`);
  const place = card?.querySelector("[data-count]");
  if (!card || !place) return;
  place.textContent = (place.textContent ?? "").replace(/\d+/, String(frame.data.count));
  const roles = Object.entries(/** @type {Record<string, number>} */ (frame.data.roles ?? {})).sort();
  const list = card.querySelector("[data-roles]");
  if (list) list.textContent = roles.map(([role, number]) => `${number} ${roleWord(role)}`).join(", ");
  const state = card.getAttribute("data-state");
  if (state !== "visible" && state !== "recognised") return;
  const now = Number(frame.data.count) ? "recognised" : "visible";
  card.setAttribute("data-state", now);
  const word = card.classList.contains("mended") ? null : card.querySelector("[data-state-word]");
  if (word) word.textContent = words[now] ?? "";
}

/** @param {string} role */
function roleWord(role) {
  return words[role ? `role${role[0]?.toUpperCase()}${role.slice(1)}` : "roleNone"] ?? role;
}

/** @param {Frame} frame */
function countVotes(frame) {
  const votes = /** @type {number[]} */ (frame.data.votes ?? []);
  document.querySelectorAll("[data-votes]").forEach((place) => {
    place.textContent = String(votes[Number(place.getAttribute("data-votes"))] ?? 0);
  });
}

/**
 * The room began another scene than the one that this phone looks at.
 * @param {number} scene
 */
function offerScene(scene) {
  if (scene === roomScene) return;
  roomScene = scene;
  const bar = /** @type {HTMLElement | null} */ (document.querySelector("#new-scene .notice"));
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
    const isDone = await fetchState().catch(() => false);
    fetching = false;
    if (!isDone) window.setTimeout(refresh, 1000 + Math.random() * 1000);
    else if (stale) refresh();
  }, Math.random() * JITTER);
}

/** @returns {Promise<boolean>} whether this page is right now; false to ask again */
async function fetchState() {
  stale = false;
  const answer = await fetch(location.href, { headers: { "X-Schakelbord-Part": "phone" }, signal: AbortSignal.timeout(10_000) });
  const text = await answer.text();
  if (answer.redirected) location.assign(answer.url);
  else if (answer.ok) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("[data-phone]");
    if (!(fresh instanceof HTMLElement)) leave();
    // Something came in by the stream while this was under way.
    else if (Number(fresh.dataset.seq) < shown) return false;
    else {
      shown = Number(fresh.dataset.seq);
      put(page);
      offerOther(Number(fresh.dataset.roomScene));
      dress();
    }
  }
  return answer.ok || answer.status < 500;
}

/** @param {number} scene where the room is now */
function offerOther(scene) {
  if (isFollowing()) roomScene = scene;
  else offerScene(scene);
}

/** The state must be fetched anew: what was shown counts for nothing. */
function onResync() {
  shown = 0;
  refresh();
  lookAtFates(true);
}

/** What only this phone knows: what it recognises, how it voted, the clock. */
function dress() {
  dressSaid();
  tick();
}

function tick() {
  document.querySelectorAll("[data-until]").forEach((clock) => {
    const left = Math.max(0, Math.round(Number(clock.getAttribute("data-until")) - serverNow() / 1000));
    const text = `${Math.floor(left / 60)}.${String(left % 60).padStart(2, "0")}`;
    if (clock.textContent !== text) clock.textContent = text;
  });
}

/** The connection and what is not sent yet, in words. */
function status() {
  const bar = document.getElementById("follow-state");
  const text = waitingWords() || (isFollowing() || connection !== "live" ? words[connection] : "");
  if (!bar || !text || bar.textContent?.trim() === text) return;
  const dot = document.createElement("span");
  dot.className = "live-dot";
  dot.setAttribute("aria-hidden", "true");
  bar.replaceChildren(...(connection === "offline" ? [] : [dot]), text);
}

function begin() {
  document.documentElement.dataset.script = "yes";
  follow({
    room: root.dataset.room ?? "",
    seq: shown,
    now: Number(root.dataset.now) * 1000,
    onFrame,
    onResync,
    onStatus: (now) => {
      connection = now;
      if (now !== "offline") hurry();
      status();
    },
  });
  startSaying(status);
  window.setInterval(tick, 1000);
  dress();
}

begin();
