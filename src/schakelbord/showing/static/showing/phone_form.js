// @ts-check
/** The form in which something is said. What is begun stays on this device until it is sent or the meeting ends. */

const root = /** @type {HTMLElement} */ (document.querySelector("[data-phone]"));
const words = document.getElementById("words")?.dataset ?? {};
const dialog = /** @type {HTMLDialogElement} */ (document.querySelector(".say-dialog"));
const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
const LONGEST_GAP = 90;
const LONGEST = 600;
const DRAFTS = `schakelbord-draft-${root.dataset.room}-`;

/** The item of the outbox that this one comes instead of, and the message at the desk. */
let replaces = "";
let insteadOf = "";

/**
 * @param {(body: Record<string, unknown>, replaces: string) => void} onSay called with what somebody sends
 */
export function startForm(onSay) {
  form.addEventListener("submit", (event) => {
    const isCancelled = event.submitter instanceof HTMLButtonElement && event.submitter.value === "cancel";
    if (isCancelled) return;
    const sentence = whatIsWrong();
    if (sentence) {
      event.preventDefault();
      problem(sentence);
      text.focus();
      return;
    }
    dropDraft();
    onSay(bodyOf(), replaces);
  });
  form.addEventListener("input", () => {
    problem("");
    countLeft();
    keepDraft();
  });
}

/**
 * Open the form; what was typed before stands in it.
 * @param {Record<string, unknown>} body
 * @param {string} title of what it is about
 * @param {string} [key] of an item of the outbox that this one comes instead of
 * @param {string} [message] that the desk has and that this one comes instead of
 */
export function openForm(body, title, key = "", message = "") {
  form.reset();
  form.dataset.kind = String(body.kind);
  replaces = key;
  insteadOf = message;
  fill({ about: "", ...body, ...draftOf(body) });
  const heading = form.querySelector("[data-about-title]");
  if (heading) heading.textContent = title;
  problem("");
  countLeft();
  dialog.showModal();
  text.focus();
}

/** Forget everything that was begun in this room. */
export function forgetDrafts() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(DRAFTS)) localStorage.removeItem(name);
  } catch {
    // No place to keep anything, so nothing was kept.
  }
}

/** @param {Record<string, unknown>} typed */
function fill(typed) {
  for (const [name, value] of Object.entries(typed)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) field.value = String(value);
  }
}

function fields() {
  return Object.fromEntries(Array.from(new FormData(form), ([name, value]) => [name, String(value)]));
}

/** @returns {Record<string, unknown>} */
function bodyOf() {
  const typed = fields();
  const scene = document.querySelector("[data-part='scene']");
  const place = { scene: Number(scene?.getAttribute("data-scene") ?? 1) - 1, beat: Number(scene?.getAttribute("data-beat") ?? 0) };
  const only = typed.kind === "gap" ? typed : { kind: typed.kind, about: typed.about };
  return { ...only, text: text.value.trim(), ...place, ...(insteadOf ? { instead_of: insteadOf } : {}) };
}

function most() {
  return form.dataset.kind === "gap" ? LONGEST_GAP : LONGEST;
}

function whatIsWrong() {
  if (!text.value.trim()) return words.empty ?? "";
  return text.value.trim().length > most() ? (words.long ?? "") : "";
}

function countLeft() {
  const left = most() - text.value.trim().length;
  const place = document.getElementById("zeg-over-tel");
  if (place) place.textContent = ((left < 0 ? words.over : words.left) ?? "").replace("{n}", String(Math.abs(left)));
}

/** @param {string} sentence */
function problem(sentence) {
  const place = /** @type {HTMLElement} */ (dialog.querySelector(".problem"));
  place.hidden = !sentence;
  const words_here = place.querySelector("span");
  if (words_here) words_here.textContent = sentence;
  text.setAttribute("aria-invalid", String(Boolean(sentence)));
}

/** @param {Record<string, unknown>} body */
function nameOf(body) {
  return `${DRAFTS}${body.kind}-${body.about ?? ""}-${replaces || insteadOf}`;
}

function keepDraft() {
  try {
    localStorage.setItem(nameOf(fields()), JSON.stringify(fields()));
  } catch {
    // Storage is full or shut: the text still stands in the form.
  }
}

function dropDraft() {
  try {
    localStorage.removeItem(nameOf(fields()));
  } catch {
    // As above.
  }
}

/**
 * @param {Record<string, unknown>} body
 * @returns {Record<string, unknown>}
 */
function draftOf(body) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(body)) ?? "{}");
  } catch {
    return {};
  }
}
