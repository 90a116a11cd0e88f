// @ts-check
/** The editor: what is typed is kept at once, the reading beside it follows, colleagues are seen, and every button works in place. */
import { follow } from "../live/stream.js";
import { headersOf, newKey } from "../live/command.js";
import { drag } from "./drag.js";
import { place, read } from "./parts.js";
import { keepWhileTyping } from "./typing.js";

const HERE = 15_000;
const AGAIN = 1_000;
const tab = newKey();
const root = /** @type {HTMLElement} */ (document.querySelector("[data-editor]"));
const words = root.dataset;
document.documentElement.setAttribute("data-script", "yes");

let turn = 0;
/** @type {AbortController | null} */
let looking = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let again;

const typing = keepWhileTyping({
  url: `${words.base}/doe/wijzig`,
  kept: () => {
    say(words.keptNow ?? "");
    void renew();
  },
  busy: () => say(words.keeping ?? ""),
  same: () => say(words.keptNow ?? ""),
  lost: () => say(words.offline ?? ""),
  refused: (field, sentence, wrote) => {
    tell(sentence, wrote);
    const hidden = /** @type {HTMLInputElement | null} */ (field.querySelector("input[type=hidden]"));
    const input = /** @type {HTMLInputElement | null} */ (field.querySelector("textarea, select, input:not([type=hidden])"));
    // What was refused stands in the message; the field shows again what is kept.
    if (hidden && input && document.activeElement === input) input.blur();
    void renew({ whole: true, keepProblem: true });
  },
});

/** What the corner of the bar says. @param {string} text */
function say(text) {
  const corner = document.querySelector("[data-kept]");
  if (corner && corner.textContent !== text) corner.textContent = text;
}

/**
 * A refusal, with what was written.
 * @param {string} sentence
 * @param {string} wrote
 */
function tell(sentence, wrote) {
  const spot = document.querySelector("[data-problem]");
  if (!spot) return;
  const box = document.createElement("div");
  box.className = "notice";
  const text = document.createElement("div");
  const line = document.createElement("p");
  line.className = "strong";
  line.textContent = sentence;
  text.append(line);
  if (wrote) {
    const quote = document.createElement("q");
    quote.textContent = wrote;
    text.append(quote);
  }
  box.append(text);
  spot.replaceChildren(box);
  say(words.conflict ?? "");
}

/**
 * Ask for the parts anew; an older question is called off.
 * @param {{ whole?: boolean, keepProblem?: boolean, url?: string }} [wish]
 */
async function renew(wish = {}) {
  clearTimeout(again);
  again = undefined;
  looking?.abort();
  const mine = (looking = new AbortController());
  const preview = document.querySelector('[data-part="preview"]');
  preview?.setAttribute("aria-busy", "true");
  turn += 1;
  try {
    const answer = await fetch(wish.url ?? location.href, {
      headers: { "X-Schakelbord-Part": "editor", "X-Schakelbord-Turn": `${tab}.${turn}` },
      signal: mine.signal,
    });
    if (!answer.ok) {
      say(words.offline ?? "");
      return;
    }
    if (answer.status === 204) {
      // The server had a newer question, and none is under way here: ask once more.
      if (looking === mine) again = setTimeout(() => void renew(wish), AGAIN);
      return;
    }
    const problem = document.querySelector("[data-problem]")?.innerHTML ?? "";
    place(read(await answer.text()), { busy: typing.isBusy, whole: wish.whole });
    const spot = document.querySelector("[data-problem]");
    if (wish.keepProblem && spot) spot.innerHTML = problem;
    ready();
  } catch (trouble) {
    if (!(trouble instanceof DOMException && trouble.name === "AbortError")) say(words.offline ?? "");
  } finally {
    if (looking === mine) {
      looking = null;
      preview?.setAttribute("aria-busy", String(again !== undefined));
    }
  }
}

/** After every renewal: repairs come later, items can be dragged. */
function ready() {
  for (const item of document.querySelectorAll("[data-list] > [data-item]")) item.setAttribute("draggable", "true");
  document.documentElement.setAttribute("data-editor-ready", String(turn));
  void repairs();
}

/** @type {AbortController | null} */
let seeking = null;
let sought = 0;

async function repairs() {
  const spot = document.querySelector("[data-repairs]");
  const url = spot?.getAttribute("data-url");
  if (!spot || !url) return;
  seeking?.abort();
  seeking = new AbortController();
  try {
    const answer = await fetch(url, { headers: { "X-Schakelbord-Turn": `${tab}.${(sought += 1)}` }, signal: seeking.signal });
    const here = document.querySelector("[data-repairs]");
    if (!answer.ok || answer.status === 204 || !here) return;
    const open = here.querySelector("details")?.open ?? false;
    here.innerHTML = await answer.text();
    if (open) here.querySelector("details")?.setAttribute("open", "");
  } catch {
    // A newer change called it off, or there is no connection; gaps are shown all the same.
  }
}

/**
 * A button of a form, carried out in place.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} button
 */
async function press(form, button) {
  await typing.flush();
  const data = new FormData(form, button);
  data.set("sleutel", newKey());
  try {
    // No turn: what a button did is always shown, whatever else asks for the parts meanwhile.
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Schakelbord-Part": "editor" } });
    if (answer.url && answer.redirected && answer.url !== location.href) history.pushState(null, "", answer.url);
    const said = button?.getAttribute("value") ?? "";
    const before = location.href;
    const fresh = read(await answer.text());
    if (!fresh.querySelector("[data-part]")) {
      say(words.failed ?? "");
      return;
    }
    // Somebody's frame, or that of this button itself, may have asked for the part that was left: that answer must not come over this one.
    const overtaken = looking;
    overtaken?.abort();
    place(fresh, { busy: () => false, whole: true });
    say(words.keptNow ?? "");
    look(said, before);
    ready();
    if (overtaken) void renew();
    void here();
  } catch {
    say(words.failed ?? "");
  }
}

/**
 * Where the eyes go after a button: to what was added, else to the title.
 * @param {string} said
 * @param {string} url
 */
function look(said, url) {
  const [verb, path] = said.split("|");
  if (verb === "voeg" && path) {
    const rows = document.querySelectorAll(`[data-row^="${path}/"]`);
    const last = rows[rows.length - 1] ?? document.querySelector("form[data-form]");
    /** @type {HTMLElement | null} */ (last?.querySelector("select, textarea, input:not([type=hidden])"))?.focus();
    return;
  }
  const same = said ? document.querySelector(`[name="do"][value="${CSS.escape(said)}"]`) : null;
  const next = /** @type {HTMLElement | null} */ (same ?? document.querySelector('[data-part="form"] [data-block="buttons"] .button, [data-part="form"] a, main'));
  if (url) next?.focus();
}

/** Tell that we are here, and hear who else is. */
async function here() {
  const part = document.querySelector('[data-part="form"]')?.getAttribute("data-at") ?? "";
  const spot = document.querySelector("#wie-werkt");
  if (!spot) return;
  try {
    const answer = await fetch(`${words.base}/hier`, { method: "POST", headers: headersOf(newKey()), body: JSON.stringify({ part }) });
    if (!answer.ok) return;
    const { people } = await answer.json();
    const lines = /** @type {string[]} */ (people);
    if (lines.join("|") === [...spot.children].map((line) => line.textContent?.trim()).join("|")) return;
    spot.replaceChildren(
      ...lines.map((text) => {
        const line = document.createElement("p");
        line.className = "small at-work";
        line.textContent = text;
        return line;
      }),
    );
  } catch {
    // The next heartbeat tries again.
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-form], [data-button]")) return;
  const button = /** @type {HTMLElement | null} */ (event.submitter);
  if (button?.hasAttribute("data-leave")) return;
  event.preventDefault();
  void press(form, button);
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest('[data-part="outline"] a, [data-part="preview"] section a') : null;
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void typing.flush().then(async () => {
    history.pushState(null, "", link.href);
    await renew({ whole: true });
    void here();
  });
});

document.addEventListener("keydown", (event) => {
  const isText = event.target instanceof Element && event.target.matches("textarea, input");
  if (isText || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  const wanted = key === "z" && !event.shiftKey ? "ongedaan" : key === "y" || key === "z" ? "opnieuw" : "";
  const button = wanted ? document.querySelector(`[data-form] [name="do"][value="${wanted}"]`) : null;
  if (button instanceof HTMLButtonElement && button.form) {
    event.preventDefault();
    void press(button.form, button);
  }
});

window.addEventListener("popstate", () => void renew({ whole: true }));
window.addEventListener("beforeunload", (event) => {
  if (typing.isWaiting()) event.preventDefault();
});

/**
 * Post a button that is on no form: a drag.
 * @param {string} wish
 */
function post(wish) {
  const form = document.querySelector("form[data-form]");
  if (!(form instanceof HTMLFormElement)) return;
  const button = document.createElement("button");
  button.name = "do";
  button.value = wish;
  button.hidden = true;
  form.append(button);
  void press(form, button).finally(() => button.remove());
}

drag({
  after: (path, key) => post(`na|${path}|${key}`),
  live: (doll, place) => {
    const to = document.querySelector('select[name$="/move/to"]');
    const box = document.querySelector(`[name$="/move/dolls"][value="${CSS.escape(doll)}"]`);
    if (!(to instanceof HTMLSelectElement) || !(box instanceof HTMLInputElement)) return;
    box.checked = true;
    to.value = place;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    to.dispatchEvent(new Event("change", { bubbles: true }));
  },
});

const seq = Number(document.querySelector("[data-seq]")?.getAttribute("data-seq") ?? 0);
follow({
  room: words.room ?? "",
  seq,
  onFrame: (frame) => {
    const shown = Number(document.querySelector("[data-seq]")?.getAttribute("data-seq") ?? 0);
    if (frame.seq > shown && !typing.isWaiting()) void renew();
  },
  onResync: () => void renew(),
  onPresence: () => void here(),
});
setInterval(() => void here(), HERE);
void here();
ready();
