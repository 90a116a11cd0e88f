// @ts-check
/**
 * The stage by keyboard: one tab stop, and inside it the arrows walk. Left and right go round the ring, up and down go outward and inward,
 * L walks along the channels and gaps of one actor, G goes from gap to gap. Single letters act only while the stage has the focus.
 */

const TOKENS = "svg.stage [data-id]:is(a, [role=button])";
const KEYS = "dialog.keys-dialog";

/** @typedef {SVGElement | HTMLElement} Token */

/** The id of the token that has, or would get, the focus. @type {string} */
let current = "";
/** True while L is on and the arrows follow the lines. */
let alongLines = false;
/** @type {(name: string) => void} */
let goStep = () => {};

/** @returns {Token[]} */
function tokens() {
  return Array.from(document.querySelectorAll(TOKENS));
}

/**
 * Make the stage one tab stop. Called again after every change of the drawing.
 * @param {(name: string) => void} step follows a step button by its name
 */
export function watchStage(step) {
  goStep = step;
  const all = tokens();
  const first = all.at(0);
  if (first && !all.some((token) => idOf(token) === current)) current = idOf(first);
  for (const token of all) token.setAttribute("tabindex", idOf(token) === current ? "0" : "-1");
}

/**
 * Remember who has the focus, and give a function that gives it back after the page has changed.
 * @returns {(wanted?: string) => void}
 */
export function holdFocus() {
  const active = document.activeElement;
  const onStage = active?.closest("svg.stage") ? idOf(/** @type {Token} */ (active)) : "";
  const id = active?.id ?? "";
  const named = active?.getAttribute("data-id") ?? "";
  return (wanted) => {
    if (active?.isConnected && !wanted) return;
    const again =
      (wanted && document.getElementById(wanted)) ||
      (onStage && tokens().find((token) => idOf(token) === onStage)) ||
      (id && document.getElementById(id)) ||
      (named && document.querySelector(`[data-player] [data-id="${CSS.escape(named)}"]`)) ||
      (id && document.querySelector("[data-step][id]"));
    if (again instanceof HTMLElement || again instanceof SVGElement) again.focus({ preventScroll: !wanted });
  };
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const token = event.target instanceof Element ? /** @type {Token | null} */ (event.target.closest(TOKENS)) : null;
  if (!token || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.length === 1 && document.documentElement.dataset.keys === "off") return;
  const act = ACTS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act(token, event);
}

/** @type {Record<string, (token: Token, event: KeyboardEvent) => void>} */
const ACTS = {
  ArrowRight: (token) => (alongLines ? walkLines(1) : round(token, 1)),
  ArrowLeft: (token) => (alongLines ? walkLines(-1) : round(token, -1)),
  ArrowUp: (token) => (alongLines ? walkLines(-1) : across(token, 1)),
  ArrowDown: (token) => (alongLines ? walkLines(1) : across(token, -1)),
  Home: () => goStep("first"),
  End: () => goStep("last"),
  Enter: (token) => open(token),
  " ": (token) => open(token),
  Escape: () => stopLines(),
  l: (token) => startLines(token),
  g: (token, event) => nextGap(token, event.shiftKey ? -1 : 1),
  "?": () => showKeys(),
};

/** @param {Token} token */
function open(token) {
  token.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}

/** @param {Token | undefined} token */
function focusOn(token) {
  if (!token) return;
  current = idOf(token);
  for (const other of tokens()) other.setAttribute("tabindex", other === token ? "0" : "-1");
  token.focus({ preventScroll: true });
  token.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {Token} token */
function idOf(token) {
  return token.getAttribute("data-id") ?? "";
}

/** @param {Token} token */
function ringOf(token) {
  return token.closest("[data-ring]")?.getAttribute("data-ring") ?? "";
}

/** Rings from the middle outward, as far as somebody stands in them. */
function rings() {
  return ["leefwereld", "uitvoering", "beleid", "bestuur"].filter((ring) => tokens().some((token) => ringOf(token) === ring));
}

/**
 * The angle of a token as seen from the middle of the stage, clockwise.
 * @param {Token} token
 */
function angle(token) {
  const stage = token.closest("svg.stage")?.getBoundingClientRect() ?? new DOMRect();
  const box = token.getBoundingClientRect();
  return Math.atan2(
    (box.y + box.height / 2 - stage.y - stage.height / 2) / (stage.height || 1),
    (box.x + box.width / 2 - stage.x - stage.width / 2) / (stage.width || 1),
  );
}

/**
 * The next one in the same ring.
 * @param {Token} token
 * @param {number} way 1 clockwise, -1 back
 */
function round(token, way) {
  const same = tokens().filter((other) => ringOf(other) === ringOf(token));
  same.sort((one, other) => angle(one) - angle(other));
  focusOn(same[(same.indexOf(token) + way + same.length) % same.length]);
}

/**
 * The nearest one in the next ring that has anybody.
 * @param {Token} token
 * @param {number} way 1 outward, -1 inward
 */
function across(token, way) {
  const order = rings();
  const ring = order[order.indexOf(ringOf(token)) + way];
  const there = tokens().filter((other) => ringOf(other) === ring);
  focusOn(nearest(token, there));
}

/**
 * @param {Token} token
 * @param {Token[]} others
 */
function nearest(token, others) {
  const here = angle(token);
  /** @param {Token} other */
  const apart = (other) => Math.abs(Math.atan2(Math.sin(angle(other) - here), Math.cos(angle(other) - here)));
  return others.sort((one, other) => apart(one) - apart(other))[0];
}

/** @type {{ from: string, others: string[], place: number }} */
let lines = { from: "", others: [], place: -1 };

/**
 * L: from here the arrows go to whoever is at the other end of a line or a gap; L again or Escape ends it.
 * @param {Token} token
 */
function startLines(token) {
  if (alongLines) {
    stopLines();
    return;
  }
  const id = idOf(token);
  const others = Array.from(document.querySelectorAll("svg.stage [data-from][data-to]"), (line) => {
    const [from, to] = [line.getAttribute("data-from") ?? "", line.getAttribute("data-to") ?? ""];
    return from === id ? to : to === id ? from : "";
  });
  lines = { from: id, others: [...new Set(others.filter((other) => other && tokens().some((one) => idOf(one) === other)))], place: -1 };
  alongLines = lines.others.length > 0;
  if (alongLines) walkLines(1);
}

/** @param {number} way */
function walkLines(way) {
  const { others } = lines;
  lines.place = (lines.place + way + others.length) % others.length;
  focusOn(tokens().find((token) => idOf(token) === others[lines.place]));
}

function stopLines() {
  if (!alongLines) return;
  alongLines = false;
  focusOn(tokens().find((token) => idOf(token) === lines.from));
}

/**
 * @param {Token} token
 * @param {number} way
 */
function nextGap(token, way) {
  const gaps = tokens().filter((other) => other.matches("[data-gap]"));
  const place = gaps.indexOf(token);
  focusOn(gaps[place < 0 ? (way > 0 ? 0 : gaps.length - 1) : (place + way + gaps.length) % gaps.length]);
}

function showKeys() {
  const box = document.querySelector(KEYS);
  if (box instanceof HTMLDialogElement && !box.open) box.showModal();
}

/** @param {FocusEvent} event */
function onFocus(event) {
  const token = event.target instanceof Element ? /** @type {Token | null} */ (event.target.closest(TOKENS)) : null;
  if (!token) {
    alongLines = false;
    return;
  }
  current = idOf(token);
}

document.addEventListener("keydown", onKey);
document.addEventListener("focusin", onFocus);
