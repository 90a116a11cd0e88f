// @ts-check
/** Put new parts of the page in place without taking anything from under the hands of whoever is typing. */

/**
 * Read a page, or its parts, as the server sent it.
 * @param {string} text
 */
export function read(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

/**
 * Replace all parts; `busy` says which fields somebody is still typing in.
 * @param {Document} fresh
 * @param {{ busy: (path: string) => boolean, whole?: boolean }} wish
 */
export function place(fresh, wish) {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const name = part.getAttribute("data-part") ?? "";
    const now = document.querySelector(`[data-part="${name}"]`);
    if (!now) continue;
    const isSameForm = now.getAttribute("data-at") === part.getAttribute("data-at");
    if (name === "form" && isSameForm && !wish.whole) renewForm(now, part, wish.busy);
    else if (name === "preview") renewPreview(now, part);
    else replace(now, part);
    for (const attribute of ["data-seq", "data-at"]) {
      const value = part.getAttribute(attribute);
      if (value !== null) now.setAttribute(attribute, value);
    }
  }
  const title = fresh.querySelector("title")?.textContent;
  if (title) document.title = title;
}

/**
 * @param {Element} now
 * @param {Element} fresh
 */
function replace(now, fresh) {
  const mark = focusMark(now);
  now.replaceChildren(...fresh.childNodes);
  if (mark) /** @type {HTMLElement | null} */ (now.querySelector(mark))?.focus();
}

/** How to find again what has the focus within an element. @param {Element} within */
function focusMark(within) {
  const focus = document.activeElement;
  if (!focus || !within.contains(focus)) return "";
  if (focus.id) return `#${CSS.escape(focus.id)}`;
  const href = focus.getAttribute("href");
  if (href) return `a[href="${CSS.escape(href)}"]`;
  const value = focus.getAttribute("value");
  return value ? `[name="${focus.getAttribute("name")}"][value="${CSS.escape(value)}"]` : "";
}

/**
 * Folded lists stay as they were.
 * @param {Element} now
 * @param {Element} fresh
 */
function renewPreview(now, fresh) {
  const open = [...now.querySelectorAll("details[open]")].map((details) => details.className);
  const repairs = now.querySelector("[data-repairs]")?.innerHTML ?? "";
  const mark = focusMark(now);
  now.replaceChildren(...fresh.childNodes);
  const place = now.querySelector("[data-repairs]");
  if (place) place.innerHTML = repairs;
  for (const name of open) if (name) now.querySelector(`details.${name}`)?.setAttribute("open", "");
  if (mark) /** @type {HTMLElement | null} */ (now.querySelector(mark))?.focus();
}

/**
 * Block by block: a block without the focus is replaced, in the one with the focus only what is said about fields.
 * @param {Element} now
 * @param {Element} fresh
 * @param {(path: string) => boolean} busy
 */
function renewForm(now, fresh, busy) {
  const seen = new Set();
  for (const block of fresh.querySelectorAll("[data-block]")) {
    const id = block.getAttribute("data-block") ?? "";
    seen.add(id);
    const old = now.querySelector(`[data-block="${CSS.escape(id)}"]`);
    if (!old) {
      now.querySelector("form[data-form]")?.append(block);
    } else if (mayReplace(old, busy)) {
      keepFolds(old, block);
      old.replaceWith(block);
    } else if (rowsOf(old) === rowsOf(block)) {
      renewFields(old, block, busy);
    }
  }
  for (const block of now.querySelectorAll("[data-block]")) {
    if (!seen.has(block.getAttribute("data-block") ?? "") && !block.contains(document.activeElement)) block.remove();
  }
  for (const input of now.querySelectorAll("input[name=gezien]")) {
    const value = fresh.querySelector("input[name=gezien]")?.getAttribute("value");
    if (value) /** @type {HTMLInputElement} */ (input).value = value;
  }
}

/**
 * @param {Element} block
 * @param {(path: string) => boolean} busy
 */
function mayReplace(block, busy) {
  if (block.contains(document.activeElement)) return false;
  return ![...block.querySelectorAll("[data-field]")].some((field) => busy(field.getAttribute("data-field") ?? ""));
}

/** Which rows a block has, as one word. @param {Element} block */
function rowsOf(block) {
  const rows = [...block.querySelectorAll("[data-row]")].map((row) => row.getAttribute("data-row"));
  const fields = [...block.querySelectorAll("[data-field]")].map((field) => field.getAttribute("data-field"));
  return [...rows, ...fields].join(" ");
}

/**
 * What somebody unfolded stays unfolded.
 * @param {Element} old
 * @param {Element} block
 */
function keepFolds(old, block) {
  if (old.querySelector("details[open]")) block.querySelector("details")?.setAttribute("open", "");
}

/**
 * @param {Element} old
 * @param {Element} block
 * @param {(path: string) => boolean} busy
 */
function renewFields(old, block, busy) {
  for (const field of block.querySelectorAll("[data-field]")) {
    const path = field.getAttribute("data-field") ?? "";
    const now = old.querySelector(`[data-field="${CSS.escape(path)}"]`);
    if (!now) continue;
    if (!busy(path) && !now.contains(document.activeElement)) {
      now.replaceWith(field);
      continue;
    }
    if (!busy(path)) renewValue(now, field);
    const [notes, fresh] = [now.querySelector(".notes-at"), field.querySelector(".notes-at")];
    if (notes && fresh && !notes.contains(document.activeElement)) notes.innerHTML = fresh.innerHTML;
    now.classList.toggle("has-problem", field.classList.contains("has-problem"));
    const input = now.querySelector("textarea, select, input:not([type=hidden])");
    const told = field.querySelector("textarea, select, input:not([type=hidden])")?.getAttribute("aria-describedby");
    if (input && told) input.setAttribute("aria-describedby", told);
    else input?.removeAttribute("aria-describedby");
  }
}

/**
 * The field that has the focus takes over what somebody else wrote, as long as nothing was typed in it since.
 * @param {Element} now
 * @param {Element} fresh
 */
function renewValue(now, fresh) {
  const [old, next] = [now, fresh].map((field) => /** @type {HTMLInputElement | null} */ (field.querySelector("input[type=hidden]")));
  const [input, other] = [now, fresh].map((field) => /** @type {HTMLInputElement | HTMLTextAreaElement | null} */ (field.querySelector("textarea, input:not([type=hidden], [type=checkbox])")));
  if (!old || !next || !input || !other || old.value === next.value) return;
  const base = JSON.parse(old.value);
  if (input.value !== (base === null ? "" : String(base))) return;
  const [start, end, tail] = [input.selectionStart, input.selectionEnd, input.value.length - (input.selectionEnd ?? 0)];
  const isAtEnd = tail === 0 && start === end;
  input.value = other.value;
  old.value = next.value;
  if (isAtEnd) input.setSelectionRange(input.value.length, input.value.length);
  else input.setSelectionRange(start, end);
}
