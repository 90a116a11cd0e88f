// @ts-check
/** Saying something at a table: through the outbox, with a secret of this device, by which its writer alone can mend it. */

import { forget, send, watch } from "../live/outbox.js";
import { newKey } from "../live/command.js";
import { bodyOfForm, forgetDraft } from "./fields.js";
import { refresh } from "./screen.js";

/** @typedef {import("../live/outbox.js").Item} Item */

const MINE = "schakelbord-own";
/** @type {Record<string, string>} */
const STATES = { kept: "agreed", keeping: "waiting", failed: "waiting", refused: "late" };
const words = document.getElementById("words")?.dataset ?? {};
/** @type {HTMLElement} */
let root;
/** What was taken back to the form for other words. @type {string} */
let mending = "";

/** @param {HTMLElement} place */
export function startSaying(place) {
  root = place;
  document.addEventListener("submit", onSay);
  document.addEventListener("submit", onVote, true);
  document.addEventListener("meeting:shown", dress);
  document.addEventListener("meeting:status", () => showState(last));
  root.querySelectorAll("form[data-say]").forEach(showSource);
  root.addEventListener("change", (event) => {
    const form = event.target instanceof HTMLElement ? event.target.closest("form[data-say]") : null;
    if (form) showSource(form);
  });
  watch(onItems);
  dress();
}

/** The source of a fact is asked for only when it is one. @param {Element} form */
function showSource(form) {
  const kind = form.querySelector("input[name=kind]:checked");
  const place = form.querySelector("[data-only=fact]");
  if (kind instanceof HTMLInputElement && place instanceof HTMLElement) place.hidden = kind.value !== "fact";
}

/** @param {Event} event */
async function onSay(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("say" in form.dataset)) return;
  event.preventDefault();
  const body = bodyOfForm(form);
  if (body.kind !== "fact") body.source = "";
  const field = form.elements.namedItem("text");
  if (!String(body.text ?? "").trim()) {
    if (field instanceof HTMLElement) field.focus();
    return;
  }
  body.own = newKey();
  // At once, and not when it is kept: what is typed meanwhile is the next text, and a second press does not send this one again.
  form.querySelectorAll("textarea, input[name=source]").forEach((part) => (/** @type {HTMLInputElement} */ (part).value = ""));
  askSure(form, "");
  await send({ url: form.getAttribute("action") ?? "", body, order: `table-${body.table}`, room: root.dataset.room });
  if (field instanceof HTMLTextAreaElement && !field.value) forgetDraft(form);
}

/**
 * A vote goes through the outbox as well: the last one for a statement counts.
 * @param {Event} event
 */
async function onVote(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.order) return;
  event.preventDefault();
  event.stopPropagation();
  const button = event instanceof SubmitEvent ? event.submitter : null;
  form.querySelectorAll("button").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
  await send({ url: form.getAttribute("action") ?? "", body: bodyOfForm(form, button), order: form.dataset.order, room: root.dataset.room });
}

/** What this device said, by the key of the contribution. @returns {Record<string, string>} */
function own() {
  try {
    return JSON.parse(localStorage.getItem(MINE) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {string} contribution @param {string} secret */
function remember(contribution, secret) {
  const known = own();
  if (known[contribution] === secret) return;
  try {
    localStorage.setItem(MINE, JSON.stringify(Object.fromEntries([...Object.entries(known), [contribution, secret]].slice(-200))));
  } catch {
    // A private window forgets; then only the words stay on the table.
  }
}

/** @type {Item[]} */
let last = [];

/** @param {Item[]} items */
function onItems(items) {
  const waited = new Set(last.filter((item) => item.state !== "kept").map((item) => item.key));
  last = items.filter((item) => item.room === root.dataset.room);
  // Nobody else hears of a vote: a page that was on its way before it must not stay, as that says that one has not voted.
  if (last.some((item) => item.state === "kept" && item.body.statement && waited.has(item.key))) refresh();
  for (const item of last) if (item.state === "kept" && item.answer.contribution && item.body.own) remember(String(item.answer.contribution), String(item.body.own));
  const waiting = last.filter((item) => item.state !== "kept" && item.body.text);
  const place = document.getElementById("own");
  const list = place?.querySelector("ul");
  if (place && list) {
    place.hidden = waiting.length === 0;
    list.replaceChildren(...waiting.map(line));
  }
  showState(last);
  dress();
}

/** @param {Item} item */
function line(item) {
  const row = document.createElement("li");
  row.className = "stack-s";
  const said = document.createElement("p");
  said.className = "told";
  said.textContent = String(item.body.text);
  const state = document.createElement("p");
  state.className = "small";
  const mark = document.createElement("span");
  mark.className = `state ${STATES[item.state]}`;
  mark.textContent = item.state === "refused" ? item.sentence || (words.refused ?? "") : (words[item.state] ?? "");
  state.append(mark);
  row.append(said, state);
  if (item.state === "refused") {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button plain";
    again.textContent = words.again ?? "";
    again.addEventListener("click", () => takeBack(item));
    row.append(again);
  }
  return row;
}

/** A refused text comes back in the form; it stays on the device until it is sent anew. @param {Item} item */
async function takeBack(item) {
  if (item.url.endsWith("/mend")) return mendAgain(item);
  const form = root.querySelector("form[data-say]");
  const field = form?.querySelector("textarea");
  if (!(form instanceof HTMLFormElement) || !field) return;
  field.value = String(item.body.text);
  const kind = form.querySelector(`input[name=kind][value="${item.body.kind}"]`);
  if (kind instanceof HTMLInputElement) kind.checked = true;
  const source = form.querySelector("input[name=source]");
  if (source instanceof HTMLInputElement) source.value = String(item.body.source ?? "");
  showSource(form);
  askSure(form, item.sentence);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await forget(item.key);
  field.focus();
}

/** What looks like a name may be none: then its writer says so, and the host looks first. @param {Element} form @param {string} sentence */
function askSure(form, sentence) {
  const sure = form.querySelector("[data-sure]");
  if (sure instanceof HTMLElement) {
    sure.hidden = !sentence;
    const box = sure.querySelector("input");
    if (box) box.checked = false;
  }
  const place = form.querySelector("[data-problem]");
  if (place instanceof HTMLElement) {
    place.hidden = !sentence;
    place.textContent = sentence;
  }
}

/** One word for everything that this device keeps. @param {Item[]} items */
function showState(items) {
  const place = document.querySelector("[data-kept-words]");
  if (!place) return;
  const waits = items.some((item) => item.state === "keeping" || item.state === "failed");
  const offline = root.dataset.status === "offline";
  place.textContent = (waits ? (offline ? words.offline : words.keeping) : offline ? words.offline : words.all) ?? "";
  place.closest("#kept-state")?.classList.toggle("waiting", waits || offline);
}

/** Mark what this device said, so that its writer can mend it. */
function dress() {
  const known = own();
  if ("host" in root.dataset) return;
  document.querySelectorAll(".note[data-id]").forEach((note) => {
    const key = note.getAttribute("data-id") ?? "";
    if (!known[key] || note.querySelector("[data-mend]")) return;
    const place = note.querySelector(".kind span");
    if (place && !place.getAttribute("data-source")) place.textContent = words.mine ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button plain";
    button.dataset.mend = key;
    button.textContent = words.again ?? "";
    button.addEventListener("click", () => mend(note, key));
    const row = document.createElement("span");
    row.className = "buttons";
    row.append(button);
    note.append(row);
  });
}

/** Other words that were refused come back in their own form. @param {Item} item */
async function mendAgain(item) {
  const key = String(item.body.contribution);
  const note = document.querySelector(`.note[data-id="${CSS.escape(key)}"]`);
  const dialog = document.querySelector(".mend-dialog");
  const field = dialog?.querySelector("textarea");
  if (!note || !dialog || !field) return;
  mending = key;
  field.value = String(item.body.text);
  askSure(dialog, item.sentence);
  await forget(item.key);
  mend(note, key);
}

/** @param {Element} note @param {string} key */
function mend(note, key) {
  const dialog = document.querySelector(".mend-dialog");
  const form = dialog?.querySelector("form");
  const field = form?.querySelector("textarea");
  if (!(dialog instanceof HTMLDialogElement) || !form || !field) return;
  if (mending !== key) {
    field.value = note.querySelector(".said")?.textContent ?? "";
    askSure(dialog, "");
  }
  mending = key;
  const sure = form.querySelector("input[name=sure]");
  dialog.onclose = async () => {
    if (dialog.returnValue !== "send" || !field.value.trim()) return;
    const isSure = sure instanceof HTMLInputElement && sure.checked;
    const kind = ["fact", "wish", "assumption"].find((name) => note.classList.contains(name)) ?? "experience";
    const source = kind === "fact" ? (note.querySelector(".kind span")?.getAttribute("data-source") ?? "") : "";
    const table = Number(root.querySelector("form[data-say] input[name=table]")?.getAttribute("value"));
    mending = "";
    await send({
      url: `${root.dataset.do}mend`,
      body: { contribution: key, table, text: field.value, kind, source, own: own()[key] ?? "", sure: isSure },
      order: `table-${table}`,
      room: root.dataset.room,
    });
  };
  dialog.showModal();
}
