// @ts-check
/** The host's screen: keep the harvest while it is written, move contributions by drag or by key, and ask helpful questions. */

import { Refused, command } from "../live/command.js";
import { bodyOfForm, forgetDraft } from "./fields.js";
import { addressOf, announce, refresh, tellProblem } from "./screen.js";

const PAUSE = 900;
const words = document.getElementById("words")?.dataset ?? {};
/** @type {HTMLElement} */
let root;
/** @type {number | undefined} */
let timer;
/** @type {Promise<boolean> | undefined} */
let keeping;
let changed = false;

/** @param {HTMLElement} place */
export function startHost(place) {
  root = place;
  const form = root.querySelector("form[data-autosave]");
  if (form instanceof HTMLFormElement) keepHarvest(form);
  root.addEventListener("input", (event) => {
    const field = event.target;
    if (field instanceof HTMLTextAreaElement) askQuestions(field);
  });
  document.addEventListener("submit", beforeReading, true);
  drag();
  root.addEventListener("keydown", onKey);
  document.addEventListener("meeting:shown", reach);
  reach();
}

/** Contributions can be reached by Tab. */
function reach() {
  root.querySelectorAll(".group .note[data-id]").forEach((note) => note.setAttribute("tabindex", "0"));
}

/** @param {HTMLFormElement} form */
function keepHarvest(form) {
  const later = () => {
    setChanged(form, true);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => keep(form), PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  document.addEventListener("meeting:done", (event) => {
    const { form: sent, answer } = /** @type {CustomEvent} */ (event).detail;
    if (answer.version && (sent === form || sent.querySelector("[name=result]"))) setVersion(form, answer.version);
    if (sent === form) setChanged(form, false);
  });
}

/** What is ticked and not kept yet stays when a fresh page comes in. @param {HTMLFormElement} form @param {boolean} now */
function setChanged(form, now) {
  changed = now;
  form.toggleAttribute("data-changed", now);
}

/** @param {HTMLFormElement} form @param {unknown} version */
function setVersion(form, version) {
  const field = form.querySelector("[data-version]");
  if (field instanceof HTMLInputElement) field.value = String(version);
}

/**
 * Keep the harvest as it stands.
 * @param {HTMLFormElement} form
 * @returns {Promise<boolean>} whether it is kept
 */
export async function keep(form) {
  if (keeping) await keeping;
  if (!changed) return true;
  changed = false;
  keeping = (async () => {
    const saved = form.querySelector("[data-saved]");
    if (saved) saved.textContent = words.keeping ?? "";
    try {
      const answer = await command(addressOf("save-harvest"), bodyOfForm(form));
      setVersion(form, answer.version);
      setChanged(form, changed);
      forgetDraft(form);
      tellProblem(form, "");
      if (saved) saved.textContent = words.kept ?? "";
      return true;
    } catch (problem) {
      setChanged(form, true);
      if (saved) saved.textContent = problem instanceof Refused ? "" : (words.failed ?? "");
      tellProblem(form, problem instanceof Refused ? problem.message : "");
      if (problem instanceof Refused && problem.code === "changed_meanwhile") setVersion(form, problem.where);
      else if (!(problem instanceof Refused)) timer = window.setTimeout(() => keep(form), 4000);
      return false;
    }
  })();
  const done = await keeping;
  keeping = undefined;
  return done;
}

/** What is read out is what stands there: keep it first. @param {Event} event */
async function beforeReading(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("afterSave" in form.dataset) || !changed) return;
  event.preventDefault();
  event.stopPropagation();
  const harvest = root.querySelector("form[data-autosave]");
  if (harvest instanceof HTMLFormElement && (await keep(harvest))) form.requestSubmit();
}

/** @type {number | undefined} */
let asking;

/** Questions that help with an assignment or a result; nothing is written for anybody. @param {HTMLTextAreaElement} field */
function askQuestions(field) {
  const place = field.parentElement?.querySelector("[data-advice]");
  if (!place) return;
  window.clearTimeout(asking);
  asking = window.setTimeout(async () => {
    const body = new URLSearchParams({ text: field.value });
    const address = `${(root.dataset.do ?? "").replace(/doe\/$/, "raad/")}${place.getAttribute("data-advice")}`;
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": root.dataset.csrf ?? "" } }).catch(() => undefined);
    if (answer?.ok) place.textContent = (await answer.json()).questions.join(" ");
  }, 600);
}

/** @param {string} contribution @param {string} group @param {string} after @param {boolean} [first] */
async function move(contribution, group, after, first = false) {
  try {
    await command(addressOf("put-in-group"), { table: Number(root.dataset.table), contribution, group, after, first });
    announce(words.moved ?? "");
    refresh(true);
  } catch (problem) {
    announce(problem instanceof Refused ? problem.message : (words.failed ?? ""));
  }
}

function drag() {
  let held = "";
  root.addEventListener("dragstart", (event) => {
    const note = event.target instanceof Element ? event.target.closest(".note[data-id]") : null;
    held = note?.getAttribute("data-id") ?? "";
    event.dataTransfer?.setData("text/plain", held);
  });
  root.addEventListener("dragover", (event) => {
    const group = event.target instanceof Element ? event.target.closest("[data-group]") : null;
    root.querySelectorAll(".group.over").forEach((each) => each.classList.toggle("over", each === group));
    if (!group || !held) return;
    group.classList.add("over");
    event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const group = target?.closest("[data-group]");
    root.querySelectorAll(".group.over").forEach((each) => each.classList.remove("over"));
    if (!group || !held) return;
    event.preventDefault();
    const after = target?.closest(".note[data-id]")?.getAttribute("data-id") ?? "";
    move(held, group.getAttribute("data-group") ?? "", after === held ? "" : after);
    held = "";
  });
}

/** Digits put a contribution in a group, 0 in none; Alt with an arrow moves it within its group. @param {KeyboardEvent} event */
function onKey(event) {
  const note = event.target;
  if (!(note instanceof HTMLElement) || !note.matches(".note[data-id]")) return;
  const key = note.dataset.id ?? "";
  const groups = Array.from(root.querySelectorAll("[data-group]:not(.loose)"), (each) => each.getAttribute("data-group") ?? "");
  if (/^\d$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const group = event.key === "0" ? "" : groups[Number(event.key) - 1];
    if (group === undefined) return;
    event.preventDefault();
    move(key, group, "");
    return;
  }
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const row = Array.from(note.parentElement?.querySelectorAll(":scope > .note") ?? [], (each) => each.getAttribute("data-id") ?? "");
  const at = row.indexOf(key);
  const after = event.key === "ArrowUp" ? row[at - 2] : row[at + 1];
  if ((event.key === "ArrowUp" && at < 1) || (event.key === "ArrowDown" && at >= row.length - 1)) return;
  const group = note.closest("[data-group]")?.getAttribute("data-group") ?? "";
  move(key, group, after ?? "", after === undefined);
}
