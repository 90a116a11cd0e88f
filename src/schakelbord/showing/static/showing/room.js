// @ts-check
/**
 * A screen that follows its room. Whatever happens in the room, the screen fetches its own address anew, one fetch at a time, and puts the
 * parts that differ in place with the motion of the stage. What a screen shows is a function of the session, never of the frames it saw.
 */

import { follow } from "../live/stream.js";
import { announce } from "../stories/announce.js";
import { exchange } from "../stories/parts.js";
import { holdFocus } from "../stories/stage.js";

/**
 * @typedef {object} Screen
 * @property {(part: Element) => boolean} [mayChange] false keeps a part as it is
 * @property {() => void} [after] called when a new state is in place, before the motion begins
 * @property {(status: string) => void} [onStatus] `live`, `polling` or `offline`
 */

/** @returns {HTMLElement} */
function root() {
  const found = document.querySelector("[data-player][data-room]");
  if (!(found instanceof HTMLElement)) throw new Error("this page has no room");
  return found;
}

/** @returns {number} the newest event that this screen shows */
function seq() {
  return Number(root().dataset.seq);
}

/**
 * Follow the room of this page.
 * @param {Screen} screen
 * @returns {{ refresh: (least?: number) => Promise<void> }} `refresh` fetches the state, at least up to an event
 */
export function followRoom(screen) {
  let wanted = 0;
  // How often a state was asked for: what is asked during a fetch may be newer than what the fetch brings.
  let asked = 0;
  // The journal is another one than this screen knows, put back from a copy: what is shown counts for nothing.
  let isAnother = false;
  /** @type {Promise<void> | undefined} */
  let underWay;

  /** @param {number} [least] */
  function refresh(least = seq() + 1) {
    wanted = Math.max(wanted, least);
    asked += 1;
    underWay ??= catchUp().finally(() => (underWay = undefined));
    return underWay;
  }

  async function catchUp() {
    while (wanted > seq() || isAnother) {
      const before = asked;
      const isDone = await fetchState(screen, isAnother);
      if (isDone) isAnother = false;
      else if (isAnother) await new Promise((done) => setTimeout(done, 1000 + Math.random() * 1000));
      if (asked === before) wanted = 0;
    }
  }

  light();
  follow({
    room: root().dataset.room ?? "",
    seq: seq(),
    onFrame: (frame) => {
      if (frame.seq > seq()) refresh(frame.seq);
    },
    onResync: () => {
      wanted = 0;
      isAnother = true;
      refresh(0);
    },
    onPresence: count,
    onStatus: (status) => {
      document.querySelectorAll("[data-offline]").forEach((part) => part.toggleAttribute("hidden", status !== "offline"));
      screen.onStatus?.(status);
    },
  });
  return { refresh };
}

/**
 * Fetch the state of this screen and put it in place. A failed fetch changes nothing: the stream says so, and tries again.
 * @param {Screen} screen
 * @param {boolean} isAnother take it also when it is older than what is shown
 * @returns {Promise<boolean>} whether the state is in place
 */
async function fetchState(screen, isAnother) {
  const answer = await fetch(location.href, { headers: { "X-Schakelbord-Part": "screen" } }).catch(() => undefined);
  if (!answer) return false;
  if ([403, 404].includes(answer.status) || answer.redirected) {
    location.reload();
    return true;
  }
  if (!answer.ok) return false;
  const text = await answer.text().catch(() => "");
  return put(new DOMParser().parseFromString(text, "text/html"), screen, isAnother);
}

/**
 * @param {Document} page
 * @param {Screen} screen
 * @param {boolean} isAnother
 * @returns {boolean} false when this is no page, or an older one
 */
function put(page, screen, isAnother) {
  const here = root();
  const next = page.querySelector("[data-player][data-room]");
  if (!(next instanceof HTMLElement) || (!isAnother && Number(next.dataset.seq) < seq())) return false;
  const shown = { ...next.dataset };
  const unfolded = Array.from(document.querySelectorAll("[data-part] details[open][id]"), (part) => part.id);
  const focus = holdFocus();
  const change = exchange(page, screen.mayChange);
  for (const [name, value] of Object.entries(shown)) here.dataset[name] = value;
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  if (page.title) document.title = page.title;
  light();
  screen.after?.();
  focus();
  change.play();
  tell(change.isNewScene);
  return true;
}

/** Put whoever the room looks at in the light: the rest of the stage is quiet. */
export function light() {
  const id = root().dataset.lit ?? "";
  const token = id ? document.querySelector(`svg.stage .token[data-id="${CSS.escape(id)}"]`) : null;
  document.querySelectorAll("svg.stage .in-light").forEach((other) => other.classList.remove("in-light"));
  token?.classList.add("in-light");
  document.querySelector("svg.stage")?.classList.toggle("lit", Boolean(token));
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

/**
 * How many take part, in the words of the page.
 * @param {number} number
 */
function count(number) {
  document.querySelectorAll("[data-count]").forEach((part) => {
    const words = part.getAttribute(number === 1 ? "data-count-one" : "data-count") ?? "0";
    part.textContent = words.replace("0", String(number));
  });
}
