// @ts-check
/** Fields are kept while somebody types: one command at a time, each saying what it was based on. */
import { command, Refused } from "../live/command.js";

const PAUSE = 300;

/** @typedef {string | number | null | string[]} Value */

/**
 * @param {{ url: string, kept: (seq: number) => void, refused: (field: Element, sentence: string, wrote: string) => void, busy: () => void, same: () => void, lost: () => void }} wish
 */
export function keepWhileTyping(wish) {
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  const timers = new Map();
  /** @type {Promise<void>} */
  let row = Promise.resolve();
  let waiting = 0;

  document.addEventListener("input", (event) => later(event, PAUSE));
  document.addEventListener("change", (event) => later(event, 0));

  /**
   * @param {Event} event
   * @param {number} pause
   */
  function later(event, pause) {
    const field = event.target instanceof Element ? event.target.closest("[data-field]") : null;
    if (!field) return;
    const path = field.getAttribute("data-field") ?? "";
    clearTimeout(timers.get(path));
    timers.set(path, setTimeout(() => begin(path, field), pause));
    wish.busy();
  }

  /**
   * @param {string} path
   * @param {Element} field
   */
  function begin(path, field) {
    timers.delete(path);
    waiting += 1;
    row = row.then(() => keep(path, field)).finally(() => (waiting -= 1));
  }

  /**
   * @param {string} path
   * @param {Element} field
   */
  async function keep(path, field) {
    const hidden = /** @type {HTMLInputElement | null} */ (field.querySelector("input[type=hidden]"));
    if (!hidden || !field.isConnected) return;
    const wrote = valueOf(field);
    const old = /** @type {Value} */ (JSON.parse(hidden.value));
    if (JSON.stringify(wrote) === JSON.stringify(old)) {
      wish.same();
      return;
    }
    try {
      const answer = await command(wish.url, { operations: [{ type: "set", path, old, new: wrote }] });
      const values = /** @type {Record<string, Value>} */ (answer.values ?? {});
      const now = path in values ? /** @type {Value} */ (values[path]) : wrote;
      const stillThere = JSON.stringify(valueOf(field)) === JSON.stringify(wrote);
      if (stillThere) {
        hidden.value = JSON.stringify(now);
        if (JSON.stringify(now) !== JSON.stringify(wrote)) show(field, now);
      } else if (JSON.stringify(now) === JSON.stringify(wrote)) {
        hidden.value = JSON.stringify(wrote);
      } else {
        // Merged while typing on: what is typed from here is based on what was sent.
        hidden.value = JSON.stringify(wrote);
      }
      wish.kept(Number(answer.seq));
    } catch (problem) {
      if (!(problem instanceof Refused)) {
        wish.lost();
        timers.set(path, setTimeout(() => begin(path, field), 3000));
        return;
      }
      wish.refused(field, problem.message, String(wrote ?? ""));
    }
  }

  return {
    /** Whether somebody is typing in this field, or it waits to be kept. @param {string} path */
    isBusy: (path) => timers.has(path),
    /** Whether anything waits to be kept. */
    isWaiting: () => timers.size > 0 || waiting > 0,
    /** Keep what waits, now. */
    async flush() {
      for (const [path, timer] of [...timers]) {
        clearTimeout(timer);
        const field = document.querySelector(`[data-field="${CSS.escape(path)}"]`);
        if (field) begin(path, field);
        else timers.delete(path);
      }
      await row;
    },
  };
}

/** What somebody filled in. @param {Element} field @returns {Value} */
function valueOf(field) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (field.querySelectorAll("input[type=checkbox]"));
  if (boxes.length) return [...boxes].filter((box) => box.checked).map((box) => box.value);
  const input = /** @type {HTMLInputElement | null} */ (field.querySelector("textarea, select, input:not([type=hidden])"));
  const text = input?.value ?? "";
  if (input?.inputMode !== "numeric") return text;
  const clean = text.trim();
  return /^-?(0|[1-9][0-9]{0,8})$/.test(clean) ? Number(clean) : clean || null;
}

/**
 * @param {Element} field
 * @param {Value} value
 */
function show(field, value) {
  const input = /** @type {HTMLInputElement | null} */ (field.querySelector("textarea, select, input:not([type=hidden])"));
  if (input && !Array.isArray(value)) input.value = value === null ? "" : String(value);
}
