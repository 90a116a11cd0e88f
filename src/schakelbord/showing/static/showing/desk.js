// @ts-check
/**
 * The presenter's desk. Every button and form names its command; the answer comes back as a new state of the room, which the desk follows
 * like every other screen. The clicker may be faster than the answers: steps are counted here, and sent one after another.
 */

import { command, Refused } from "../live/command.js";
import { watchStage } from "../stories/stage.js";
import { setClocks, startClocks } from "./clock.js";
import { clearProblem, fillKind, isDialogOpen, openDialog, showProblem } from "./dialogs.js";
import { bodyOf, Unclear } from "./forms.js";
import { followRoom } from "./room.js";

const TYPING_PAUSE = 700;

/** @returns {HTMLElement} */
function root() {
  return /** @type {HTMLElement} */ (document.querySelector(".presenter"));
}

const { refresh } = followRoom({ mayChange, after: settle, onStatus: showStatus });

/** Commands go one after another, in the order of the hand. @type {Promise<unknown>} */
let queue = Promise.resolve();
let waiting = 0;

/**
 * Carry out a command after those before it, and show what came of it.
 * @param {string} verb
 * @param {Record<string, unknown>} body
 * @param {HTMLFormElement} [form] in which it was typed: its maker had seen no more than when it was opened
 * @returns {Promise<number>} the event that it became; 0 when it became none
 * @throws {Refused}
 */
function carryOut(verb, body, form) {
  waiting += 1;
  const sent = SEES.has(verb) ? { ...body, seen: Number(form?.dataset.seen ?? root().dataset.seq) } : body;
  const turn = queue.then(() => command((root().dataset.do ?? "").replace(/verb$/, verb), sent));
  queue = turn.catch(() => undefined);
  return turn.then(
    async (answer) => {
      waiting -= 1;
      if (typeof answer.seq !== "number") return 0;
      await refresh(answer.seq);
      return answer.seq;
    },
    (problem) => {
      waiting -= 1;
      throw problem;
    },
  );
}

/** What somebody else may have changed meanwhile: these say which event their maker had seen. */
const SEES = new Set(["set-gap-state", "set-repairs", "show-item", "merge-item", "park-item", "refuse-item", "ask-other-words", "remove", "choose-branch", "save-notes"]);

/**
 * The same, for a button: a refusal is said at the bottom of the desk.
 * @param {string} verb
 * @param {Record<string, unknown>} body
 */
async function press(verb, body) {
  quiet();
  await carryOut(verb, body).catch((problem) => {
    complain(problem);
    return refresh();
  });
}

/** Buttons whose answer is not there yet, by id, and whether they were pressed again. @type {Map<string, boolean>} */
const busy = new Map();

/**
 * A button is pressed once until its answer is there. Pressed again meanwhile it does what it has come to mean by then: black goes off
 * again, but a message is not shown twice.
 * @param {HTMLElement} button
 * @param {string} verb
 */
async function pressOnce(button, verb) {
  const { id } = button;
  if (busy.has(id)) {
    busy.set(id, true);
    return;
  }
  busy.set(id, false);
  await press(verb, JSON.parse(button.dataset.body ?? "{}"));
  const again = busy.get(id);
  busy.delete(id);
  const next = document.getElementById(id);
  if (again && next && next.dataset.body !== button.dataset.body) act(next);
}

/**
 * Say what could not be done, until something else is done.
 * @param {unknown} problem
 */
function complain(problem) {
  const place = document.querySelector("[data-refusal]");
  const words = problem instanceof Refused ? problem.message : (root().dataset.unreachable ?? "");
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = words;
  place?.replaceChildren(toast);
}

function quiet() {
  document.querySelector("[data-refusal]")?.replaceChildren();
}

/* Steps. */

let at = Number(root().dataset.at);

/** @param {number} way */
function step(way) {
  const steps = JSON.parse(root().dataset.steps ?? "[]");
  const target = steps[at + way];
  if (!target) return;
  at += way;
  press("go-to", { scene: target[0], beat: target[1] });
}

/** @param {string} name */
function namedStep(name) {
  const steps = JSON.parse(root().dataset.steps ?? "[]");
  const scene = steps[at]?.[0];
  const inScene = steps.map((/** @type {number[]} */ row, /** @type {number} */ place) => (row[0] === scene ? place : -1)).filter((/** @type {number} */ place) => place >= 0);
  const target = { before: at - 1, after: at + 1, first: inScene[0], last: inScene.at(-1) }[name];
  if (target !== undefined) step(target - at);
}

/* A new state of the room. */

function settle() {
  if (!waiting) at = Number(root().dataset.at);
  setClocks();
  watchStage(namedStep);
}

/**
 * Notes under somebody's hands stay as they are, and so does an open dialog.
 * @param {Element} part
 */
function mayChange(part) {
  if (part.getAttribute("data-part") === "notes" && (notes.dirty || part.contains(document.activeElement))) return false;
  return !part.closest("dialog:modal form:not([data-auto])");
}

/** @param {string} status */
function showStatus(status) {
  root().dataset.connection = status;
  const place = document.querySelector("[data-status]");
  const words = place?.getAttribute({ live: "data-live", polling: "data-polling" }[status] ?? "data-lost") ?? "";
  if (place && place.textContent !== words) place.textContent = words;
}

/* Notes: kept by themselves, a moment after the last letter. */

const notes = {
  /** @type {number | undefined} */
  timer: undefined,
  dirty: false,

  /** @param {HTMLFormElement} form */
  touch(form) {
    this.dirty = true;
    this.begin(form);
    this.say("data-saving");
    window.clearTimeout(this.timer);
    const body = bodyOf(form);
    this.timer = window.setTimeout(() => this.save(form, body), TYPING_PAUSE);
  },

  /**
   * The field stays as it is under somebody's hands, so they have seen no more than this.
   * @param {HTMLFormElement} form
   */
  begin(form) {
    form.dataset.seen ??= root().dataset.seq;
  },

  /**
   * @param {HTMLFormElement} form
   * @param {Record<string, unknown>} body
   */
  async save(form, body) {
    this.dirty = false;
    await carryOut("save-notes", body, form).then(
      (seq) => {
        form.dataset.seen = String(seq);
        this.say("data-saved");
      },
      async (problem) => {
        this.dirty = true;
        this.say("data-failed");
        if (!isConflict(problem)) return;
        complain(problem);
        await this.join(form);
      },
    );
  },

  /**
   * Somebody else wrote here as well: both texts stand in the field from now on, and whoever typed decides.
   * @param {HTMLFormElement} form
   */
  async join(form) {
    const answer = await fetch(location.href, { headers: { "X-Schakelbord-Part": "screen" } }).catch(() => undefined);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
    const [here, there] = [form.querySelector("textarea"), page?.querySelector("#notities")];
    const seen = page?.querySelector("[data-player]")?.getAttribute("data-seq");
    const [was, is] = [form, page?.querySelector("form[data-typed]")].map((one) => (one instanceof HTMLFormElement ? stepOf(one) : ""));
    if (!here || !(there instanceof HTMLTextAreaElement) || !seen || was !== is) return;
    if (!here.value.includes(there.value)) here.value = `${here.value.trimEnd()}\n\n${there.value}`;
    form.dataset.seen = seen;
  },

  /** @param {string} name */
  say(name) {
    const place = document.getElementById("notities-staat");
    if (place) place.textContent = place.getAttribute(name);
  },
};

/**
 * The step that notes belong to.
 * @param {HTMLFormElement} form
 */
function stepOf(form) {
  return ["scene", "beat"].map((name) => form.querySelector(`[name=${name}]`)?.getAttribute("value")).join(".");
}

/**
 * @param {unknown} problem
 * @returns {problem is Refused}
 */
function isConflict(problem) {
  return problem instanceof Refused && problem.code === "changed_meanwhile";
}

/* Hands on the page. */

/** @param {HTMLFormElement} form */
async function submit(form) {
  clearProblem(form);
  try {
    await carryOut(form.dataset.command ?? "", bodyOf(form), form);
    if (form.dataset.then) location.assign(form.dataset.then);
    form.closest("dialog")?.close();
  } catch (problem) {
    // Whoever reads who changed what has seen it, and may do it all the same.
    if (isConflict(problem)) {
      await refresh();
      form.dataset.seen = root().dataset.seq;
    }
    if (problem instanceof Unclear) showProblem(form, problem.message, problem.field);
    else if (problem instanceof Refused) showProblem(form, problem.message, problem.where);
    else showProblem(form, root().dataset.unreachable ?? "", "");
  }
}

/** @param {MouseEvent} event */
function onClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest("[data-command]:is(button), [data-open], [data-step], [data-close]");
  if (button instanceof HTMLElement) act(button);
  const token = target?.closest("svg.stage .token[data-id]");
  if (!token || event.defaultPrevented) return;
  const id = token.getAttribute("data-id") ?? "";
  if (token.hasAttribute("data-gap")) press("light-gap", { id });
  else press("spotlight", { id: id === root().dataset.lit ? "" : id });
}

/** @param {HTMLElement} button */
function act(button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  const { command: verb, open, step: name } = button.dataset;
  if (verb) pressOnce(button, verb);
  else if (open) openDialog(button, root().dataset.seq ?? "");
  else if (name) namedStep(name);
  else button.closest("dialog")?.close();
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.command) return;
  event.preventDefault();
  submit(form);
}

/** @param {Event} event */
function onInput(event) {
  const field = event.target;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !field.form) return;
  if (field.form.hasAttribute("data-typed")) notes.touch(field.form);
  if (field instanceof HTMLInputElement && field.hasAttribute("data-kind")) fillKind(field);
}

/** @param {Event} event */
function onChange(event) {
  const form = event.target instanceof HTMLInputElement ? event.target.form : null;
  if (form?.hasAttribute("data-auto")) press(form.dataset.command ?? "", bodyOf(form));
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.defaultPrevented || event.altKey) return;
  const field = event.target instanceof Element ? event.target.closest("input:not([type=checkbox]), textarea, select") : null;
  if (event.key === "Enter" && field?.hasAttribute("data-enter") && !event.shiftKey) {
    event.preventDefault();
    field.closest("form")?.requestSubmit();
    return;
  }
  if (field || isDialogOpen()) return;
  const button = buttonFor(event);
  if (!(button instanceof HTMLElement)) return;
  event.preventDefault();
  if (button.dataset.chord) press(button.dataset.command ?? "", {});
  else act(button);
}

/**
 * The button that a key stands for.
 * @param {KeyboardEvent} event
 */
function buttonFor(event) {
  if (event.ctrlKey || event.metaKey) {
    const chord = event.key.toLowerCase() === "z" && event.shiftKey ? "y" : event.key.toLowerCase();
    return /^[a-z]$/.test(chord) ? document.querySelector(`[data-chord="${chord}"]`) : null;
  }
  const name = { PageDown: "after", PageUp: "before" }[event.key];
  if (name) return document.querySelector(`[data-step="${name}"]`);
  if (event.key.length !== 1 || event.repeat || document.documentElement.dataset.keys === "off") return null;
  return document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
}

document.documentElement.dataset.script = "yes";
document.addEventListener("click", onClick);
document.addEventListener("submit", onSubmit);
document.addEventListener("input", onInput);
document.addEventListener("change", onChange);
document.addEventListener("keydown", onKey);
document.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLTextAreaElement && event.target.form?.hasAttribute("data-typed")) notes.begin(event.target.form);
});
document.addEventListener("focusout", (event) => {
  if (!(event.target instanceof HTMLTextAreaElement) || !event.target.form?.hasAttribute("data-typed") || notes.dirty) return;
  delete event.target.form.dataset.seen;
  refresh();
});
window.addEventListener("beforeunload", (event) => {
  if (waiting || notes.dirty) event.preventDefault();
});
startClocks();
watchStage(namedStep);
